"""Laying a list of duties over a tree of units."""

import pytest
from unit.mandates.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger.models import Act
from tongzhou.library import queries as library
from tongzhou.library.versions import Version
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.actions.consent_many import consent_many
from tongzhou.mandates.actions.lay_out_duties import (
    NotADutyList,
    lay_out_duties,
    preview_duties,
)
from tongzhou.mandates.models import Charge, Duty, Proposal
from tongzhou.mandates.queries.charges import open_proposals


@pytest.fixture
def version(db: None) -> Version:
    """The list that is shipped for China."""
    return library.in_force("mandates", "duties", on=_DAY, profile="cn")


_DAY = (AT + 8 * 365 * DAY).date()


@pytest.mark.parametrize("profile", ["cn", "int"])
def test_the_shipped_lists_hold_duties_for_every_sort(profile: str, db: None) -> None:
    body = library.in_force("mandates", "duties", on=_DAY, profile=profile).body

    assert len(body.duties) >= 20
    assert all(duty.accountable for duty in body.duties)
    assert {who for d in body.duties for who in d.accountable} <= body.who.keys()


def test_a_preview_changes_nothing(cast: Cast, version: Version) -> None:
    layout = preview_duties(version=version, top=cast.units["zj-command"], by=cast.shen)

    assert len(layout.new) == len(version.body.duties)
    assert layout.lines
    assert {one.code for one in layout.unresolved} >= {"no-unit"}
    assert Duty.objects.count() == Charge.objects.count() == 0


def test_units_are_asked_and_the_own_one_consents_by_proposing(
    cast: Cast, version: Version
) -> None:
    done = lay_out_duties(version=version, top=cast.units["zj-command"], by=cast.shen, at=AT)

    assert Charge.objects.count() == len(done.lines)
    own = Charge.objects.filter(unit=cast.units["zj-command"])
    assert {charge.state for charge in own} == {"in_force"}
    others = Charge.objects.exclude(unit=cast.units["zj-command"])
    assert {charge.state for charge in others} == {"proposed"}
    waiting = open_proposals(visible_to=cast.ye).to_answer
    assert waiting
    report = consent_many(proposals=waiting, by=cast.ye, at=AT + DAY)
    assert len(report.done) == len(waiting)
    found = mandates.resolve(
        "territorial", area=cast.areas["330106002901"], phase="respond", grade="I"
    )
    assert found.accountable == cast.units["beishan-street"]


def test_doing_it_twice_changes_nothing(cast: Cast, version: Version) -> None:
    first = lay_out_duties(version=version, top=cast.units["zj-command"], by=cast.shen, at=AT)
    acts = Act.objects.count()

    second = lay_out_duties(version=version, top=cast.units["zj-command"], by=cast.shen, at=AT)

    assert second.unchanged == len(first.lines)
    assert (second.new, second.lines) == ([], [])
    assert Act.objects.count() == acts


def test_only_over_units_below_ones_own(cast: Cast, version: Version) -> None:
    with pytest.raises(NotAllowed):
        lay_out_duties(version=version, top=cast.units["zj-command"], by=cast.lou, at=AT)
    with pytest.raises(NotAllowed):
        preview_duties(version=version, top=cast.units["baoshi-community"], by=cast.mei)


def test_a_list_without_duties_is_refused(cast: Cast) -> None:
    rules = library.in_force("mandates", "dispatch-rules-2025", on=_DAY, profile="cn")

    with pytest.raises(NotADutyList):
        preview_duties(version=rules, top=cast.units["zj-command"], by=cast.shen)
    assert Proposal.objects.count() == 0

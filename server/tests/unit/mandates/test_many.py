"""Consents and means for many charges together: what single acts would have done, in a few
statements."""

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from unit.mandates.conftest import AT, DAY

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger.models import Act
from tongzhou.library import queries as library
from tongzhou.mandates.actions.change import ChargeNotInForce, UnknownMeans
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.consent_many import consent_many
from tongzhou.mandates.actions.lay_out_duties import lay_out_duties
from tongzhou.mandates.actions.proposing import ProposalClosed
from tongzhou.mandates.actions.record_many_means import Given, record_many_means
from tongzhou.mandates.actions.record_means import MeansThereAlready, record_means
from tongzhou.mandates.models import Charge, Means, Proposal, Seat

Acting = Callable[[], AbstractContextManager[None]]


@pytest.fixture
def asked(cast: Cast) -> list[Proposal]:
    """All that the street is asked to take on."""
    on = (AT + 8 * 365 * DAY).date()
    version = library.in_force("mandates", "duties", on=on, profile="cn")
    lay_out_duties(version=version, top=cast.units["zj-command"], by=cast.shen, at=AT)
    found = Proposal.objects.filter(charge__unit=cast.units["beishan-street"], state="open")
    return list(found.select_related("charge__duty", "charge__area", "charge__unit"))


def written(type: str) -> list[dict[str, object]]:
    """What the acts of a type say, but for what is new each time."""
    left_out = {"id", "recorded_at", "at"}
    rows = Act.objects.filter(type=type).order_by("about_id").values()
    return [{k: v for k, v in row.items() if k not in left_out} for row in rows]


def test_consents_together_leave_what_single_ones_would(cast: Cast, asked: list[Proposal]) -> None:
    report = consent_many(proposals=asked, by=cast.ye, at=AT + DAY)
    together = (charges(cast), seats(cast), written("charge.agreed.v1"))
    assert len(report.done) == len(asked) > 5
    assert together[1]
    undo(cast, asked)

    for proposal in asked:
        consent_charge(proposal=proposal, by=cast.ye, at=AT + DAY)

    assert (charges(cast), seats(cast), written("charge.agreed.v1")) == together


def charges(cast: Cast) -> list[object]:
    rows = Charge.objects.filter(unit=cast.units["beishan-street"]).order_by("id")
    return list(rows.values_list("id", "state", "since", "cells"))


def seats(cast: Cast) -> list[object]:
    rows = Seat.objects.filter(charge__unit=cast.units["beishan-street"])
    return list(rows.order_by("charge", "phase", "grade").values_list("charge", "phase", "grade"))


def undo(cast: Cast, asked: list[Proposal]) -> None:
    """As if nobody had answered."""
    Seat.objects.filter(charge__unit=cast.units["beishan-street"]).delete()
    ids = [proposal.charge_id for proposal in asked]
    Charge.objects.filter(id__in=ids).update(state="proposed", since=None)
    Proposal.objects.filter(charge__in=ids).update(state="open", given=[], answered_at=None)
    with connection.cursor() as cursor:
        cursor.execute("RESET ROLE")
        cursor.execute(
            "DELETE FROM ledger_pending WHERE act_id IN"
            " (SELECT id FROM ledger_act WHERE about_id = ANY(%s) AND type = 'charge.agreed.v1')",
            [ids],
        )
        cursor.execute(
            "DELETE FROM ledger_act WHERE about_id = ANY(%s) AND type = 'charge.agreed.v1'", [ids]
        )
        cursor.execute("SET ROLE tongzhou_web")


def test_many_consents_need_few_statements(cast: Cast, asked: list[Proposal]) -> None:
    with CaptureQueriesContext(connection) as seen:
        consent_many(proposals=asked, by=cast.ye, at=AT + DAY)

    assert len(seen) < 12


def test_one_that_was_answered_meanwhile_does_not_hold_up_the_others(
    cast: Cast, asked: list[Proposal]
) -> None:
    consent_charge(proposal=asked[0], by=cast.ye, at=AT + DAY)

    report = consent_many(proposals=asked, by=cast.ye, at=AT + DAY)

    assert len(report.done) == len(asked) - 1
    assert [type(refusal) for _p, refusal in report.refused] == [ProposalClosed]


def test_nobody_consents_for_another_unit(cast: Cast, asked: list[Proposal]) -> None:
    report = consent_many(proposals=asked, by=cast.mei, at=AT + DAY)

    assert (report.done, len(report.refused)) == ([], len(asked))


def test_no_consent_is_left_behind_when_the_ledger_fails(
    cast: Cast, asked: list[Proposal], broken_ledger: Acting
) -> None:
    with broken_ledger():
        consent_many(proposals=asked, by=cast.ye, at=AT + DAY)

    assert not Charge.objects.filter(unit=cast.units["beishan-street"], state="in_force").exists()


def test_many_means_are_what_single_ones_are(cast: Cast, asked: list[Proposal]) -> None:
    consent_many(proposals=asked, by=cast.ye, at=AT + DAY)
    one, *others = [proposal.charge for proposal in asked]
    given = [Given(charge, kind, "By law") for charge in others for kind in ("power", "people")]

    record_many_means(given=given, by=cast.ye, at=AT + DAY)
    record_means(charge=one, kind="power", text="By law", by=cast.ye, at=AT + DAY)

    assert Means.objects.count() == len(given) + 1
    acts = written("means.recorded.v1")
    assert {frozenset(act) for act in acts} == {frozenset(acts[0])}
    differing = {"about_id", "data"}
    shared = [{k: v for k, v in act.items() if k not in differing} for act in acts]
    areas = {(act["area"], str(act["audience"]), act["basis"]) for act in shared}
    assert len(shared) == len(given) + 1
    assert len(areas) <= len({charge.area_id for charge in [one, *others]})


def test_means_that_are_noted_are_not_noted_again(cast: Cast, asked: list[Proposal]) -> None:
    consent_many(proposals=asked, by=cast.ye, at=AT + DAY)
    given = Given(asked[0].charge, "power", "By law")

    assert len(record_many_means(given=[given, given], by=cast.ye, at=AT + DAY)) == 1
    assert record_many_means(given=[given], by=cast.ye, at=AT + DAY) == []
    with pytest.raises(MeansThereAlready):
        record_means(charge=given.charge, kind="power", text=" By law ", by=cast.ye, at=AT + DAY)

    assert len(written("means.recorded.v1")) == 1


def test_many_means_are_refused_whole(cast: Cast, asked: list[Proposal]) -> None:
    consent_many(proposals=asked[1:], by=cast.ye, at=AT + DAY)
    fine = Given(asked[1].charge, "power", "By law")

    for error, by, other in (
        (NotAllowed, cast.ruan, fine),
        (ChargeNotInForce, cast.ye, Given(asked[0].charge, "power", "By law")),
        (UnknownMeans, cast.ye, Given(asked[1].charge, "luck", "Much")),
    ):
        with pytest.raises(error):
            record_many_means(given=[fine, other], by=by, at=AT + DAY)

    assert not Means.objects.exists()


def test_no_means_are_left_behind_when_the_ledger_fails(
    cast: Cast, asked: list[Proposal], broken_ledger: Acting
) -> None:
    consent_many(proposals=asked, by=cast.ye, at=AT + DAY)

    with broken_ledger():
        record_many_means(
            given=[Given(asked[0].charge, "power", "By law")], by=cast.ye, at=AT + DAY
        )

    assert not Means.objects.exists()


def test_a_property_firm_says_with_what_it_works(cast: Cast, asked: list[Proposal]) -> None:
    """It stands in nobody's line: nobody else could."""
    own = Proposal.objects.filter(charge__unit=cast.units["baoshi-property"], state="open")
    report = consent_many(proposals=list(own.select_related("charge")), by=cast.pan, at=AT + DAY)
    charge = report.done[0].charge

    record_means(charge=charge, kind="people", text="Four guards", by=cast.pan, at=AT + DAY)

    assert Means.objects.get().by_unit == cast.units["baoshi-property"]

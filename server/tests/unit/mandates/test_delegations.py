"""Passing a duty on, with what comes along, and taking it back."""

import pytest
from conftest import Acting
from unit.mandates.conftest import AT, DAY, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger.models import Act
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.actions.change import UnknownMeans
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.decline_charge import decline_charge
from tongzhou.mandates.actions.delegate_duty import (
    CyclicDelegation,
    DelegatedAlready,
    DelegatedToItself,
    OutsideCharge,
    TermPassed,
    delegate_duty,
)
from tongzhou.mandates.actions.end_means import end_means
from tongzhou.mandates.actions.expire_delegations import expire_delegations
from tongzhou.mandates.actions.propose_charge import propose_charge
from tongzhou.mandates.actions.recall_delegation import DelegationEnded, recall_delegation
from tongzhou.mandates.actions.record_means import record_means
from tongzhou.mandates.models import Charge, ChargeState, Delegation, Duty, Means
from tongzhou.mandates.queries.charges import going_back

LATER, UNTIL = AT + 3 * HOUR, AT + 30 * DAY


@pytest.fixture
def street(cast: Cast, door: Duty) -> Charge:
    """The street is accountable for knocking on doors in its area."""
    made = propose_charge(
        duty=door,
        unit=cast.units["beishan-street"],
        part="accountable",
        area=cast.areas["330106002"],
        by=cast.ye,
        at=AT,
    )
    return made.charge


@pytest.fixture
def passed(cast: Cast, street: Charge) -> Delegation:
    """Passed on to the community with people, and the community has consented."""
    made = delegate_duty(
        charge=street,
        to=cast.units["baoshi-community"],
        means={"people": "Two cadres of the street", "money": ""},
        until=UNTIL,
        by=cast.ye,
        at=LATER,
    )
    consent_charge(proposal=made.to.proposals.get(), by=cast.mei, at=LATER + HOUR)
    made.to.refresh_from_db()
    return made


def working(cast: Cast) -> set[str]:
    found = mandates.resolve(
        "knock-on-doors", area=cast.areas["330106002901"], phase="respond", grade="I"
    )
    assert found.accountable == cast.units["beishan-street"]
    return {unit.code for unit in found.responsible}


def test_it_makes_the_unit_responsible_and_says_what_came_along(
    cast: Cast, passed: Delegation
) -> None:
    assert working(cast) == {"baoshi-community"}
    assert [(m.kind, m.text) for m in passed.to.means.all()] == [
        ("people", "Two cadres of the street")
    ]
    assert passed.to.area == cast.areas["330106002901"]


def test_it_is_not_in_force_before_consent_and_may_be_declined(cast: Cast, street: Charge) -> None:
    made = delegate_duty(
        charge=street, to=cast.units["baoshi-community"], until=UNTIL, by=cast.ye, at=LATER
    )
    assert working(cast) == set()

    decline_charge(proposal=made.to.proposals.get(), reason="No power", by=cast.mei, at=LATER)

    assert working(cast) == set()
    with pytest.raises(DelegationEnded):
        recall_delegation(delegation=made, reason="x", by=cast.ye, at=LATER)


def test_it_cannot_go_to_oneself_or_in_a_circle(cast: Cast, passed: Delegation) -> None:
    with pytest.raises(DelegatedToItself):
        delegate_duty(
            charge=passed.charge,
            to=cast.units["beishan-street"],
            until=UNTIL,
            by=cast.ye,
            at=LATER,
        )
    with pytest.raises(CyclicDelegation):
        delegate_duty(
            charge=passed.to, to=cast.units["beishan-street"], until=UNTIL, by=cast.mei, at=LATER
        )
    with pytest.raises(DelegatedAlready):
        delegate_duty(
            charge=passed.charge,
            to=cast.units["baoshi-community"],
            until=UNTIL,
            by=cast.ye,
            at=LATER,
        )


def test_a_circle_of_three_is_found_too(cast: Cast, passed: Delegation) -> None:
    onward = delegate_duty(
        charge=passed.to, to=cast.units["baoshi-property"], until=UNTIL, by=cast.mei, at=LATER
    )
    consent_charge(proposal=onward.to.proposals.get(), by=cast.pan, at=LATER)
    pan = cast.pan
    pan.role = "department_liaison"

    with pytest.raises(CyclicDelegation):
        delegate_duty(
            charge=onward.to, to=cast.units["beishan-street"], until=UNTIL, by=pan, at=LATER
        )


def test_recall_takes_back_what_came_along_and_what_was_passed_on(
    cast: Cast, passed: Delegation
) -> None:
    onward = delegate_duty(
        charge=passed.to, to=cast.units["baoshi-property"], until=UNTIL, by=cast.mei, at=LATER
    )
    consent_charge(proposal=onward.to.proposals.get(), by=cast.pan, at=LATER)
    assert [one.id for one in going_back(passed)] == [passed.id, onward.id]
    assert [one.id for one in going_back(onward)] == [onward.id]

    recall_delegation(delegation=passed, reason="Done centrally", by=cast.ye, at=LATER + DAY)

    assert working(cast) == set()
    assert not Means.objects.filter(ended_at=None).exists()
    assert Act.objects.filter(type="charge.recalled.v1").count() == 2
    with pytest.raises(DelegationEnded):
        recall_delegation(delegation=passed, reason="Again", by=cast.ye, at=LATER + DAY)
    passed.refresh_from_db()
    assert going_back(passed) == []


def test_its_term_ends_by_itself(cast: Cast, passed: Delegation) -> None:
    assert expire_delegations(at=UNTIL - HOUR) == 0
    assert expire_delegations(at=UNTIL) == 1
    assert expire_delegations(at=UNTIL) == 0

    passed.to.refresh_from_db()
    assert passed.to.state == ChargeState.ENDED


def test_bad_input_has_a_name(cast: Cast, street: Charge) -> None:
    def delegate(**given: object) -> None:
        asked = {
            "charge": street,
            "to": cast.units["baoshi-community"],
            "until": UNTIL,
            "by": cast.ye,
            "at": LATER,
        }
        delegate_duty(**(asked | given))  # type: ignore[arg-type]

    for error, given in (
        (TermPassed, {"until": LATER}),
        (OutsideCharge, {"area": cast.areas["3303"]}),
        (UnknownMeans, {"means": {"luck": "much"}}),
        (NotAllowed, {"by": cast.lou}),
    ):
        with pytest.raises(error):
            delegate(**given)
    assert Delegation.objects.count() == 0


def test_means_are_recorded_by_the_unit_and_those_above(cast: Cast, street: Charge) -> None:
    means = record_means(charge=street, kind="people", text="12 cadres", by=cast.ye, at=LATER)

    with pytest.raises(NotAllowed):
        record_means(charge=street, kind="people", text="x", by=cast.ruan, at=LATER)
    end_means(means=means, by=cast.lou, at=LATER)

    means.refresh_from_db()
    assert means.ended_at == LATER


def test_nothing_is_left_behind_when_the_ledger_fails(
    cast: Cast, street: Charge, broken_ledger: Acting
) -> None:
    with broken_ledger():
        delegate_duty(
            charge=street, to=cast.units["baoshi-community"], until=UNTIL, by=cast.ye, at=LATER
        )

    assert Delegation.objects.count() == 0
    assert Charge.objects.count() == 1

"""Who is charged with a duty: proposed, consented, declined, handed over, given up."""

from datetime import timedelta

import pytest
from conftest import Acting
from django.db import IntegrityError, transaction
from unit.mandates.conftest import AT, DAY, HOUR

from tongzhou.demo.cast import Cast
from tongzhou.kernel.errors import NotAllowed, ReasonMissing
from tongzhou.ledger.models import Act
from tongzhou.mandates import cells
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.actions.change import ChargedUnitInactive, ChargeNotInForce
from tongzhou.mandates.actions.consent_charge import consent_charge
from tongzhou.mandates.actions.decline_charge import decline_charge
from tongzhou.mandates.actions.propose_charge import (
    AlreadyCharged,
    ChargeForbidden,
    UnknownPart,
    propose_charge,
)
from tongzhou.mandates.actions.propose_end import propose_end
from tongzhou.mandates.actions.proposing import AnswerTimePassed, ProposalClosed, ProposalOpen
from tongzhou.mandates.actions.seats import SecondAccountable
from tongzhou.mandates.actions.withdraw_proposal import withdraw_proposal
from tongzhou.mandates.cells import UnknownGrade, UnknownPhase
from tongzhou.mandates.models import Charge, ChargeState, Duty, Proposal, ProposalState, Seat

LATER = AT + 3 * HOUR


def accountable(duty: Duty, cast: Cast, phase: str = "respond", grade: str = "I") -> str:
    found = mandates.resolve(duty.code, area=cast.areas["3301"], phase=phase, grade=grade)
    return found.accountable.code if found.accountable else ""


def test_a_proposed_charge_is_not_in_force(cast: Cast, duty: Duty, proposal: Proposal) -> None:
    found = mandates.resolve(duty.code, area=cast.areas["3301"], phase="respond", grade="I")

    assert found.accountable is None
    assert found.why is not None
    assert found.why.code == "charge-proposed"
    assert proposal.waiting == [cast.units["hz-health"].id]
    assert Seat.objects.count() == 0


def test_with_the_consent_of_the_unit_it_is(cast: Cast, duty: Duty, charge: Charge) -> None:
    assert charge.state == ChargeState.IN_FORCE
    assert accountable(duty, cast) == "hz-health"
    assert Seat.objects.filter(charge=charge).count() == len(cells.ALL)
    assert [act.type for act in Act.objects.filter(about_id=charge.id).order_by("at")] == [
        "charge.proposed.v1",
        "charge.agreed.v1",
    ]


def test_the_nearest_area_up_the_tree_counts(cast: Cast, duty: Duty, charge: Charge) -> None:
    found = mandates.resolve(
        duty.code, area=cast.areas["330106002901"], phase="respond", grade="II"
    )

    assert found.accountable == cast.units["hz-health"]
    assert found.cell == charge.id


def test_a_unit_that_charges_itself_needs_nobody_else(cast: Cast, duty: Duty) -> None:
    made = propose_charge(
        duty=duty,
        unit=cast.units["hz-command"],
        part="accountable",
        area=cast.areas["3301"],
        by=cast.lou,
        at=LATER,
    )

    assert made.state == ProposalState.AGREED
    assert accountable(duty, cast) == "hz-command"


def test_it_can_be_declined_with_a_reason(cast: Cast, duty: Duty, proposal: Proposal) -> None:
    with pytest.raises(ReasonMissing):
        decline_charge(proposal=proposal, reason=" ", by=cast.xia, at=LATER)

    declined = decline_charge(proposal=proposal, reason="No people for it", by=cast.xia, at=LATER)

    assert declined.state == ProposalState.DECLINED
    assert declined.charge.state == ChargeState.DECLINED
    assert accountable(duty, cast) == ""
    with pytest.raises(ProposalClosed):
        consent_charge(proposal=proposal, by=cast.xia, at=LATER)


def test_it_can_be_taken_back(cast: Cast, duty: Duty, proposal: Proposal) -> None:
    withdraw_proposal(proposal=proposal, reason="A mistake", by=cast.lou, at=LATER)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.WITHDRAWN
    assert accountable(duty, cast) == ""


def test_only_the_unit_charged_consents(cast: Cast, proposal: Proposal) -> None:
    for other in (cast.lou, cast.ruan, cast.shen, cast.ou):
        with pytest.raises(NotAllowed):
            consent_charge(proposal=proposal, by=other, at=LATER)


def test_only_those_above_or_around_propose(cast: Cast, duty: Duty) -> None:
    for stranger in (cast.he, cast.ou, cast.ji):
        with pytest.raises(NotAllowed):
            propose_charge(
                duty=duty,
                unit=cast.units["hz-health"],
                part="accountable",
                area=cast.areas["3301"],
                by=stranger,
                at=LATER,
            )


def test_a_second_accountable_unit_is_refused_and_told_who_holds_it(
    cast: Cast, duty: Duty, charge: Charge
) -> None:
    with pytest.raises(SecondAccountable) as refused:
        propose_charge(
            duty=duty,
            unit=cast.units["hz-command"],
            part="accountable",
            area=cast.areas["3301"],
            phases=["respond"],
            by=cast.lou,
            at=LATER,
        )

    assert refused.value.params["holder"] == cast.units["hz-health"].name
    assert accountable(duty, cast) == "hz-health"


def test_a_hand_over_moves_just_these_cells_once_both_consent(
    cast: Cast, duty: Duty, charge: Charge
) -> None:
    proposal = propose_charge(
        duty=duty,
        unit=cast.units["hz-command"],
        part="accountable",
        area=cast.areas["3301"],
        phases=["respond"],
        take_over=True,
        by=cast.lou,
        at=LATER,
    )
    assert accountable(duty, cast, "respond") == "hz-health"

    consent_charge(proposal=proposal, by=cast.xia, at=LATER + HOUR)

    assert accountable(duty, cast, "respond") == "hz-command"
    assert accountable(duty, cast, "recover") == "hz-health"
    assert Seat.objects.count() == len(cells.ALL)
    charge.refresh_from_db()
    assert charge.cells == cells.EVERY & ~cells.cells(["respond"])


def test_who_became_accountable_meanwhile_is_not_pushed_aside(cast: Cast, duty: Duty) -> None:
    late = propose_charge(
        duty=duty,
        unit=cast.units["hz-health"],
        part="accountable",
        area=cast.areas["3301"],
        by=cast.lou,
        at=LATER,
    )
    propose_charge(
        duty=duty,
        unit=cast.units["hz-command"],
        part="accountable",
        area=cast.areas["3301"],
        phases=["recover"],
        by=cast.lou,
        at=LATER,
    )

    with pytest.raises(SecondAccountable):
        consent_charge(proposal=late, by=cast.xia, at=LATER + HOUR)

    late.refresh_from_db()
    assert late.state == ProposalState.OPEN
    assert accountable(duty, cast, "recover") == "hz-command"


def test_the_database_itself_allows_one_accountable_unit(cast: Cast, charge: Charge) -> None:
    seat = Seat.objects.filter(charge=charge).first()
    assert seat is not None

    with pytest.raises(IntegrityError), transaction.atomic():
        Seat.objects.create(
            duty_id=seat.duty_id,
            area_id=seat.area_id,
            phase=seat.phase,
            grade=seat.grade,
            charge=charge,
        )


def test_a_charge_is_taken_away_with_consent_only(cast: Cast, duty: Duty, charge: Charge) -> None:
    proposal = propose_end(charge=charge, reason="It moves to the CDC", by=cast.lou, at=LATER)
    assert accountable(duty, cast) == "hz-health"

    consent_charge(proposal=proposal, by=cast.xia, at=LATER + HOUR)

    assert accountable(duty, cast) == ""
    assert Seat.objects.count() == 0
    with pytest.raises(ChargeNotInForce):
        propose_end(charge=charge, reason="Again", by=cast.lou, at=LATER + HOUR)


def test_nobody_lays_down_alone_what_they_are_accountable_for(cast: Cast, charge: Charge) -> None:
    proposal = propose_end(charge=charge, reason="Too much", by=cast.xia, at=LATER)

    assert proposal.waiting == [cast.units["hz-command"].id]
    with pytest.raises(ProposalOpen):
        propose_end(charge=charge, reason="Too much", by=cast.xia, at=LATER)


def test_a_rule_keeps_the_duty_from_the_grass_roots(cast: Cast, duty: Duty) -> None:
    with pytest.raises(ChargeForbidden) as refused:
        propose_charge(
            duty=duty,
            unit=cast.units["baoshi-community"],
            part="responsible",
            area=cast.areas["330106002901"],
            by=cast.lou,
            at=LATER,
        )

    assert refused.value.params["rule"]
    assert refused.value.params["source"]
    assert Charge.objects.count() == 0


def test_the_grass_roots_may_be_told_of_a_duty_that_is_not_theirs(cast: Cast, duty: Duty) -> None:
    proposal = propose_charge(
        duty=duty,
        unit=cast.units["baoshi-community"],
        part="informed",
        area=cast.areas["330106002901"],
        by=cast.lou,
        at=LATER,
    )

    assert proposal.charge.part == "informed"


def test_bad_input_has_a_name_and_leaves_nothing(cast: Cast, duty: Duty, charge: Charge) -> None:
    def propose(**given: object) -> None:
        asked = {
            "duty": duty,
            "unit": cast.units["hz-health"],
            "part": "responsible",
            "area": cast.areas["3301"],
            "by": cast.lou,
            "at": LATER,
        }
        propose_charge(**(asked | given))  # type: ignore[arg-type]

    closed = cast.units["hz-hospital"]
    closed.active = False
    for error, given in (
        (UnknownPart, {"part": "boss"}),
        (UnknownPhase, {"phases": ["later"]}),
        (UnknownGrade, {"grades": ["V"]}),
        (AnswerTimePassed, {"due_at": LATER - timedelta(minutes=1)}),
        (AlreadyCharged, {"part": "accountable"}),
        (ChargedUnitInactive, {"unit": closed}),
    ):
        with pytest.raises(error):
            propose(**given)

    assert list(Charge.objects.all()) == [charge]
    propose()
    with pytest.raises(ProposalOpen):
        propose()


def test_nothing_is_left_behind_when_the_ledger_fails(
    cast: Cast, proposal: Proposal, broken_ledger: Acting
) -> None:
    with broken_ledger():
        consent_charge(proposal=proposal, by=cast.xia, at=LATER + DAY)

    proposal.refresh_from_db()
    assert proposal.state == ProposalState.OPEN
    assert proposal.given == []
    assert Seat.objects.count() == 0

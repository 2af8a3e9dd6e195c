"""Proposals: open until every unit concerned has answered, in force with the last consent."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import NewAct, append_all
from tongzhou.ledger.types import ActType
from tongzhou.mandates.actions.change import record, told
from tongzhou.mandates.actions.passed_on import end_passed_on
from tongzhou.mandates.actions.seats import SecondAccountable, holders, leave_seats, take_seats
from tongzhou.mandates.acts import CHARGE_AGREED
from tongzhou.mandates.models import (
    Charge,
    ChargeState,
    Proposal,
    ProposalKind,
    ProposalState,
)
from tongzhou.mandates.parts import Part

#: How long a unit has to answer where the proposal says nothing else.
ANSWER_WITHIN = timedelta(days=7)


class AnswerTimePassed(Invalid):
    """Nobody can answer by then."""

    code = "answer-time-passed"
    message = _("The time to answer has passed already.")


class ProposalOpen(Conflict):
    """Another change of the same charge waits for consent."""

    code = "proposal-open"
    message = _("A change of this waits for the consent of %(unit)s already.")


class ProposalClosed(Conflict):
    """It was answered or withdrawn."""

    code = "proposal-closed"
    message = _("This proposal is closed. Somebody may have been faster.")


def open_proposal(
    kind: ProposalKind,
    *,
    charge: Charge,
    asked: Iterable[Unit],
    type: ActType,
    by: Post | None,
    at: datetime,
    due_at: datetime | None,
    reason: str,
    takes_over: bool = False,
    id: UUID,
) -> Proposal:
    """Asks the units for their consent. The proposer's own unit consents by proposing; where
    nobody else is asked the change is in force at once. Raises AnswerTimePassed,
    SecondAccountable."""
    until = due_at or at + ANSWER_WITHIN
    if until <= at:
        raise AnswerTimePassed(field="due_at")
    units = {unit.id: unit for unit in asked}
    given = [by.unit_id] if by is not None and by.unit_id in units else []
    proposal = Proposal(
        id=id,
        kind=kind,
        charge=charge,
        takes_over=takes_over,
        cells=charge.cells,
        asked=sorted(units),
        given=given,
        by=by,
        by_unit=by.unit if by is not None else None,
        at=at,
        due_at=until,
        reason=reason,
    )
    proposal.save(force_insert=True)
    record(
        type,
        charge=charge,
        by=by,
        at=at,
        with_units=units.values(),
        asked_at=at,
        due_at=until,
        data={
            "proposal": str(proposal.id),
            "area": charge.area.code,
            "asked": [str(unit) for unit in proposal.asked],
            "takes_over": takes_over,
        },
    )
    if not proposal.waiting:
        put_in_force(proposal, by=by, at=at)
    return proposal


def put_in_force(proposal: Proposal, *, by: Post | None, at: datetime) -> None:
    """Every unit has consented: the change takes place. Raises SecondAccountable where
    somebody became accountable meanwhile who was not asked."""
    charge = proposal.charge
    if proposal.kind == ProposalKind.END:
        charge.state = ChargeState.ENDED
        charge.ended_at = at
        leave_seats(charge)
        end_passed_on(charge, by=by, at=at)
    else:
        charge.state = ChargeState.IN_FORCE
        charge.since = at
        if charge.part == Part.ACCOUNTABLE:
            _take(proposal, by=by, at=at)
    charge.save(update_fields=["state", "since", "ended_at", "cells"])
    proposal.state = ProposalState.AGREED
    proposal.answered_at = at
    proposal.save(update_fields=["state", "given", "answered_at", "answer"])
    append_all([agreed(proposal, by=by, at=at)])


def agreed(proposal: Proposal, *, by: Post | None, at: datetime) -> NewAct:
    """The act of a change that is in force by now."""
    charge = proposal.charge
    return told(
        CHARGE_AGREED,
        charge=charge,
        by=by,
        at=at,
        with_units=[proposal.by_unit] if proposal.by_unit is not None else [],
        asked_at=proposal.at,
        due_at=proposal.due_at,
        outcome="agreed",
        data={"proposal": str(proposal.id), "kind": str(proposal.kind), "state": str(charge.state)},
    )


def _take(proposal: Proposal, *, by: Post | None, at: datetime) -> None:
    charge = proposal.charge
    before = holders(charge)
    for held in before:
        if held.unit_id not in proposal.asked:
            raise SecondAccountable(field="unit", holder=held.unit.name)
    take_seats(charge, over=before, by=by, at=at)

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.kernel.ids import new_id
from tongzhou.mandates import access
from tongzhou.mandates.actions.change import lock, read, reason_given, require_in_force
from tongzhou.mandates.actions.proposing import ProposalOpen, open_proposal
from tongzhou.mandates.acts import CHARGE_END_PROPOSED
from tongzhou.mandates.models import Charge, Proposal, ProposalKind, ProposalState
from tongzhou.mandates.parts import Part


def propose_end(
    *, charge: Charge, reason: str, by: Post, at: datetime, due_at: datetime | None = None
) -> Proposal:
    """Proposes that a unit gives up its part in a duty; in force with its consent. A unit
    that wants to lay down what it is accountable for needs the consent of the unit above it.
    Raises NotAllowed, ChargeNotInForce, ProposalOpen, ReasonMissing, TextTooLong,
    AnswerTimePassed."""
    said = reason_given(reason)
    with transaction.atomic():
        lock(charge.duty_id)
        held = read(charge.id)
        access.require_proposer(by, held.unit)
        require_in_force(held)
        if Proposal.objects.filter(charge=held, state=ProposalState.OPEN).exists():
            raise ProposalOpen(unit=held.unit.name)
        asked = [held.unit]
        above = held.unit.parent
        if by.unit_id == held.unit_id and held.part == Part.ACCOUNTABLE and above is not None:
            asked.append(above)
        return open_proposal(
            ProposalKind.END,
            charge=held,
            asked=asked,
            type=CHARGE_END_PROPOSED,
            by=by,
            at=at,
            due_at=due_at,
            reason=said,
            id=new_id(),
        )

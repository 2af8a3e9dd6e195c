"""What becomes of a proposal that is not agreed to."""

from datetime import datetime

from tongzhou.actors.models import Post
from tongzhou.ledger.types import ActType
from tongzhou.mandates.actions.change import record
from tongzhou.mandates.models import (
    ChargeState,
    Delegation,
    Means,
    Proposal,
    ProposalKind,
    ProposalState,
)


def close_proposal(
    proposal: Proposal, state: ProposalState, *, type: ActType, by: Post, at: datetime
) -> None:
    """Closes it; a charge that was only proposed is gone, one in force goes on."""
    charge = proposal.charge
    if proposal.kind != ProposalKind.END:
        charge.state = ChargeState.DECLINED
        charge.ended_at = at
        charge.save(update_fields=["state", "ended_at"])
        Delegation.objects.filter(to=charge).update(recalled_at=at)
        Means.objects.filter(charge=charge, ended_at=None).update(ended_at=at)
    proposal.state = state
    proposal.answered_at = at
    proposal.save(update_fields=["state", "answered_at", "answer"])
    record(
        type,
        charge=charge,
        by=by,
        at=at,
        with_units=[proposal.by_unit] if proposal.by_unit is not None else [],
        asked_at=proposal.at,
        due_at=proposal.due_at,
        outcome=str(state),
        data={"proposal": str(proposal.id), "kind": str(proposal.kind), "state": str(charge.state)},
    )

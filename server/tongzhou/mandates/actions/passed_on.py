"""What becomes of a duty that was passed on when it comes back."""

from datetime import datetime

from tongzhou.actors.models import Post
from tongzhou.ledger.types import ActType
from tongzhou.mandates.actions.change import record
from tongzhou.mandates.acts import DELEGATION_RECALLED
from tongzhou.mandates.models import Charge, ChargeState, Delegation, Proposal, ProposalState


def end_delegation(
    delegation: Delegation,
    *,
    type: ActType,
    by: Post | None,
    at: datetime,
    reason: str = "",
) -> None:
    """Ends the charge that came of it, what came along with it, and whatever was passed on
    further; one act for each."""
    to = delegation.to
    to.state = ChargeState.ENDED
    to.ended_at = at
    to.save(update_fields=["state", "ended_at"])
    Proposal.objects.filter(charge=to, state=ProposalState.OPEN).update(
        state=ProposalState.WITHDRAWN, answered_at=at
    )
    delegation.means.filter(ended_at=None).update(ended_at=at)
    delegation.recalled_at = at
    delegation.reason = reason
    delegation.save(update_fields=["recalled_at", "reason"])
    record(
        type,
        charge=to,
        by=by,
        at=at,
        with_units=[delegation.charge.unit],
        data={"delegation": str(delegation.id), "from": str(delegation.charge.unit_id)},
    )
    end_passed_on(to, by=by, at=at)


def end_passed_on(charge: Charge, *, by: Post | None, at: datetime) -> None:
    """Ends all that was passed on from a charge that is no longer held."""
    found = Delegation.objects.filter(charge=charge, recalled_at=None)
    for delegation in found.select_related(
        "to__unit", "to__area", "to__duty", "charge__unit"
    ).order_by("id"):
        end_delegation(delegation, type=DELEGATION_RECALLED, by=by, at=at)

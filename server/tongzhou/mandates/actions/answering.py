"""What the answers to a proposal have in common."""

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_CONSENT
from tongzhou.mandates.actions.change import lock
from tongzhou.mandates.actions.proposing import ProposalClosed
from tongzhou.mandates.models import Proposal, ProposalState


def begin_answer(proposal: Proposal, *, by: Post) -> Proposal:
    """Locks the duty and returns the proposal as it is now, for a unit whose consent is
    asked. Raises NotAllowed, ProposalClosed."""
    locked = read_locked(proposal)
    permissions.require(by=by, word=MANDATE_CONSENT, on=locked)
    require_open(locked)
    return locked


def read_locked(proposal: Proposal) -> Proposal:
    """The proposal as it is now, its duty locked."""
    lock(proposal.charge.duty_id)
    found = Proposal.objects.select_related(
        "charge__duty", "charge__area", "charge__unit__area", "by_unit"
    )
    return found.get(id=proposal.id)


def require_open(proposal: Proposal) -> None:
    """Raises ProposalClosed."""
    if proposal.state != ProposalState.OPEN:
        raise ProposalClosed()

from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_PROPOSE
from tongzhou.kernel.errors import NotAllowed
from tongzhou.mandates.actions.answering import read_locked, require_open
from tongzhou.mandates.actions.change import reason_given
from tongzhou.mandates.actions.closing import close_proposal
from tongzhou.mandates.acts import CHARGE_WITHDRAWN
from tongzhou.mandates.models import Proposal, ProposalState


def withdraw_proposal(*, proposal: Proposal, reason: str, by: Post, at: datetime) -> Proposal:
    """The unit that proposed a change takes the proposal back; all stays as it was. Raises
    NotAllowed, ProposalClosed, ReasonMissing, TextTooLong."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = read_locked(proposal)
        permissions.require(by=by, word=MANDATE_PROPOSE)
        if "proposer" not in locked.relations_of(by):
            raise NotAllowed(permission=MANDATE_PROPOSE.label)
        require_open(locked)
        locked.answer = said
        close_proposal(locked, ProposalState.WITHDRAWN, type=CHARGE_WITHDRAWN, by=by, at=at)
    return locked

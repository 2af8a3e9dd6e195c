from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.mandates.actions.answering import begin_answer
from tongzhou.mandates.actions.change import reason_given
from tongzhou.mandates.actions.closing import close_proposal
from tongzhou.mandates.acts import CHARGE_DECLINED
from tongzhou.mandates.models import Proposal, ProposalState


def decline_charge(*, proposal: Proposal, reason: str, by: Post, at: datetime) -> Proposal:
    """The post's unit declines a change that concerns it; all stays as it was. Raises
    NotAllowed, ProposalClosed, ReasonMissing, TextTooLong."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin_answer(proposal, by=by)
        locked.answer = said
        close_proposal(locked, ProposalState.DECLINED, type=CHARGE_DECLINED, by=by, at=at)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_APPROVE
from tongzhou.funds.actions.change import reason_given, require_other_eyes
from tongzhou.funds.actions.spending_acts import begin, tell
from tongzhou.funds.acts import SPENDING_REFUSED
from tongzhou.funds.choices import SpendingState
from tongzhou.funds.models import Spending


def refuse_spending(*, spending: Spending, reason: str, by: Post, at: datetime) -> Spending:
    """Refuses a request, with a reason. Raises NotFound, NotAllowed, SpendingNotSo, AlreadyPaid,
    OwnRequest, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(spending, by=by, word=FUND_APPROVE, states=(SpendingState.ASKED,))
        require_other_eyes(locked.post, by=by)
        locked.reason = reason_given(reason)
        locked.state = SpendingState.REFUSED
        locked.decider = by
        locked.decided_at = at
        locked.save(update_fields=["reason", "state", "decider", "decided_at"])
        tell(
            SPENDING_REFUSED, spending=locked, by=by, at=at, asked_at=locked.asked_at,
            outcome="refused",
        )  # fmt: skip
    return locked

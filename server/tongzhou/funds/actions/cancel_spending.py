from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_ASK
from tongzhou.funds import posting
from tongzhou.funds.actions.change import reason_given
from tongzhou.funds.actions.spending_acts import begin, tell
from tongzhou.funds.acts import SPENDING_CANCELLED
from tongzhou.funds.choices import Books, Kind, SpendingState
from tongzhou.funds.models import Spending


def cancel_spending(*, spending: Spending, reason: str, by: Post, at: datetime) -> Spending:
    """Whoever asked, or keeps the fund, cancels a request that was not paid; what was set aside
    is free again. Raises NotFound, NotAllowed, SpendingNotSo, AlreadyPaid, ReasonMissing,
    TextTooLong."""
    with transaction.atomic():
        states = (SpendingState.ASKED, SpendingState.APPROVED)
        locked = begin(spending, by=by, word=FUND_ASK, states=states)
        if locked.approved is not None:
            (books,) = posting.locked(locked.fund)
            posting.write(
                Kind.RELEASE,
                entries=[
                    (books.accounts[Books.HELD], -locked.approved),
                    (books.accounts[Books.FREE], locked.approved),
                ],
                by=by,
                at=at,
                about=("spending", locked.id),
            )
        locked.reason = reason_given(reason)
        locked.state = SpendingState.CANCELLED
        locked.save(update_fields=["reason", "state"])
        tell(SPENDING_CANCELLED, spending=locked, by=by, at=at, outcome="cancelled")
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.funds.actions.change import reason_given
from tongzhou.funds.actions.receive_gift import begin, tell
from tongzhou.funds.acts import GIFT_CANCELLED
from tongzhou.funds.choices import GiftState
from tongzhou.funds.models import Gift


def cancel_gift(*, gift: Gift, reason: str, by: Post, at: datetime) -> Gift:
    """A promise that does not come, with a reason. Raises NotFound, NotAllowed, GiftNotSo,
    ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(gift, by=by, states=(GiftState.PROMISED,))
        locked.reason = reason_given(reason)
        locked.state = GiftState.CANCELLED
        locked.save(update_fields=["reason", "state"])
        tell(locked, GIFT_CANCELLED, by=by, at=at, data={})
    return locked

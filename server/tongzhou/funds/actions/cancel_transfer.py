from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_ASK
from tongzhou.funds.actions.change import reason_given
from tongzhou.funds.actions.transfer_acts import begin, tell
from tongzhou.funds.acts import TRANSFER_CANCELLED
from tongzhou.funds.choices import TransferState
from tongzhou.funds.models import Transfer


def cancel_transfer(*, transfer: Transfer, reason: str, by: Post, at: datetime) -> Transfer:
    """Whoever asked takes it back, with a reason. Raises NotFound, NotAllowed, TransferNotSo,
    ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(transfer, by=by, word=FUND_ASK)
        locked.reason = reason_given(reason)
        locked.state = TransferState.CANCELLED
        locked.decided_at = at
        locked.save(update_fields=["reason", "state", "decided_at"])
        tell(TRANSFER_CANCELLED, transfer=locked, by=by, at=at, outcome="cancelled")
    return locked

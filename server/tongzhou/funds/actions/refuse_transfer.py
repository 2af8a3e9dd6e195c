from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_APPROVE
from tongzhou.funds.actions.change import reason_given, require_other_eyes
from tongzhou.funds.actions.transfer_acts import begin, tell
from tongzhou.funds.acts import TRANSFER_REFUSED
from tongzhou.funds.choices import TransferState
from tongzhou.funds.models import Transfer


def refuse_transfer(*, transfer: Transfer, reason: str, by: Post, at: datetime) -> Transfer:
    """The giving side refuses, with a reason. Raises NotFound, NotAllowed, TransferNotSo,
    OwnRequest, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(transfer, by=by, word=FUND_APPROVE)
        require_other_eyes(locked.post, by=by)
        locked.reason = reason_given(reason)
        locked.state = TransferState.REFUSED
        locked.decided_at = at
        locked.save(update_fields=["reason", "state", "decided_at"])
        tell(TRANSFER_REFUSED, transfer=locked, by=by, at=at, outcome="refused")
    return locked

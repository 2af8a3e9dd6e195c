from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import CLAIM_MAKE
from tongzhou.funds.actions.change import reason_given
from tongzhou.funds.actions.claim_acts import begin, tell
from tongzhou.funds.acts import CLAIM_WITHDRAWN
from tongzhou.funds.choices import ClaimState
from tongzhou.funds.models import Claim


def withdraw_claim(*, claim: Claim, reason: str, by: Post, at: datetime) -> Claim:
    """Whoever made a claim takes it back before it was answered. Raises NotFound, NotAllowed,
    ClaimNotSo, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(claim, by=by, word=CLAIM_MAKE)
        locked.reason = reason_given(reason)
        locked.state = ClaimState.WITHDRAWN
        locked.save(update_fields=["reason", "state"])
        tell(CLAIM_WITHDRAWN, claim=locked, by=by, at=at, outcome="withdrawn")
    return locked

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import CLAIM_ANSWER
from tongzhou.funds.actions.change import bounded, reason_given, require_other_eyes
from tongzhou.funds.actions.claim_acts import begin, tell
from tongzhou.funds.acts import CLAIM_ACCEPTED, CLAIM_REFUSED
from tongzhou.funds.choices import ClaimState
from tongzhou.funds.models import Claim, ClaimItem
from tongzhou.funds.money import AmountMalformed
from tongzhou.kernel.errors import Conflict


class MoreThanClaimed(Conflict):
    """Nobody gets more than was claimed."""

    code = "more-than-claimed"
    message = _("%(claimed)s were claimed for “%(item)s”; this is more.")


def answer_claim(
    *,
    claim: Claim,
    by: Post,
    at: datetime,
    accepted: Mapping[str, int] | None = None,
    reason: str = "",
) -> Claim:
    """Accepts a claim in whole (``accepted`` None), in part (so much of each item; items left
    out in whole), or not at all (every item nothing). Anything but the whole needs a reason.
    Raises NotFound, NotAllowed, ClaimNotSo, OwnRequest, MoreThanClaimed, AmountMalformed,
    ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(claim, by=by, word=CLAIM_ANSWER)
        require_other_eyes(locked.post, by=by)
        items = list(ClaimItem.objects.filter(claim=locked).order_by("place"))
        granted = {item.code: item.amount for item in items} | dict(accepted or {})
        for item in items:
            item.accepted = _checked(item, granted.pop(item.code), locked)
        if granted:
            raise AmountMalformed(field=next(iter(granted)))
        total = sum(item.accepted or 0 for item in items)
        whole = total == locked.total
        locked.reason = bounded(reason, field="reason") if whole else reason_given(reason)
        locked.accepted = total
        locked.answered_at = at
        locked.answer_post = by
        locked.state = (
            ClaimState.ACCEPTED if whole else ClaimState.PARTLY if total else ClaimState.REFUSED
        )
        ClaimItem.objects.bulk_update(items, ["accepted"])
        locked.save(update_fields=["reason", "accepted", "answered_at", "answer_post", "state"])
        tell(
            CLAIM_ACCEPTED if total else CLAIM_REFUSED,
            claim=locked,
            by=by,
            at=at,
            outcome=locked.state,
            data={"amount": total, "claimed": locked.total, "late": at > locked.due_at},
        )
    return locked


def _checked(item: ClaimItem, amount: int, claim: Claim) -> int:
    if type(amount) is not int or amount < 0:
        raise AmountMalformed(field=item.code)
    if amount > item.amount:
        claimed = claim.money.text(item.amount)
        raise MoreThanClaimed(field=item.code, claimed=claimed, item=item.title)
    return amount

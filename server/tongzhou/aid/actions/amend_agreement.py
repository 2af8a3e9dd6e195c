from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_AGREE
from tongzhou.aid.actions import drafting
from tongzhou.aid.actions.change import begin, reason_given
from tongzhou.aid.actions.offer_aid import AidBeyondAsked, left_of
from tongzhou.aid.actions.signing import AgreementGone
from tongzhou.aid.acts import AMENDED
from tongzhou.aid.choices import AgreementState, Payment
from tongzhou.aid.models import Agreement, AidRequest, Version
from tongzhou.kernel.errors import Conflict, NothingChanged


class BelowWhatHappened(Conflict):
    """Fewer than were sent already, or less than was claimed already."""

    code = "aid-below-done"
    message = _("%(sent)d were sent and %(claimed)s claimed already; less cannot be agreed.")


def amend_agreement(
    *,
    agreement: Agreement,
    reason: str,
    by: Post,
    at: datetime,
    count: int | None = None,
    cost: int | None = None,
    arrives_at: datetime | None = None,
    ends_on: date | None = None,
    payment: str | None = None,
    liability: str | None = None,
    conditions: str | None = None,
) -> Version:
    """Either side puts a changed version to be signed by both: a longer stay, more or fewer,
    another sum. What is in force stays so until then. Raises NotFound, NotAllowed,
    AgreementGone, BelowWhatHappened, AidBeyondAsked, NothingChanged, ReasonMissing,
    AidCountWrong, AidCostWrong, AidDaysTurned, GiftWithCost, AgreementWordUnknown,
    AidTextTooLong."""
    with transaction.atomic():
        AidRequest.objects.select_for_update(no_key=True).get(id=agreement.request_id)
        locked = begin(agreement, by=by, word=AID_AGREE, sides=("asker", "offerer"), in_force=False)
        if locked.state == AgreementState.CANCELLED:
            raise AgreementGone(reference=locked.reference)
        now = locked.versions.order_by("-number")[0]
        new: dict[str, Any] = {
            "count": now.count if count is None else count,
            "cost": now.cost if cost is None else cost,
            "arrives_at": arrives_at or now.arrives_at,
            "ends_on": ends_on or now.ends_on,
            "payment": payment or now.payment,
            "liability": liability or now.liability,
            "conditions": now.conditions if conditions is None else conditions.strip(),
        }
        if new["payment"] == Payment.GIFT and cost is None:
            new["cost"] = 0
        if all(getattr(now, name) == value for name, value in new.items()):
            raise NothingChanged()
        if new["count"] < locked.sent or new["cost"] < locked.claimed:
            raise BelowWhatHappened(
                field="count", sent=locked.sent, claimed=locked.money.text(locked.claimed)
            )
        left = left_of(locked.request) + locked.reserved
        if new["count"] > left:
            raise AidBeyondAsked(field="count", left=left, reference=locked.request.reference)
        return drafting.put_down(
            AMENDED, agreement=locked, **new, reason=reason_given(reason), by=by, at=at
        )

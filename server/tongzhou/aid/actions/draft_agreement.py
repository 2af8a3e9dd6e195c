from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_AGREE
from tongzhou.aid.actions import drafting, offer_acts
from tongzhou.aid.actions.change import next_number
from tongzhou.aid.actions.offer_aid import AidBeyondAsked, left_of
from tongzhou.aid.acts import DRAFTED
from tongzhou.aid.choices import Liability, OfferState, Payment
from tongzhou.aid.models import Agreement, AidOffer
from tongzhou.kernel.errors import Conflict
from tongzhou.kernel.ids import new_id


class BeyondOffer(Conflict):
    """More than was offered."""

    code = "aid-beyond-offer"
    message = _("%(offered)d were offered; more cannot be taken.")


def draft_agreement(
    *,
    offer: AidOffer,
    by: Post,
    at: datetime,
    count: int | None = None,
    payment: str = Payment.ASKER,
    liability: str = Liability.ASKER,
    conditions: str = "",
    id: UUID | None = None,
) -> Agreement:
    """The asking side takes an offer, in whole or in part (the cost in proportion, rounded up),
    and puts the agreement down. Nobody is bound before both sides signed. Raises NotFound,
    NotAllowed, OfferNotOpen, BeyondOffer, AidBeyondAsked, AidCountWrong, AgreementWordUnknown,
    AidTextTooLong, AidDaysTurned, NoTemplate."""
    with transaction.atomic():
        locked = offer_acts.begin(offer, by=by, word=AID_AGREE, side="asker")
        taken = locked.count if count is None else count
        if taken > locked.count:
            raise BeyondOffer(field="count", offered=locked.count)
        left = left_of(locked.request)
        if taken > left:
            raise AidBeyondAsked(field="count", left=left, reference=locked.request.reference)
        cost = 0 if payment == Payment.GIFT else -(-locked.cost * taken // locked.count)
        agreement = Agreement.objects.create(
            id=id or new_id(),
            number=next_number("agreement"),
            request=locked.request,
            offer=locked,
            asker=locked.request.unit,
            offerer=locked.unit,
            currency=locked.currency,
            people=locked.people,
            arrives_at=locked.arrives_at,
            ends_on=locked.ends_on,
            payment=payment,
            reserved=0,
            drafted_at=at,
        )
        offer_acts.settle(locked, state=OfferState.TAKEN, type=None, by=by, at=at)
        drafting.put_down(
            DRAFTED,
            agreement=agreement,
            count=taken,
            cost=cost,
            arrives_at=locked.arrives_at,
            ends_on=locked.ends_on,
            payment=payment,
            liability=liability,
            conditions=conditions or locked.conditions,
            reason="",
            by=by,
            at=at,
        )
    return agreement

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_AGREE
from tongzhou.aid.actions import offer_acts
from tongzhou.aid.actions.change import reason_given
from tongzhou.aid.acts import OFFER_DECLINED
from tongzhou.aid.choices import OfferState
from tongzhou.aid.models import AidOffer


def decline_offer(*, offer: AidOffer, reason: str, by: Post, at: datetime) -> AidOffer:
    """The asking side does not take an offer, and says why. Raises NotFound, NotAllowed,
    OfferNotOpen, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = offer_acts.begin(offer, by=by, word=AID_AGREE, side="asker")
        return offer_acts.settle(
            locked, state=OfferState.DECLINED, type=OFFER_DECLINED, by=by, at=at,
            reason=reason_given(reason),
        )  # fmt: skip

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_OFFER
from tongzhou.aid.actions import offer_acts
from tongzhou.aid.actions.change import reason_given
from tongzhou.aid.acts import OFFER_WITHDRAWN
from tongzhou.aid.choices import OfferState
from tongzhou.aid.models import AidOffer


def withdraw_offer(*, offer: AidOffer, reason: str, by: Post, at: datetime) -> AidOffer:
    """Whoever offered takes it back before it is taken. Raises NotFound, NotAllowed,
    OfferNotOpen, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = offer_acts.begin(offer, by=by, word=AID_OFFER, side="offerer")
        return offer_acts.settle(
            locked, state=OfferState.WITHDRAWN, type=OFFER_WITHDRAWN, by=by, at=at,
            reason=reason_given(reason),
        )  # fmt: skip

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import OFFER_MAKE
from tongzhou.kernel.errors import Conflict, NotFound
from tongzhou.needs.actions.answer_offer import lock_offer
from tongzhou.needs.actions.change import reason_given
from tongzhou.needs.actions.offering import OfferOver, record_offer
from tongzhou.needs.acts import OFFER_WITHDRAWN
from tongzhou.needs.models import Commitment, Offer


class OfferPromised(Conflict):
    """Some of it is promised to a need."""

    code = "offer-promised"
    message = _("Some of %(reference)s is promised. Take these promises back first.")


def withdraw_offer(*, offer: Offer, reason: str, by: Post, at: datetime) -> Offer:
    """The offer does not stand any more. Raises NotFound, NotAllowed, ReasonMissing, OfferOver,
    OfferPromised."""
    reason = reason_given(reason)
    with transaction.atomic():
        held = lock_offer(offer)
        if not held.relations_of(by):
            raise NotFound()
        owner = held.unit or held.desk
        permissions.require(by=by, word=OFFER_MAKE, on=owner)
        if held.withdrawn_at is not None:
            raise OfferOver(reference=held.reference)
        promised = Commitment.objects.filter(offer_line__offer=held, withdrawn_at=None)
        if promised.filter(received_at=None).exists():
            raise OfferPromised(reference=held.reference)
        held.withdrawn_at, held.withdrawn_reason = at, reason
        held.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        record_offer(OFFER_WITHDRAWN, held, by=by, at=at)
    return held

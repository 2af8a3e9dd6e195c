from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import AID_OFFER
from tongzhou.aid.actions import answering
from tongzhou.aid.actions.change import begin_call, reason_given
from tongzhou.aid.choices import Answer, OfferState
from tongzhou.aid.models import AidOffer, AidRequest, Asked
from tongzhou.kernel.errors import Conflict


class OfferStands(Conflict):
    """Whoever offered cannot say at once that it cannot help."""

    code = "aid-offer-stands"
    message = _("You have offered aid; withdraw the offer first.")


def decline_request(
    *, request: AidRequest, reason: str, by: Post, at: datetime, better: Unit | None = None
) -> Asked:
    """The unit of the post, which was asked, cannot help: why, and who could. Raises NotFound,
    NotAllowed, CallOver, OfferStands, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = begin_call(request, by=by, word=AID_OFFER)
        living = (OfferState.MADE, OfferState.TAKEN)
        if AidOffer.objects.filter(request=locked, unit=by.unit_id, state__in=living).exists():
            raise OfferStands()
        return answering.answer(
            locked, answer=Answer.DECLINED, by=by, at=at, reason=reason_given(reason),
            better=better,
        )  # fmt: skip

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_AGREE
from tongzhou.aid.actions.change import begin, reason_given, tell
from tongzhou.aid.actions.signing import AgreementGone
from tongzhou.aid.acts import AGREEMENT_CANCELLED
from tongzhou.aid.choices import AgreementState, OfferState
from tongzhou.aid.models import Agreement, AidOffer
from tongzhou.kernel.errors import Conflict


class SentAlready(Conflict):
    """An agreement under which somebody set off."""

    code = "aid-sent-already"
    message = _("Under %(reference)s people or goods were sent: send them home instead.")


def cancel_agreement(*, agreement: Agreement, reason: str, by: Post, at: datetime) -> Agreement:
    """Either side ends an agreement under which nobody was sent; so many are asked for again.
    Raises NotFound, NotAllowed, AgreementGone, SentAlready, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = begin(agreement, by=by, word=AID_AGREE, sides=("asker", "offerer"), in_force=False)
        if locked.state == AgreementState.CANCELLED:
            raise AgreementGone(reference=locked.reference)
        if locked.sent:
            raise SentAlready(reference=locked.reference)
        locked.state = AgreementState.CANCELLED
        locked.reason = reason_given(reason)
        locked.reserved = 0
        locked.save(update_fields=["state", "reason", "reserved"])
        locked.versions.filter(dropped_at=None).update(dropped_at=at)
        AidOffer.objects.filter(id=locked.offer_id).update(
            state=OfferState.WITHDRAWN, decided_at=at
        )
        tell(AGREEMENT_CANCELLED, agreement=locked, by=by, at=at)
    return locked

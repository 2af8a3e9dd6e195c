"""What the acts on an offer have in common."""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.aid.actions.change import begin_call, record
from tongzhou.aid.choices import OfferState
from tongzhou.aid.models import AidOffer
from tongzhou.kernel.errors import Conflict, NotAllowed
from tongzhou.ledger.types import ActType


class OfferNotOpen(Conflict):
    """An offer that was taken, declined or withdrawn."""

    code = "aid-offer-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


def begin(offer: AidOffer, *, by: Post, word: Word, side: str) -> AidOffer:
    """Locks the call and the offer, asks permission of that side, checks that it waits. Raises
    NotFound, NotAllowed, OfferNotOpen."""
    begin_call(offer.request, by=by, word=word, open_only=False)
    locked = (
        AidOffer.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "request__unit__area", "request__area", "request__incident", "unit__area", "package"
        )
        .get(id=offer.id)
    )  # fmt: skip
    permissions.require(by=by, word=word, on=locked)
    if side not in locked.relations_of(by):
        raise NotAllowed(permission=word.label)
    if locked.state != OfferState.MADE:
        raise OfferNotOpen(reference=locked.reference, state=locked.get_state_display())
    return locked


def settle(
    offer: AidOffer,
    *,
    state: OfferState,
    type: ActType | None,
    by: Post,
    at: datetime,
    reason: str = "",
) -> AidOffer:
    """Writes what became of it, and the act."""
    offer.state, offer.reason, offer.decided_at = state, reason, at
    offer.save(update_fields=["state", "reason", "decided_at"])
    if type is not None:
        request = offer.request
        record(
            type, about=("aid_offer", offer.id), by=by, at=at, units=[request.unit, offer.unit],
            incident=request.incident, area=request.area, asked_at=offer.offered_at,
            data={"request": request.number, "number": offer.number,
                  "asker": str(request.unit_id), "offerer": str(offer.unit_id)},
        )  # fmt: skip
    return offer

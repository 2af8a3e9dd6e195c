from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import OFFER_ANSWER
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.needs.actions.change import REASON, bounded, reason_given
from tongzhou.needs.actions.offering import OfferOver, record_offer
from tongzhou.needs.acts import OFFER_ACCEPTED, OFFER_DECLINED
from tongzhou.needs.choices import Answer
from tongzhou.needs.models import Offer


class ItemNotNamed(Invalid):
    """Something described in words was accepted, and nobody said what it is."""

    code = "item-not-named"
    message = _("Say which item “%(words)s” is, or decline the offer.")


def answer_offer(
    *,
    offer: Offer,
    accepted: bool,
    by: Post,
    at: datetime,
    reason: str = "",
    items: Mapping[UUID, Item] | None = None,
) -> Offer:
    """The desk accepts an offer, saying which items (``items``: line → item) its words mean, or
    declines it with a reason. Raises NotFound, NotAllowed, OfferOver, ReasonMissing,
    ItemNotNamed, WordsTooMany."""
    reason = bounded(reason, field="reason", limit=REASON) if accepted else reason_given(reason)
    with transaction.atomic():
        held = lock_offer(offer)
        permissions.require(by=by, word=OFFER_ANSWER, on=held)
        if held.answer != Answer.WAITING or held.withdrawn_at is not None:
            raise OfferOver(reference=held.reference)
        if accepted:
            _name(held, items or {})
        held.answer = Answer.ACCEPTED if accepted else Answer.DECLINED
        held.answer_reason, held.answered_at, held.answered_by = reason, at, by
        held.save(update_fields=["answer", "answer_reason", "answered_at", "answered_by"])
        record_offer(
            OFFER_ACCEPTED if accepted else OFFER_DECLINED,
            held,
            by=by,
            at=at,
            outcome="accepted" if accepted else "declined",
        )
    return held


def lock_offer(offer: Offer) -> Offer:
    """The offer, locked, with its units and its area."""
    return (
        Offer.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "desk", "area", "incident")
        .defer("area__boundary", "area__profile")
        .get(id=offer.id)
    )


def _name(offer: Offer, items: Mapping[UUID, Item]) -> None:
    lines = {line.id: line for line in offer.lines.all()}
    if set(items) - set(lines):
        raise NotFound(field="items")
    for line in lines.values():
        if line.id in items:
            line.item = items[line.id]
            line.save(update_fields=["item"])
        elif line.item_id is None:
            raise ItemNotNamed(field="items", words=line.words)

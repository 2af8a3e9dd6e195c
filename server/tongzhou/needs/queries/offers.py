"""Offers: lists, one of them, and one by the number that its donor holds."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import F, Prefetch, Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.catalogue.folding import fold
from tongzhou.catalogue.models import ItemName
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.needs import access
from tongzhou.needs.choices import Answer
from tongzhou.needs.models import Commitment, Offer, OfferLine

SHOWN: Final = ("", "usable", "waiting", "accepted", "declined", "withdrawn")
WHOSE: Final = ("", "mine", "desk")


def _whole(found: QuerySet[Offer, Offer]) -> QuerySet[Offer, Offer]:
    lines = OfferLine.objects.select_related("item").order_by("place")
    return (
        found.select_related("unit", "desk", "area", "incident")
        .defer("area__boundary", "area__profile")
        .prefetch_related(Prefetch("lines", lines))
    )


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    show: str = "",
    whose: str = "",
    near: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Offer]:
    """Offers, the latest first: of an item or with words; usable now, or by their answer; made
    or answered by the own unit; ``near``: inside the own area or around it. Raises
    CursorInvalid."""
    found = access.offers(visible_to)
    if show == "usable":
        left = OfferLine.objects.filter(Q(quantity=None) | Q(quantity__gt=F("promised")))
        found = found.filter(
            Q(until_at=None) | Q(until_at__gt=at), answer=Answer.ACCEPTED, withdrawn_at=None,
            lines__in=left,
        ).distinct()  # fmt: skip
    elif show == "withdrawn":
        found = found.exclude(withdrawn_at=None)
    elif show in Answer.values:
        found = found.filter(answer=show, withdrawn_at=None)
    if whose == "mine":
        found = found.filter(unit=visible_to.unit_id)
    elif whose == "desk":
        found = found.filter(desk=visible_to.unit_id)
    if near:
        area = visible_to.unit.area
        around = Q(area__path__startswith=area.path) | Q(area__code__in=area.line())
        found = found.filter(around)
    if q:
        found = found.filter(_matching(q)).distinct()
    return slice_of(
        _whole(found), by=[("number", int)], cursor=cursor, limit=limit, descending=True
    )


def _matching(q: str) -> Q:
    number = q.upper().removeprefix("O").removeprefix("-")
    if number.isascii() and number.isdigit() and len(number) < 16:
        return Q(number=int(number))
    folded = fold(q)
    found = Q(unit__name_zh__icontains=q) | Q(unit__name_en__icontains=q)
    found |= Q(lines__words__icontains=q)
    if folded:
        names = ItemName.objects.filter(folded__contains=folded)
        found |= Q(lines__item__in=list(names.values_list("item_id", flat=True)[:50]))
    return found


def find(number: int, *, visible_to: Post) -> Offer:
    """One offer with its lines. Raises NotFound."""
    found = _whole(access.offers(visible_to)).select_related("answered_by__unit", "donor")
    offer = found.filter(number=number).first() if 0 < number < 2**62 else None
    if offer is None:
        raise NotFound()
    return offer


def line(id: UUID, *, visible_to: Post) -> OfferLine:
    """A line of an offer that the post may see. Raises NotFound."""
    found = (
        OfferLine.objects.select_related("offer__unit", "offer__desk", "item")
        .filter(id=id, offer__in=access.offers(visible_to))
        .first()
    )
    if found is None:
        raise NotFound(field="offer_line")
    return found


def uses(offer: Offer) -> list[Commitment]:
    """What became of it: to whom it was promised, what came there."""
    return list(
        Commitment.objects.filter(offer_line__offer=offer)
        .select_related("line__need__unit", "line__item", "unit")
        .order_by("-at", "id")
    )


def by_code(code: str) -> Offer:
    """For whoever holds the number. Raises NotFound."""
    found = _whole(Offer.objects.all()).filter(code=code.strip().upper()[:16]).first()
    if found is None or not code.strip():
        raise NotFound()
    return found


def waiting(*, visible_to: Post) -> int:
    """How many wait for the own unit's answer."""
    return Offer.objects.filter(
        desk=visible_to.unit_id, answer=Answer.WAITING, withdrawn_at=None,
        exercise=visible_to.exercise,
    ).count()  # fmt: skip

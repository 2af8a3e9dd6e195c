"""What could meet a line: offers, stock and people, the best first, each with its reasons."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, Q

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item, Resource
from tongzhou.catalogue.quantities import plain
from tongzhou.needs import access
from tongzhou.needs.models import NeedLine, OfferLine
from tongzhou.places.models import Area
from tongzhou.stock import queries as stock

OFFER, STOCK, PEOPLE = "offer", "stock", "people"
MOST: Final = 20
_LOOKED_AT: Final = 200


@dataclass(frozen=True)
class Match:
    """Something that could be given. ``left``: how much there is, None where it is not known;
    ``steps``: how far up the tree of areas one must go to find both places; ``within``: the
    area that holds both; ``condition``: on which it stands for what was asked, "" where it is
    the thing itself."""

    kind: str
    id: UUID
    label: str
    unit: Unit | None
    area: Area
    item: Item
    left: Decimal | None
    enough: bool
    steps: int
    within: str
    condition: str = ""
    expires_on: date | None = None
    skills: tuple[str, ...] = ()
    reference: str = ""

    @property
    def plain(self) -> str:
        """What there is, as a form takes it; "" where it is not known."""
        return "" if self.left is None else plain(self.left)

    @property
    def order(self) -> tuple[object, ...]:
        """The best first: the thing itself, all of it, near, expiring soon."""
        return (
            bool(self.condition),
            not self.enough,
            self.steps,
            self.expires_on or date.max,
            -(self.left or 0),
            str(self.id),
        )


def matches(line: NeedLine, *, visible_to: Post, at: datetime, most: int = MOST) -> list[Match]:
    """For a line of a need that the post may see. A handful of queries, whatever there is."""
    instead = {
        one.other.id: one for one in catalogue.stand_ins([line.item_id]).get(line.item_id, [])
    }
    items: dict[UUID, tuple[Item, str, Decimal]] = {line.item_id: (line.item, "", Decimal(1))}
    items |= {key: (one.other, one.condition, one.ratio) for key, one in instead.items()}
    place = _Place(line.need.area)
    found = [
        *_offers(line, items, place, visible_to, at),
        *_stock(line, items, place, visible_to, at),
        *_people(line, items, place, visible_to),
    ]
    return sorted(found, key=lambda match: match.order)[:most]


_Items = Mapping[UUID, tuple[Item, str, Decimal]]


class _Place:
    """The place of use, and how far others are from it."""

    def __init__(self, area: Area) -> None:
        self.line = area.line()
        around = Area.objects.filter(code__in=self.line).defer("boundary", "profile")
        self.names = {one.code: one.name for one in around}

    def distance(self, area: Area) -> tuple[int, str]:
        """Steps up from the place to the area that holds both, and its name."""
        other = area.line()
        common = 0
        while common < min(len(self.line), len(other)) and self.line[common] == other[common]:
            common += 1
        if not common:
            return len(self.line) + 1, ""
        return len(self.line) - common, self.names.get(self.line[common - 1], "")


def _enough(line: NeedLine, left: Decimal | None, ratio: Decimal) -> bool:
    return left is not None and line.unmet is not None and left >= line.unmet * ratio


def _offers(
    line: NeedLine, items: _Items, place: _Place, post: Post, at: datetime
) -> Iterable[Match]:
    seen = Q(offer__in=access.offers(post))
    usable = Q(offer__answer="accepted", offer__withdrawn_at=None, offer__from_at__lte=at)
    usable &= Q(offer__until_at=None) | Q(offer__until_at__gt=at)
    usable &= Q(expires_on=None) | Q(expires_on__gte=at.date())
    left = Q(quantity=None) | Q(quantity__gt=F("promised"))
    rows = (
        OfferLine.objects.filter(seen, usable, left, item__in=list(items))
        .select_related("offer__unit", "offer__area", "offer__desk")
        .defer("offer__area__boundary", "offer__area__profile")
        .order_by("-offer__at")[:_LOOKED_AT]
    )
    for row in rows:
        assert row.item_id is not None
        item, condition, ratio = items[row.item_id]
        rest = None if row.quantity is None else row.quantity - row.promised
        steps, within = place.distance(row.offer.area)
        unit = row.offer.unit
        yield Match(
            OFFER, row.id, unit.name if unit else row.offer.reference, unit, row.offer.area, item,
            rest, _enough(line, rest, ratio), steps, within, condition, row.expires_on,
            reference=row.offer.reference,
        )  # fmt: skip


def _stock(
    line: NeedLine, items: _Items, place: _Place, post: Post, at: datetime
) -> Iterable[Match]:
    for held in stock.holdings(visible_to=post, at=at, items=list(items), most=_LOOKED_AT):
        if held.free <= 0:
            continue
        item, condition, ratio = items[held.item.id]
        steps, within = place.distance(held.site.area)
        yield Match(
            STOCK, held.site.id, held.site.name, held.site.unit, held.site.area, item, held.free,
            _enough(line, held.free, ratio), steps, within, condition, held.expires_on,
            reference=held.site.code,
        )  # fmt: skip


def _people(line: NeedLine, items: _Items, place: _Place, post: Post) -> Iterable[Match]:
    if line.item.stored:
        return
    rows = (
        Resource.objects.filter(item__in=list(items), ended_at=None, exercise=post.exercise)
        .select_related("unit", "area")
        .defer("area__boundary", "area__profile")
        .order_by("-people")[:_LOOKED_AT]
    )
    for row in rows:
        item, condition, ratio = items[row.item_id]
        steps, within = place.distance(row.area)
        there = Decimal(row.people)
        yield Match(
            PEOPLE, row.id, f"{row.unit.name} · {row.label}", row.unit, row.area, item, there,
            _enough(line, there, ratio), steps, within, condition, skills=tuple(row.skills),
        )  # fmt: skip

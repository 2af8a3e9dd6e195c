"""The board: lines of needs, the most urgent first, narrowed by what stands in the address."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Any, Final, Protocol
from uuid import UUID

from django.db.models import Count, Q, QuerySet, Sum
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.folding import fold
from tongzhou.catalogue.models import Item, ItemName
from tongzhou.incidents.models import Incident
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import Invalid
from tongzhou.needs import access
from tongzhou.needs.choices import LineState, Priority
from tongzhou.needs.models import NeedLine
from tongzhou.places.models import Area

SHOWN: Final = ("unmet", "open", "closed", "all")
WHOSE: Final = ("", "mine", "turn", "given")
#: Figures stop here.
COUNTED: Final = 1000
_BY: Final = [("urgency", int), ("id", UUID)]


class FilterUnknown(Invalid):
    """A filter with a value that it does not have."""

    code = "need-filter-unknown"
    message = _("“%(value)s” is no value of this filter.")


class Query(Protocol):
    """The part of Django's QueryDict that is needed."""

    def get(self, key: str, /) -> Any:
        """The last value of a key, None where there is none."""
        ...


@dataclass(frozen=True, slots=True)
class Filters:
    """``show``: what nobody promised yet (the default), what is open, closed, all; ``whose``:
    asked by the own unit, its turn to see to it, given to by it; the others are codes."""

    show: str = "unmet"
    whose: str = ""
    state: str = ""
    item: str = ""
    area: str = ""
    unit: str = ""
    incident: str = ""
    priority: str = ""
    q: str = ""

    def __post_init__(self) -> None:
        """Raises FilterUnknown with the field."""
        for name, value, possible in (
            ("show", self.show, SHOWN),
            ("whose", self.whose, WHOSE),
            ("state", self.state, ("", *LineState.values)),
            ("priority", self.priority, ("", *map(str, Priority.values))),
        ):
            if value not in possible:
                raise FilterUnknown(field=name, value=value[:40])

    @classmethod
    def from_query(cls, query: Query) -> "Filters":
        """Reads the filters from an address. Raises FilterUnknown."""
        given = {
            field.name: value
            for field in fields(cls)
            if (value := str(query.get(field.name) or "").strip()[:100])
        }
        return cls(**given)

    @property
    def used(self) -> bool:
        """True where the board is narrowed."""
        return self != Filters()

    def pairs(self) -> list[tuple[str, str]]:
        """What stands in an address for it."""
        plain = Filters()
        return [
            (field.name, getattr(self, field.name))
            for field in fields(self)
            if getattr(self, field.name) != getattr(plain, field.name)
        ]


def lines(post: Post, filters: Filters) -> QuerySet[NeedLine, NeedLine]:
    """The lines that a post sees and the filters let through."""
    found = NeedLine.objects.filter(access.visible_lines(post))
    if filters.state:
        found = found.filter(state=filters.state)
    elif filters.show in ("unmet", "open"):
        found = found.filter(open=True)
    elif filters.show == "closed":
        found = found.filter(open=False)
    if filters.show == "unmet" and not filters.state:
        found = found.filter(Q(unmet__isnull=True) | Q(unmet__gt=0))
    if filters.whose == "mine":
        found = found.filter(unit=post.unit_id)
    elif filters.whose == "turn":
        found = found.filter(holder=post.unit_id)
    elif filters.whose == "given":
        found = found.filter(commitments__unit=post.unit_id).distinct()
    # Codes become ids first, so that the database knows how many lines there are to them.
    if filters.item:
        found = found.filter(item_id__in=_items(filters.item))
    if filters.area:
        path = Area.objects.filter(code=filters.area).values_list("path", flat=True).first()
        found = found.filter(area_path__startswith=path) if path else found.none()
    if filters.unit:
        units = list(Unit.objects.filter(code=filters.unit).values_list("id", flat=True))
        found = found.filter(unit_id__in=units)
    if filters.incident:
        chosen = Incident.objects.filter(code=filters.incident).values_list("id", flat=True)
        found = found.filter(incident_id__in=list(chosen))
    if filters.priority:
        found = found.filter(priority=int(filters.priority))
    return _searched(found, filters.q) if filters.q else found


def _items(text: str) -> list[UUID]:
    found = ItemName.objects.filter(folded=fold(text)).values_list("item_id", flat=True)
    return [*found, *Item.objects.filter(code=text).values_list("id", flat=True)]


def _searched(found: QuerySet[NeedLine, NeedLine], q: str) -> QuerySet[NeedLine, NeedLine]:
    number = q.upper().removeprefix("N").removeprefix("-")
    if number.isascii() and number.isdigit() and len(number) < 16:
        return found.filter(need__number=int(number))
    folded = fold(q)
    items = (
        list(
            ItemName.objects.filter(folded__contains=folded).values_list("item_id", flat=True)[:50]
        )
        if folded
        else []
    )
    named = Q(name_zh__icontains=q) | Q(name_en__icontains=q) | Q(code=q.lower())
    units = list(Unit.objects.filter(named).values_list("id", flat=True)[:200])
    return found.filter(Q(item_id__in=items) | Q(unit_id__in=units))


def shown(found: QuerySet[NeedLine, NeedLine]) -> QuerySet[NeedLine, NeedLine]:
    """With what a row says: need, unit, area, item."""
    return found.select_related("need__area", "need__incident", "unit", "item", "holder").defer(
        "need__area__boundary", "need__area__profile", "need__note", "need__call"
    )


def board(
    *, visible_to: Post, filters: Filters, cursor: str = "", limit: int = 50
) -> Slice[NeedLine]:
    """A page of the board. Raises CursorInvalid."""
    found = shown(lines(visible_to, filters))
    return slice_of(found, by=_BY, cursor=cursor, limit=limit)


def every(*, visible_to: Post, filters: Filters, most: int = 100_000) -> Iterator[NeedLine]:
    """All lines, for a file."""
    found = shown(lines(visible_to, filters)).order_by("urgency", "id")[:most]
    yield from found.iterator(chunk_size=1000)


@dataclass(frozen=True)
class Figures:
    """Counts for the head of the board."""

    unmet: int
    life: int
    turn: int
    stale: int


def figures(*, visible_to: Post) -> Figures:
    """How many lines nobody promised yet, at risk of life, ours to see to, to be confirmed by
    us; each counted up to 1,000, so that a long board does not make its head slow."""
    seen = NeedLine.objects.filter(access.visible_lines(visible_to), open=True)
    missing = seen.filter(Q(unmet__isnull=True) | Q(unmet__gt=0))
    stale = seen.filter(doubted_at__isnull=False, unit=visible_to.unit_id)
    return Figures(
        unmet=missing[:COUNTED].count(),
        life=missing.filter(priority=Priority.LIFE)[:COUNTED].count(),
        turn=missing.filter(holder=visible_to.unit_id)[:COUNTED].count(),
        stale=stale[:COUNTED].count(),
    )


@dataclass(frozen=True)
class Total:
    """What is asked for of an item altogether."""

    item: Item
    lines: int
    units: int
    unmet: object
    unknown: int


def totals(*, visible_to: Post, filters: Filters, most: int = 30) -> list[Total]:
    """Unmet amounts by item, the most asked for first."""
    found = (
        lines(visible_to, filters)
        .order_by()
        .values("item")
        .annotate(
            lines=Count("id"), units=Count("unit", distinct=True), total=Sum("unmet"),
            unknown=Count("id", filter=Q(unmet__isnull=True)),
        )
        .order_by("-lines", "item")[:most]
    )  # fmt: skip
    rows = list(found)
    items = Item.objects.in_bulk([row["item"] for row in rows])
    return [Total(items[r["item"]], r["lines"], r["units"], r["total"], r["unknown"]) for r in rows]

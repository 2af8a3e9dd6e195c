"""Shipments in lists, one of them, and what is under way."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery

from tongzhou.actors.models import Post
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.shipments.choices import BEFORE_LEAVING, MOVING, State
from tongzhou.shipments.models import Difference, Proof, Shipment, ShipmentLine

_UNITS: Final = ("giver", "carrier", "receiver", "area", "from_site", "to_site", "incident")
#: So many lines are named in a list; of more, the rest is counted.
NAMED: Final = 2
_UNEXPLAINED: Final = Exists(
    Difference.objects.filter(line__shipment=OuterRef("pk"), explained_at__isnull=True)
)
_LINES: Final = Subquery(
    ShipmentLine.objects.filter(shipment=OuterRef("pk"))
    .order_by()
    .values("shipment")
    .annotate(n=Count("pk"))
    .values("n")
)
#: Somebody still has something to do with it.
PENDING: Final = (
    Q(state__in=(*BEFORE_LEAVING, *MOVING, State.RETURNING)) | Q(_UNEXPLAINED)
)  # fmt: skip


@dataclass(frozen=True)
class Filters:
    """What a list shows. ``show``: a key of ``SHOWN``, a state, or "" for what is pending;
    ``q``: words of a number, an item, a unit or a site."""

    show: str = ""
    q: str = ""
    unit: str = ""
    item: str = ""
    incident: str = ""


def visible(post: Post) -> "QuerySet[Shipment, Shipment]":
    """The shipments that the post's unit gives, carries or gets, or a unit below it, in the
    post's own world."""
    unit = [post.unit_id]
    return Shipment.objects.filter(
        Q(giver__line__contains=unit)
        | Q(carrier__line__contains=unit)
        | Q(receiver__line__contains=unit),
        exercise=post.exercise,
    )


def shown(post: Post, at: datetime) -> dict[str, Q]:
    """The named choices of a list, by key."""
    before = Q(state__in=(*BEFORE_LEAVING, State.ON_THE_WAY))
    return {
        "on_the_way": Q(state__in=MOVING),
        "late": before & Q(due_at__lt=at),
        "send": Q(giver=post.unit_id, state__in=BEFORE_LEAVING),
        "carry": Q(carrier=post.unit_id)
        & Q(state__in=(State.LOADED, State.ON_THE_WAY, State.RETURNING)),
        "receive": Q(receiver=post.unit_id, state__in=MOVING),
        "differ": Q(_UNEXPLAINED),
    }


def filtered(*, visible_to: Post, filters: Filters, at: datetime) -> "QuerySet[Shipment, Shipment]":
    """The shipments that the filters let through."""
    found = visible(visible_to)
    choices = shown(visible_to, at)
    if filters.show in choices:
        found = found.filter(choices[filters.show])
    elif filters.show in State.values:
        found = found.filter(state=filters.show)
    elif filters.show != "all":
        found = found.filter(PENDING)
    for word in filters.q.split()[:8]:
        found = found.filter(_matching(word))
    if filters.unit:
        unit = filters.unit
        sides = Q(giver__code=unit) | Q(carrier__code=unit) | Q(receiver__code=unit)
        found = found.filter(sides)
    if filters.item:
        lines = ShipmentLine.objects.filter(shipment=OuterRef("pk"), item__code=filters.item)
        found = found.filter(Exists(lines))
    if filters.incident:
        found = found.filter(incident__code=filters.incident)
    return found


def _matching(word: str) -> Q:
    digits = word.upper().removeprefix("S").removeprefix("-")
    names = Q()
    for of in ("giver", "carrier", "receiver", "from_site", "to_site"):
        names |= Q(**{f"{of}__name_zh__icontains": word})
        names |= Q(**{f"{of}__name_en__icontains": word})
    lines = ShipmentLine.objects.filter(
        Q(item__name_zh__icontains=word) | Q(item__name_en__icontains=word),
        shipment=OuterRef("pk"),
    )
    found = names | Q(Exists(lines))
    if digits.isascii() and digits.isdigit() and len(digits) < 16:
        found |= Q(number=int(digits))
    return found


def _rows(found: "QuerySet[Shipment, Shipment]") -> "QuerySet[Shipment, Shipment]":
    """With what a list shows of each: its units, its first lines, how many there are."""
    first = ShipmentLine.objects.filter(position__lte=NAMED).select_related("item")
    return (
        found.select_related(*_UNITS)
        .annotate(line_count=_LINES, unexplained=_UNEXPLAINED)
        .prefetch_related(Prefetch("lines", first.order_by("position"), to_attr="first_lines"))
    )


def listed(
    *, visible_to: Post, filters: Filters, at: datetime, cursor: str = "", limit: int = 50
) -> Slice[Shipment]:
    """A page: what is under way by its due time, anything else the latest first. Raises
    CursorInvalid."""
    found = _rows(filtered(visible_to=visible_to, filters=filters, at=at))
    if filters.show == "all" or filters.show in _ENDED:
        keys: list[tuple[str, Any]] = [("number", int)]
        return slice_of(found, by=keys, cursor=cursor, limit=limit, descending=True)
    keys = [("due_at", datetime), ("number", int)]
    return slice_of(found, by=keys, cursor=cursor, limit=limit)


_ENDED: Final = (State.RECEIVED, State.RETURNED, State.CANCELLED)


def all_rows(*, visible_to: Post, filters: Filters, at: datetime) -> Iterator[ShipmentLine]:
    """All lines of the shipments that the filters let through, for files."""
    found = filtered(visible_to=visible_to, filters=filters, at=at)
    lines = ShipmentLine.objects.filter(shipment__in=found.values("id")).select_related(
        "item", "batch", *(f"shipment__{name}" for name in _UNITS)
    )
    return lines.order_by("shipment__number", "position").iterator(chunk_size=500)


def figures(*, visible_to: Post, at: datetime) -> dict[str, int]:
    """How many there are of each named choice; one query."""
    counts = {
        name: Count("pk", filter=condition) for name, condition in shown(visible_to, at).items()
    }
    found: dict[str, int] = visible(visible_to).filter(PENDING).aggregate(**counts)
    return found


def find(number: int, *, visible_to: Post) -> Shipment:
    """One shipment with its units. Raises NotFound."""
    found = visible(visible_to).select_related(*_UNITS, "post__unit", "seen_area")
    shipment = found.filter(number=number).first() if number < 2**62 else None
    if shipment is None:
        raise NotFound()
    return shipment


def by_key(number: int, key: str) -> Shipment:
    """The shipment whose label one holds. Raises NotFound."""
    found = Shipment.objects.select_related(*_UNITS)
    shipment = found.filter(number=number, key=key).first() if number < 2**62 else None
    if shipment is None:
        raise NotFound()
    return shipment


def lines(shipment: Shipment) -> list[ShipmentLine]:
    """The lines in their order, with what differs of each."""
    differences = Difference.objects.select_related(
        "owner", "post__unit", "explained_by__unit"
    ).order_by("found_at", "id")
    found = shipment.lines.select_related("item", "batch")
    return list(found.prefetch_related(Prefetch("differences", differences)).order_by("position"))


def difference(id: UUID, *, shipment: Shipment) -> Difference:
    """A difference of a shipment that was found. Raises NotFound."""
    found = Difference.objects.select_related("line", "owner")
    one = found.filter(id=id, line__shipment=shipment).first()
    if one is None:
        raise NotFound()
    return one


def file(id: UUID, *, visible_to: Post) -> Proof:
    """A picture of a shipment that the post may see. Raises NotFound."""
    proof = Proof.objects.filter(id=id, shipment__in=visible(visible_to)).first()
    if proof is None:
        raise NotFound()
    return proof


def under_way(*, visible_to: Post, limit: int = 400) -> list[Shipment]:
    """What left and did not come yet, for the map; the most urgent first."""
    states = (*MOVING, State.RETURNING, State.LOST)
    found = visible(visible_to).filter(state__in=states).select_related(
        *_UNITS, "from_site__area", "seen_area"
    )  # fmt: skip
    return list(found.order_by("due_at", "number")[:limit])

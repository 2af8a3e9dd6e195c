"""What there is to share out, and among whom: taken as it stands at one moment."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any, Final
from uuid import UUID

from django.db.models import Count, QuerySet, Sum

from tongzhou.actors.models import Post, Unit
from tongzhou.allocations.choices import WEIGHTS, Objective
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.needs.models import NeedLine
from tongzhou.needs.queries.board import Filters, lines
from tongzhou.places.models import Area
from tongzhou.stock import queries as stock
from tongzhou.stock.models import Minimum, Site
from tongzhou.stock.queries import Holding

MOST_NEEDS: Final = 20_000


@dataclass(frozen=True)
class Criteria:
    """Which needs and which stores are meant. Without ``items`` all that is both asked for and
    there; without ``sites`` all stores of the unit and of those below it."""

    items: tuple[UUID, ...] = ()
    area: str = ""
    sites: tuple[UUID, ...] = ()
    incident: UUID | None = None

    def as_json(self) -> dict[str, Any]:
        """For a column."""
        return {
            "items": [str(item) for item in self.items],
            "area": self.area,
            "sites": [str(site) for site in self.sites],
            "incident": str(self.incident) if self.incident else "",
        }

    @classmethod
    def read(cls, found: dict[str, Any]) -> "Criteria":
        """Out of a column."""
        return cls(
            items=tuple(UUID(item) for item in found["items"]),
            area=found["area"],
            sites=tuple(UUID(site) for site in found["sites"]),
            incident=UUID(found["incident"]) if found["incident"] else None,
        )


def own_sites(unit: Unit, *, visible_to: Post) -> QuerySet[Site, Site]:
    """The open stores that a unit disposes of: its own and those of units below it."""
    return stock.visible_sites(visible_to=visible_to).filter(
        unit__line__contains=[unit.id], closed_at=None
    )


def open_lines(criteria: Criteria, *, visible_to: Post) -> QuerySet[NeedLine, NeedLine]:
    """Lines of needs of which something is missing still, or nobody knows how much."""
    found = lines(visible_to, Filters(area=criteria.area))
    if criteria.incident is not None:
        found = found.filter(incident_id=criteria.incident)
    return found


def shareable(unit: Unit, *, visible_to: Post, at: datetime) -> list[dict[str, Any]]:
    """Items that are both asked for and free in a store of the unit, with both amounts, those
    asked for by most first: what can be chosen."""
    free: dict[UUID, Decimal] = {}
    sites = [site.id for site in own_sites(unit, visible_to=visible_to)]
    there = stock.available(visible_to=visible_to, at=at, sites=sites)
    kept = minimums(sites)
    for key, quantity in there.items():
        if quantity > kept.get(key, 0):
            free[key[1]] = free.get(key[1], Decimal(0)) + quantity - kept.get(key, 0)
    asked = (
        lines(visible_to, Filters())
        .filter(item_id__in=list(free), unmet__gt=0)
        .order_by()
        .values("item")
        .annotate(lines=Count("id"), missing=Sum("unmet"))
        .order_by("-lines", "item")[:100]
    )
    rows = list(asked)
    items = Item.objects.in_bulk([row["item"] for row in rows])
    return [
        {"item": items[row["item"]], "lines": row["lines"], "missing": row["missing"],
         "free": free[row["item"]]}
        for row in rows
    ]  # fmt: skip


def minimums(sites: Iterable[UUID]) -> dict[tuple[UUID, UUID], Decimal]:
    """(store, item) → what the store should never have less of. One query."""
    rows = Minimum.objects.filter(site_id__in=list(sites))
    return {(one.site_id, one.item_id): one.quantity for one in rows}


def snapshot(
    criteria: Criteria,
    *,
    unit: Unit,
    objective: str,
    stand_ins: bool,
    visible_to: Post,
    at: datetime,
) -> dict[str, Any]:
    """The problem as plain data: stores, areas of use, what is free beyond its minimum,
    what is missing, and what may stand in for what. About ten queries, whatever there is.

    ``left_out``: lines that name no amount, and lines of things of which nothing is there.
    """  # fmt: skip
    rows = open_lines(criteria, visible_to=visible_to)
    if criteria.items:
        rows = rows.filter(item_id__in=criteria.items)
    unknown = rows.filter(unmet=None).count()
    asked = list(
        rows.filter(unmet__gt=0)
        .select_related("item", "unit", "need__area")
        .defer("need__area__boundary", "need__area__profile", "need__note", "need__call")
        .order_by("urgency", "id")[: MOST_NEEDS + 1]
    )
    items = {line.item_id: line.item for line in asked}
    instead = _instead(items.values()) if stand_ins else {}
    sites = own_sites(unit, visible_to=visible_to)
    if criteria.sites:
        sites = sites.filter(id__in=criteria.sites)
    others = {other.other.id: other.other for given in instead.values() for other in given}
    held = _held({*items, *others}, list(sites.values_list("id", flat=True)), visible_to, at)
    there = {holding.item.id for holding in held}
    fits = {
        item: there & {item, *(other.other.id for other in instead.get(item, ()))} for item in items
    }
    wanted = [line for line in asked if fits[line.item_id]]
    useful = {given for item in {line.item_id for line in wanted} for given in fits[item]}
    held = [holding for holding in held if holding.item.id in useful]
    named = {**others, **items}
    return {
        "at": at.isoformat(),
        **_places(wanted, held),
        "items": {
            str(item): _named(named[item]) | {"decimals": named[item].decimals}
            for item in {*useful, *(line.item_id for line in wanted)}
        },
        "instead": {
            str(item): [
                [str(one.other.id), one.condition] for one in given if one.other.id in useful
            ]
            for item, given in instead.items()
            if item in {line.item_id for line in wanted}
        },
        "left_out": {"unknown": unknown, "nothing_there": len(asked) - len(wanted)},
        "weighted": objective == Objective.PRIORITY,
    } | _amounts(wanted, held, objective)


def _held(items: Iterable[UUID], sites: list[UUID], post: Post, at: datetime) -> list[Holding]:
    """What is free in stores beyond what each should never have less of."""
    kept = minimums(sites)
    spare = (
        replace(one, free=one.free - kept.get((one.site.id, one.item.id), 0))
        for one in stock.holdings(visible_to=post, at=at, items=items, sites=sites)
    )
    return [one for one in spare if one.free > 0]


def _instead(items: Iterable[Item]) -> dict[UUID, list[catalogue.StandIn]]:
    """What may stand in, one for one: of other ratios the whole pieces do not come out even."""
    found = catalogue.stand_ins([item.id for item in items])
    return {item: [one for one in given if one.ratio == 1] for item, given in found.items()}


def _named(thing: Item | Site | Area | Unit) -> dict[str, Any]:
    return {"code": thing.code, "zh": thing.name_zh, "en": thing.name_en}


def _places(wanted: Sequence[NeedLine], held: Sequence[Holding]) -> dict[str, Any]:
    sites = {holding.site.id: holding.site for holding in held}
    areas = {line.need.area_id: line.need.area for line in wanted}
    where = _whereabouts([*areas.values(), *(site.area for site in sites.values())])
    units = {line.unit_id: line.unit for line in wanted}
    return {
        "sites": [
            _named(site) | {"id": str(site.id), "unit": str(site.unit_id)} | where[site.area.path]
            for site in _ordered(sites.values())
        ],
        "areas": [
            _named(area) | {"level": area.level} | where[area.path]
            for area in _ordered(areas.values())
        ],
        "units": {str(unit.id): _named(unit) for unit in units.values()},
    }


def _ordered(things: Iterable[Any]) -> list[Any]:
    return sorted(things, key=lambda thing: thing.code)


def _whereabouts(areas: Sequence[Area]) -> dict[str, dict[str, Any]]:
    """By path the coordinates of an area, or of the smallest one around it that has any."""
    codes = {code for area in areas for code in area.line()}
    known = {
        area.code: (area.lon, area.lat)
        for area in Area.objects.filter(code__in=codes, lon__isnull=False, lat__isnull=False).only(
            "code", "lon", "lat"
        )
    }
    found: dict[str, dict[str, Any]] = {}
    for area in areas:
        at = next((known[code] for code in reversed(area.line()) if code in known), (None, None))
        found[area.path] = {"lon": at[0], "lat": at[1]}
    return found


def _amounts(wanted: Sequence[NeedLine], held: Sequence[Holding], objective: str) -> dict[str, Any]:
    sites = {s.id: n for n, s in enumerate(_ordered({h.site.id: h.site for h in held}.values()))}
    areas = {line.need.area_id: line.need.area for line in wanted}
    places = {area.id: number for number, area in enumerate(_ordered(areas.values()))}
    return {
        "stocks": [
            {"site": sites[one.site.id], "item": str(one.item.id), "free": plain(one.free)}
            for one in held
        ],
        "needs": [
            {
                "line": str(line.id),
                "number": line.need.number,
                "unit": str(line.unit_id),
                "area": places[line.need.area_id],
                "item": str(line.item_id),
                "missing": plain(line.unmet),
                "priority": line.priority,
                "weight": WEIGHTS[line.priority] if objective == Objective.PRIORITY else 1,
            }
            for line in wanted
        ],
    }

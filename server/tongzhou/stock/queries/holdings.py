"""What lies where: per store and item, in one query however many there are."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import F, Max, Min, Q, QuerySet, Sum, Value
from django.db.models.functions import Coalesce

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.places.models import Area
from tongzhou.stock.models import Balance, Site
from tongzhou.stock.posting import local_day
from tongzhou.stock.queries.sites import visible_sites

Sums = Mapping[str, Any]


@dataclass(frozen=True)
class Holding:
    """What a store has of an item: on hand, of that reserved, expired, and free to be given
    (neither). ``expires_on``: of what is good, the first date. ``moved_at``: when the last of
    it went out, or else the first came in."""

    site: Site
    item: Item
    on_hand: Decimal
    reserved: Decimal
    expired: Decimal
    free: Decimal
    expires_on: date | None
    moved_at: datetime


def holdings(
    *,
    visible_to: Post,
    at: datetime,
    items: Iterable[UUID] | None = None,
    sites: Iterable[UUID] | None = None,
    areas: Iterable[Area] | None = None,
    units: Iterable[UUID] | None = None,
    most: int | None = None,
) -> list[Holding]:
    """What lies in the stores that the post may see, by item and store; narrowed to some
    items, stores, subtrees of areas, or units. Three queries."""
    chosen = _sites(visible_to, sites=sites, areas=areas, units=units)
    grouped = sums(_balances(chosen, items), local_day(at))
    ordered = grouped.order_by("item__code", "account__site__code")
    return from_rows(list(ordered[:most] if most is not None else ordered), chosen)


def from_rows(found: Sequence[Sums], chosen: QuerySet[Site, Site]) -> list[Holding]:
    """Sums with their stores and items. Two queries."""
    site_by_id = chosen.in_bulk({row["account__site"] for row in found})
    item_by_id = Item.objects.in_bulk({row["item"] for row in found})
    return [
        Holding(
            site=site_by_id[row["account__site"]],
            item=item_by_id[row["item"]],
            on_hand=row["held"],
            reserved=row["kept"],
            expired=row["expired"],
            free=row["free"],
            expires_on=row["expires_on"],
            moved_at=row["last_out"] or row["first_in"],
        )
        for row in found
    ]


def on_hand(
    *,
    visible_to: Post,
    at: datetime,
    items: Iterable[UUID] | None = None,
    sites: Iterable[UUID] | None = None,
    areas: Iterable[Area] | None = None,
    units: Iterable[UUID] | None = None,
) -> dict[tuple[UUID, UUID], Decimal]:
    """(store, item) → what lies there, reserved and expired included. One query."""
    chosen = _sites(visible_to, sites=sites, areas=areas, units=units)
    rows = sums(_balances(chosen, items), local_day(at))
    return {(row["account__site"], row["item"]): row["held"] for row in rows}


def available(
    *,
    visible_to: Post,
    at: datetime,
    items: Iterable[UUID] | None = None,
    sites: Iterable[UUID] | None = None,
    areas: Iterable[Area] | None = None,
    units: Iterable[UUID] | None = None,
) -> dict[tuple[UUID, UUID], Decimal]:
    """(store, item) → what could be given: neither reserved nor expired. One query."""
    chosen = _sites(visible_to, sites=sites, areas=areas, units=units)
    rows = sums(_balances(chosen, items), local_day(at))
    return {(row["account__site"], row["item"]): row["free"] for row in rows if row["free"]}


def idle(
    *,
    days: int,
    visible_to: Post,
    at: datetime,
    items: Iterable[UUID] | None = None,
    most: int | None = 500,
) -> list[Holding]:
    """Where something free has lain for so many days without any of it going out, longest
    first; for the list of idle stock beside unmet need. Three queries."""
    since = at - timedelta(days=days)
    found = holdings(visible_to=visible_to, at=at, items=items)
    lying = [holding for holding in found if holding.free and holding.moved_at <= since]
    lying.sort(key=lambda holding: (holding.moved_at, holding.item.code, holding.site.code))
    return lying[:most]


def _sites(
    visible_to: Post,
    *,
    sites: Iterable[UUID] | None,
    areas: Iterable[Area] | None,
    units: Iterable[UUID] | None,
) -> QuerySet[Site, Site]:
    chosen = visible_sites(visible_to=visible_to)
    if sites is not None:
        chosen = chosen.filter(id__in=list(sites))
    if units is not None:
        chosen = chosen.filter(unit_id__in=list(units))
    if areas is not None:
        within = Q(pk__in=[])
        for area in areas:
            within |= Q(area__path__startswith=area.path)
        chosen = chosen.filter(within)
    return chosen


def _balances(
    chosen: QuerySet[Site, Site], items: Iterable[UUID] | None
) -> QuerySet[Balance, Balance]:
    rows = Balance.objects.filter(on_hand__gt=0, account__site__in=chosen.values("id"))
    if items is not None:
        rows = rows.filter(item_id__in=list(items))
    return rows


def sums(rows: QuerySet[Balance, Balance], today: date) -> "QuerySet[Balance, Sums]":
    """The sums of balances by store and item."""
    nothing = Value(Decimal(0))
    good = Q(batch__expires_on__isnull=True) | Q(batch__expires_on__gte=today)
    return rows.values("account__site", "item").annotate(
        held=Sum("on_hand"),
        kept=Sum("reserved"),
        expired=Coalesce(Sum("on_hand", filter=~good), nothing),
        free=Coalesce(Sum(F("on_hand") - F("reserved"), filter=good), nothing),
        expires_on=Min("batch__expires_on", filter=good),
        last_out=Max("last_out_at"),
        first_in=Min("first_in_at"),
    )

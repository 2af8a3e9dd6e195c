"""The stock as a list that people filter: by item, store, area, and what needs attention."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.catalogue.folding import fold
from tongzhou.catalogue.models import Item, ItemName
from tongzhou.places.models import Area
from tongzhou.stock.models import Balance, Minimum, Site
from tongzhou.stock.posting import local_day
from tongzhou.stock.queries.holdings import Holding, from_rows, sums
from tongzhou.stock.queries.sites import visible_sites

#: What expires within so many days is shown as expiring.
SOON: Final = 60
PAGE: Final = 100
#: An export has no more lines than a person can read.
MOST: Final = 20_000


@dataclass(frozen=True)
class Row:
    """A line of the list: what lies there, the least there should be, and how it stands."""

    holding: Holding
    minimum: Decimal | None
    soon: bool

    @property
    def below(self) -> bool:
        """True when less is good than there should be."""
        good = self.holding.on_hand - self.holding.expired
        return self.minimum is not None and good < self.minimum


@dataclass(frozen=True)
class Listed:
    """A page of the list and where the next one begins ("" at the end)."""

    rows: list[Row]
    next: str


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    category: str = "",
    site: str = "",
    area: Area | None = None,
    kind: str = "",
    show: str = "",
    cursor: str = "",
    limit: int = PAGE,
) -> Listed:
    """What lies in the stores that the post may see, by item and store. ``show``: "expiring"
    (within SOON days), "expired", "below" (less than the least). A fixed number of queries."""
    today = local_day(at)
    sites = _sites(visible_to, site=site, area=area, kind=kind)
    rows = Balance.objects.filter(on_hand__gt=0, account__site__in=sites.values("id"))
    if q.strip():
        rows = rows.filter(item__in=matching(q))
    if category:
        rows = rows.filter(item__category=category)
    if show == "expired":
        rows = rows.filter(batch__expires_on__lt=today)
    elif show == "expiring":
        rows = rows.filter(batch__expires_on__range=(today, today + timedelta(days=SOON)))
    elif show == "below":
        rows = rows.filter(
            Exists(Minimum.objects.filter(site=OuterRef("account__site"), item=OuterRef("item")))
        )
    item, _slash, store = cursor.partition("/")
    if item and store:
        rows = rows.filter(
            Q(item__code__gt=item) | Q(item__code=item, account__site__code__gt=store)
        )
    grouped = sums(rows, today).order_by("item__code", "account__site__code")
    found = from_rows(list(grouped[: limit + 1]), sites)
    least = _minimums({h.site.id for h in found}, {h.item.id for h in found})
    made = [_row(holding, least, today) for holding in found[:limit]]
    last = found[limit - 1] if len(found) > limit else None
    if show == "below":
        made = [row for row in made if row.below]
    return Listed(made, f"{last.item.code}/{last.site.code}" if last else "")


def matching(text: str) -> QuerySet[ItemName, tuple[UUID]]:
    """The items that are called so, or whose name holds the text."""
    return ItemName.objects.filter(folded__contains=fold(text[:100])).values_list("item_id")


def missing(*, visible_to: Post, site: str = "") -> list[tuple[Minimum, Site, Item]]:
    """Minimums of which nothing at all is there: such items stand in no list of holdings."""
    sites = _sites(visible_to, site=site, area=None, kind="")
    there = Balance.objects.filter(
        on_hand__gt=0, account__site=OuterRef("site"), item=OuterRef("item")
    )
    rows = (
        Minimum.objects.filter(~Exists(there), site__in=sites.values("id"), site__closed_at=None)
        .select_related("site__unit", "item")
        .order_by("item__code", "site__code")
    )
    return [(row, row.site, row.item) for row in rows[:PAGE]]


def figures(*, visible_to: Post, at: datetime) -> Mapping[str, int]:
    """What the tiles on top of the list say, each a number of lines or stores."""
    today = local_day(at)
    sites = visible_sites(visible_to=visible_to)
    rows = Balance.objects.filter(on_hand__gt=0, account__site__in=sites.values("id"))
    return {
        "stores": sites.filter(closed_at=None).count(),
        "items": rows.values("item").distinct().count(),
        "expiring": rows.filter(
            batch__expires_on__range=(today, today + timedelta(days=SOON))
        ).count(),
        "expired": rows.filter(batch__expires_on__lt=today).count(),
    }


def _sites(visible_to: Post, *, site: str, area: Area | None, kind: str) -> QuerySet[Site, Site]:
    chosen = visible_sites(visible_to=visible_to)
    if site:
        chosen = chosen.filter(code=site)
    if area is not None:
        chosen = chosen.filter(area__path__startswith=area.path)
    if kind:
        chosen = chosen.filter(kind=kind)
    return chosen


def _minimums(sites: set[UUID], items: set[UUID]) -> dict[tuple[UUID, UUID], Decimal]:
    rows = Minimum.objects.filter(site_id__in=sites, item_id__in=items)
    return {(row.site_id, row.item_id): row.quantity for row in rows}


def _row(holding: Holding, least: Mapping[tuple[UUID, UUID], Decimal], today: date) -> Row:
    soon = holding.expires_on is not None and holding.expires_on <= today + timedelta(days=SOON)
    return Row(holding, least.get((holding.site.id, holding.item.id)), soon)

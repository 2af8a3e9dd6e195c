"""One store: its batches, what is kept of them, what moved; the card of one item."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db.models import F, QuerySet, Sum, Window
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.stock import accounts
from tongzhou.stock.models import (
    Balance,
    Batch,
    Count,
    Entry,
    Minimum,
    Movement,
    Reservation,
    Site,
)
from tongzhou.stock.queries.sites import visible_sites

#: So many lines of a card or list are shown; the export has the rest.
MOST: Final = 200


def batches(site: Site) -> list[Balance]:
    """What lies there, by item and expiry."""
    rows = Balance.objects.filter(account_id=accounts.account_of_site(site.id), on_hand__gt=0)
    return list(
        rows.select_related("batch", "item").order_by(
            "item__code", F("batch__expires_on").asc(nulls_last=True), "id"
        )[:2_000]
    )


def minimums(site: Site) -> dict[UUID, Decimal]:
    """Item → the least there should be."""
    return dict(Minimum.objects.filter(site=site).values_list("item_id", "quantity"))


def reservations(site: Site) -> list[tuple[Reservation, Decimal]]:
    """What is kept, with what is left of each, the oldest first."""
    rows = (
        Reservation.objects.filter(site=site, ended_at=None)
        .select_related("item", "by__unit")
        .annotate(rest=Sum("lines__quantity"))
        .order_by("at")[:MOST]
    )
    return [(row, row.rest or Decimal(0)) for row in rows]


@dataclass(frozen=True)
class Moved:
    """A movement of a store: what came or went of which item, summed over batches."""

    movement: Movement
    item: Item
    quantity: Decimal


def moved(site: Site) -> list[Moved]:
    """What moved last, the latest first. Three queries."""
    rows = list(
        Entry.objects.filter(account_id=accounts.account_of_site(site.id))
        .values("movement", "item")
        .annotate(total=Sum("quantity"), last=F("movement__at"))
        .order_by("-last", "-movement", "item")[:30]
    )
    movements = Movement.objects.select_related("by__unit", "by__person").in_bulk(
        {row["movement"] for row in rows}
    )
    items = Item.objects.in_bulk({row["item"] for row in rows})
    return [Moved(movements[r["movement"]], items[r["item"]], r["total"]) for r in rows]


@dataclass(frozen=True)
class CardLine:
    """A line of a card: an entry, where the goods came from or went, and the balance after
    it."""

    entry: Entry
    other: str
    balance: Decimal

    @property
    def out(self) -> Decimal:
        """What went out, without its sign."""
        return -self.entry.quantity


def card(site: Site, item: Item, *, batch: UUID | None = None) -> list[CardLine]:
    """The card of an item in a store, as a store keeper would write it: each entry with its
    counterpart and the running balance, the latest first; the last MOST lines."""
    account = accounts.account_of_site(site.id)
    rows = Entry.objects.filter(account_id=account, item=item)
    if batch is not None:
        rows = rows.filter(batch_id=batch)
    found = list(
        rows.select_related("movement__by__unit", "batch")
        .annotate(balance=Window(Sum("quantity"), order_by=F("id").asc()))
        .order_by("-id")[:MOST]
    )
    others = _others(found, account)
    return [CardLine(e, others.get((e.movement_id, e.batch_id), ""), e.balance) for e in found]


def _others(entries: Sequence[Entry], account: UUID) -> dict[tuple[UUID, UUID], str]:
    rows = (
        Entry.objects.filter(movement_id__in={entry.movement_id for entry in entries})
        .exclude(account_id=account)
        .select_related("account__site")
    )
    return {
        (row.movement_id, row.batch_id): (
            row.account.site.name if row.account.site else row.account.get_kind_display()
        )
        for row in rows
    }


def count(id: UUID, *, visible_to: Post) -> Count:
    """A count of a store that the post may see. Raises NotFound."""
    found = (
        Count.objects.select_related("site__unit", "site__area", "by__unit")
        .filter(id=id, site__in=visible_sites(visible_to=visible_to).values("id"))
        .first()
    )
    if found is None:
        raise NotFound()
    return found


def open_count(site: Site) -> Count | None:
    """The count that goes on in a store."""
    return Count.objects.filter(site=site, closed_at=None).first()


def reservation(id: UUID, *, visible_to: Post) -> Reservation:
    """A reservation in a store that the post may see. Raises NotFound."""
    found = (
        Reservation.objects.select_related("site__unit", "site__area", "item")
        .filter(id=id, site__in=visible_sites(visible_to=visible_to).values("id"))
        .first()
    )
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class SiteRow:
    """A store in the list of stores."""

    site: Site
    items: int
    counted_at: datetime | None


def sites(*, visible_to: Post, q: str = "", limit: int = 200) -> list[SiteRow]:
    """The stores that the post may see, the open ones first. Three queries."""
    chosen: QuerySet[Site, Site] = visible_sites(visible_to=visible_to)
    if text := q.strip():
        chosen = chosen.filter(name_zh__icontains=text) | chosen.filter(name_en__icontains=text)
    found = list(
        chosen.order_by(F("closed_at").desc(nulls_first=True), "area__path", "code")[:limit]
    )
    ids = [site.id for site in found]
    held: dict[UUID, int] = {}
    for site, _item in (
        Balance.objects.filter(account__site_id__in=ids, on_hand__gt=0)
        .values_list("account__site_id", "item_id")
        .distinct()
    ):
        if site is not None:
            held[site] = held.get(site, 0) + 1
    counted: dict[UUID, datetime] = {}
    for row in Count.objects.filter(site_id__in=ids, closed_at__isnull=False).order_by("closed_at"):
        if row.closed_at is not None:
            counted[row.site_id] = row.closed_at
    return [SiteRow(site, held.get(site.id, 0), counted.get(site.id)) for site in found]


class BatchUnknown(Invalid):
    """An id that no batch has."""

    code = "batch-unknown"
    message = _("There is no batch with the id %(value)s.")


def batches_by_id(ids: Sequence[UUID]) -> dict[UUID, Batch]:
    """The batches with their items. Raises BatchUnknown."""
    found = Batch.objects.select_related("item").in_bulk(list(ids))
    for one in ids:
        if one not in found:
            raise BatchUnknown(field="batch", value=str(one))
    return found

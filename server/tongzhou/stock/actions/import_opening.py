from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import connection, transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict, Invalid, Refusal
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import NewAct, append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions.recording import NotStored, SiteClosed, line
from tongzhou.stock.acts import STOCK_IMPORTED
from tongzhou.stock.batches import Making, batches_of
from tongzhou.stock.choices import AccountKind, MovementKind
from tongzhou.stock.models import Entry, Movement, Site

#: What marks a movement as part of the opening, so that importing again finds it.
OPENING = "opening"
MOST_FAULTS = 500


class OpeningDiffers(Conflict):
    """The opening of this batch is in the books already, with another amount."""

    code = "opening-differs"
    message = _(
        "The opening stock of %(item)s here is in the books with %(booked)s, not %(value)s. "
        "Count the store instead."
    )


class OpeningTwice(Invalid):
    """Two rows of one batch in one store."""

    code = "opening-twice"
    message = _("This batch of %(item)s stands in row %(other)s already.")


@dataclass(frozen=True)
class OpeningRow:
    """What lay in a store when its books were opened."""

    line: int
    site: Site
    item: Item
    quantity: Decimal
    batch: str = ""
    expires_on: date | None = None
    source: str = ""


@dataclass
class Report:
    """What an import did, or would do: lines that are new, lines that the books have already,
    refused ones, columns that nobody read."""

    rows: int
    new: int = 0
    unchanged: int = 0
    faults: list[Refusal] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    dry_run: bool = False
    written: bool = False


def import_opening(
    *,
    rows: Sequence[OpeningRow],
    by: Post,
    at: datetime,
    faults: Sequence[Refusal] = (),
    dry_run: bool = False,
) -> Report:
    """Takes what lies in stores into their books: one movement per store, all rows or none,
    in a fixed number of statements. What the books have already stays, so that doing it twice
    changes nothing. Raises nothing about rows: each refusal stands in the report with its
    row."""
    report = Report(len(rows) + len(faults), faults=list(faults), dry_run=dry_run)
    fit = _fit(rows, by, report)
    with transaction.atomic():
        _lock({row.site.id for row in fit})
        makings = [Making(r.item, r.batch, r.expires_on, r.source) for r in fit]
        batches = batches_of(makings) if fit else []
        booked = _booked({row.site.id for row in fit})
        fresh = []
        for row, batch in zip(fit, batches, strict=True):
            there = booked.get((accounts.account_of_site(row.site.id), batch.id))
            if there is None:
                fresh.append((row, batch))
            elif there == row.quantity:
                report.unchanged += 1
            else:
                report.faults.append(
                    OpeningDiffers(
                        field="quantity", row=row.line, item=row.item.name,
                        booked=plain(there), value=plain(row.quantity),
                    )
                )  # fmt: skip
        report.new = len(fresh)
        report.faults = sorted(report.faults, key=lambda one: one.row or 0)[:MOST_FAULTS]
        if dry_run or report.faults or not fresh:
            # Batches that were only looked at are not kept.
            transaction.set_rollback(True)
            return report
        outside = accounts.outside(AccountKind.OPENING)
        movements = {
            site: Movement(
                id=new_id(), kind=MovementKind.RECEIVE, at=at, by=by, for_kind=OPENING, for_id=site
            )
            for site in {row.site.id for row, _batch in fresh}
        }
        Movement.objects.bulk_create(movements.values())
        entries = []
        for row, batch in fresh:
            movement = movements[row.site.id]
            for account, sign in ((outside.id, -1), (accounts.account_of_site(row.site.id), 1)):
                entries.append(
                    Entry(
                        movement=movement, account_id=account, batch=batch,
                        item_id=batch.item_id, quantity=sign * row.quantity,
                    )
                )  # fmt: skip
        Entry.objects.bulk_create(entries)
        append_all(_told([row for row, _batch in fresh], movements, by=by, at=at))
        report.written = True
    return report


def _fit(rows: Sequence[OpeningRow], by: Post, report: Report) -> list[OpeningRow]:
    allowed: dict[UUID, Refusal | None] = {}
    seen: dict[tuple[object, ...], int] = {}
    fit = []
    for row in rows:
        key = (row.site.id, row.item.id, row.batch, row.expires_on, row.source)
        try:
            if row.site.id not in allowed:
                allowed[row.site.id] = _refusal(row.site, by)
            if refusal := allowed[row.site.id]:
                raise type(refusal)(field="site", **refusal.params)
            if not row.item.stored:
                raise NotStored(field="item", item=row.item.name)
            if key in seen:
                raise OpeningTwice(field="batch", item=row.item.name, other=seen[key])
        except Refusal as refused:
            refused.row = row.line
            report.faults.append(refused)
            continue
        seen[key] = row.line
        fit.append(row)
    return fit


def _refusal(site: Site, by: Post) -> Refusal | None:
    try:
        permissions.require(by=by, word=STOCK_KEEP, on=site)
        if not site.is_open:
            raise SiteClosed(site=site.name)
    except Refusal as refusal:
        return refusal
    return None


def _lock(sites: set[UUID]) -> None:
    """Two that open the same books at the same moment: one waits and finds them open."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT 1 FROM stock_site WHERE id = ANY(%s) ORDER BY id FOR UPDATE", [list(sites)]
        )


def _booked(sites: set[UUID]) -> dict[tuple[UUID, UUID], Decimal]:
    rows = (
        Entry.objects.filter(
            account_id__in=[accounts.account_of_site(site) for site in sites],
            movement__for_kind=OPENING,
        )
        .values_list("account_id", "batch_id")
        .annotate(booked=Sum("quantity"))
    )
    return {(account, batch): booked for account, batch, booked in rows}


def _told(
    rows: Sequence[OpeningRow], movements: dict[UUID, Movement], *, by: Post, at: datetime
) -> list[NewAct]:
    by_site: dict[UUID, list[OpeningRow]] = defaultdict(list)
    for row in rows:
        by_site[row.site.id].append(row)
    return [
        line(
            STOCK_IMPORTED,
            site=of_site[0].site,
            by=by,
            at=at,
            data={"movement": str(movements[site].id), "lines": len(of_site)},
        )
        for site, of_site in by_site.items()
    ]

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions.recording import begin, require_stored, short
from tongzhou.stock.actions.recording import line as write
from tongzhou.stock.acts import COUNT_RECORDED
from tongzhou.stock.batches import Making, batches_of
from tongzhou.stock.choices import DifferenceReason
from tongzhou.stock.models import Balance, Batch, Count, CountLine


class CountClosed(Conflict):
    """What was counted stands; a new count may follow."""

    code = "count-closed"
    message = _("This count is closed.")


class DifferenceReasonUnknown(Invalid):
    """A reason that is none of those there are."""

    code = "difference-reason-unknown"
    message = _("“%(value)s” is not a reason of a difference. There are: %(known)s.")


def record_count(
    *,
    count: Count,
    batch: Batch,
    counted: Decimal | int | str,
    by: Post,
    at: datetime,
    reason: str = "",
    note: str = "",
) -> CountLine:
    """Writes down what was found of a batch. It is compared with the books of this very
    moment, so goods may move before and after. A batch may be counted again; the last time
    counts. ``reason`` of a difference may follow later.

    Raises NotFound, NotAllowed, SiteClosed, CountClosed, DifferenceReasonUnknown,
    StockTextTooLong and what ``quantities.read`` raises (nothing is an amount here).
    """
    if reason and reason not in DifferenceReason.values:
        raise DifferenceReasonUnknown(
            field="reason", value=reason[:40], known=", ".join(DifferenceReason.values)
        )
    found = catalogue.read_amount(batch.item, counted, field="counted", zero=True)
    said = short(note, field="note", limit=400)
    with transaction.atomic():
        held = begin(count.site_id, by=by, word=STOCK_KEEP)
        open_count = Count.objects.select_for_update(no_key=True).get(id=count.id)
        if open_count.closed_at is not None:
            raise CountClosed()
        # Nothing of the batch moves between reading the books and writing the line.
        balance = (
            Balance.objects.select_for_update(no_key=True)
            .filter(account_id=accounts.account_of_site(held.id), batch=batch)
            .first()
        )
        booked = balance.on_hand if balance else Decimal(0)
        counted_line, _made = CountLine.objects.update_or_create(
            count=open_count,
            batch=batch,
            defaults={
                "booked": booked,
                "counted": found,
                "counted_at": at,
                "counted_by": by,
                "reason": reason,
                "note": said,
            },
        )
        append_all(
            [
                write(
                    COUNT_RECORDED,
                    site=held,
                    by=by,
                    at=at,
                    data={
                        "count": str(count.id),
                        "batch": str(batch.id),
                        "booked": plain(booked),
                        "counted": plain(found),
                    },
                )
            ]
        )
    return counted_line


def explain_difference(
    *, line: CountLine, reason: str, by: Post, at: datetime, note: str = ""
) -> CountLine:
    """Says why a count found something else, without counting again. Raises NotFound,
    NotAllowed, SiteClosed, CountClosed, DifferenceReasonUnknown, StockTextTooLong."""
    if reason not in DifferenceReason.values:
        raise DifferenceReasonUnknown(
            field="reason", value=reason[:40], known=", ".join(DifferenceReason.values)
        )
    said = short(note, field="note", limit=400)
    with transaction.atomic():
        count = Count.objects.select_for_update(no_key=True).get(id=line.count_id)
        held = begin(count.site_id, by=by, word=STOCK_KEEP)
        if count.closed_at is not None:
            raise CountClosed()
        line.reason, line.note = reason, said or line.note
        line.save(update_fields=["reason", "note"])
        append_all(
            [
                write(
                    COUNT_RECORDED,
                    site=held,
                    by=by,
                    at=at,
                    data={"count": str(count.id), "batch": str(line.batch_id), "reason": reason},
                )
            ]
        )
    return line


def record_find(
    *,
    count: Count,
    item: Item,
    counted: Decimal | int | str,
    by: Post,
    at: datetime,
    batch: str = "",
    expires_on: date | None = None,
    reason: str = "",
    note: str = "",
) -> CountLine:
    """``record_count`` of goods that the books do not know: a batch that nobody wrote down."""
    require_stored(item)
    with transaction.atomic():
        [made] = batches_of([Making(item, code=batch, expires_on=expires_on)])
        return record_count(
            count=count, batch=made, counted=counted, by=by, at=at, reason=reason, note=note
        )

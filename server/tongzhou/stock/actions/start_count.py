from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.kernel.errors import Conflict
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions.recording import begin, line
from tongzhou.stock.acts import COUNT_STARTED
from tongzhou.stock.models import Balance, Count, CountLine, Site


class CountOpen(Conflict):
    """A store is counted once at a time."""

    code = "count-open"
    message = _("A count of this store is open already. Close it first.")


class NothingToCount(Conflict):
    """The books know of nothing that could be counted."""

    code = "nothing-to-count"
    message = _("The books know of nothing here. Receive goods, or import the opening stock.")


def start_count(
    *,
    site: Site,
    by: Post,
    at: datetime,
    items: Iterable[UUID] | None = None,
    id: UUID | None = None,
) -> Count:
    """Begins to count a store, or only some items in it; goods may go on moving. Raises
    NotFound, NotAllowed, SiteClosed, CountOpen, NothingToCount."""
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        rows = Balance.objects.filter(account_id=accounts.account_of_site(held.id), on_hand__gt=0)
        if items is not None:
            rows = rows.filter(item_id__in=list(items))
        batches = list(rows.values_list("batch_id", flat=True))
        if not batches:
            raise NothingToCount()
        count = Count(id=id or new_id(), site=held, by=by, started_at=at)
        try:
            with transaction.atomic():
                count.save(force_insert=True)
        except IntegrityError as error:
            raise CountOpen() from error
        CountLine.objects.bulk_create(CountLine(count=count, batch_id=b) for b in batches)
        append_all(
            [
                line(
                    COUNT_STARTED,
                    site=held,
                    by=by,
                    at=at,
                    data={"count": str(count.id), "lines": len(batches)},
                )
            ]
        )
    return count

from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions import outgoing
from tongzhou.stock.actions.record_count import CountClosed
from tongzhou.stock.actions.recording import begin, line
from tongzhou.stock.acts import COUNT_CLOSED
from tongzhou.stock.choices import AccountKind, MovementKind
from tongzhou.stock.models import Batch, Count
from tongzhou.stock.posting import move_lines, post, told


class CountUnfinished(Conflict):
    """Some batches have not been looked at."""

    code = "count-unfinished"
    message = _("%(left)s batches have not been counted yet.")


class DifferenceUnexplained(Conflict):
    """Every difference needs a reason."""

    code = "count-unexplained"
    message = _("Please give a reason for each difference: %(items)s.")


def close_count(*, count: Count, by: Post, at: datetime) -> Count:
    """Books the differences, each with its reason, and closes the count. What is missing
    comes out of what is free: where it is promised to others, that must be released first.

    Raises NotFound, NotAllowed, SiteClosed, CountClosed, CountUnfinished,
    DifferenceUnexplained, NotEnough.
    """
    with transaction.atomic():
        held = begin(count.site_id, by=by, word=STOCK_KEEP)
        closing = Count.objects.select_for_update(no_key=True).get(id=count.id)
        if closing.closed_at is not None:
            raise CountClosed()
        lines = list(closing.lines.select_related("batch__item").order_by("batch_id"))
        left = sum(one.counted is None for one in lines)
        if left:
            raise CountUnfinished(left=left)
        differing = [one for one in lines if one.difference]
        unsaid = [one.batch.item.name for one in differing if not one.reason]
        if unsaid:
            raise DifferenceUnexplained(field="reason", items=", ".join(sorted(set(unsaid))[:5]))
        changes: list[tuple[Batch, Decimal]] = [
            (one.batch, one.difference) for one in differing if one.difference
        ]
        closing.closed_at = at
        if changes:
            closing.movement = post(
                MovementKind.COUNT,
                move_lines(
                    changes,
                    source=accounts.outside(AccountKind.DIFFERENCE),
                    to=outgoing.source_of(held),
                ),
                by=by,
                at=at,
                for_kind="count",
                for_id=closing.id,
            )
        closing.save(update_fields=["closed_at", "movement"])
        append_all(
            [
                line(
                    COUNT_CLOSED,
                    site=held,
                    by=by,
                    at=at,
                    data={
                        "count": str(closing.id),
                        "counted": len(lines),
                        "lines": told(changes),
                        "reasons": sorted({str(one.reason) for one in differing}),
                    },
                )
            ]
        )
    return closing

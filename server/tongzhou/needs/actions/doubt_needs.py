from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.db.models import Exists, OuterRef

from tongzhou.needs import access
from tongzhou.needs.actions.change import record
from tongzhou.needs.acts import NEED_DOUBTED
from tongzhou.needs.models import Need, NeedLine

#: A need of which nobody said anything for so long may be none any more.
STALE_AFTER: Final = timedelta(days=7)
AT_ONCE: Final = 200


def doubt_needs(*, at: datetime) -> int:
    """Asks the units whose needs are older than a week, and still open, whether they hold;
    those from files of the past are asked nothing. Each by an act of its own, so that doing it
    twice asks once. Returns how many."""
    open_lines = NeedLine.objects.filter(need=OuterRef("pk"), open=True)
    with transaction.atomic():
        found = list(
            Need.objects.select_for_update(of=("self",), no_key=True, skip_locked=True)
            .select_related("unit", "area", "incident", "holder")
            .defer("area__boundary", "area__profile")
            .filter(
                Exists(open_lines),
                withdrawn_at=None,
                doubted_at=None,
                run=None,
                confirmed_at__lt=at - STALE_AFTER,
            )
            .order_by("confirmed_at")[:AT_ONCE]
        )
        for need in found:
            need.doubted_at = at
            need.save(update_fields=["doubted_at"])
            record(NEED_DOUBTED, need=need, by=None, at=at)
        access.settle(*[need.id for need in found])
    return len(found)

"""Stock that lies idle beside a need of the same item that nobody meets."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import Count, Min, Q, Sum

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.needs import access
from tongzhou.needs.models import NeedLine
from tongzhou.stock import queries as stock
from tongzhou.stock.queries import Holding

#: What has not moved for so long lies idle.
DAYS = 14


@dataclass(frozen=True)
class Beside:
    """An item, what lies idle of it, and how much of it is asked for in vain. ``unmet`` counts
    known amounts; ``unknown``: so many lines say none."""

    item: Item
    idle: list[Holding]
    free: Decimal
    lines: int
    unmet: Decimal
    unknown: int
    most_urgent: int


def idle_beside_need(*, visible_to: Post, at: datetime, days: int = DAYS) -> list[Beside]:
    """Items of which both is so, those that meet the most first. A handful of queries."""
    unmet = Q(unmet__isnull=True) | Q(unmet__gt=0)
    asked = {
        row["item"]: row
        for row in NeedLine.objects.filter(access.visible_lines(visible_to), unmet, open=True)
        .order_by()
        .values("item")
        .annotate(
            lines=Count("id"), total=Sum("unmet"), first=Min("urgency"),
            unknown=Count("id", filter=Q(unmet__isnull=True)),
        )
    }  # fmt: skip
    if not asked:
        return []
    lying: dict[UUID, list[Holding]] = {}
    for held in stock.idle(days=days, visible_to=visible_to, at=at, items=list(asked)):
        if held.free > 0:
            lying.setdefault(held.item.id, []).append(held)
    found = [
        Beside(
            item=holdings[0].item,
            idle=holdings,
            free=sum((held.free for held in holdings), Decimal(0)),
            lines=asked[item]["lines"],
            unmet=asked[item]["total"] or Decimal(0),
            unknown=asked[item]["unknown"],
            most_urgent=asked[item]["first"],
        )
        for item, holdings in lying.items()
    ]
    return sorted(found, key=lambda one: (one.most_urgent, one.item.code))

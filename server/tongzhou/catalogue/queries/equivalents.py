"""What may be given instead."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from tongzhou.catalogue.models import Equivalent, Item


@dataclass(frozen=True)
class StandIn:
    """``other`` may be given for ``item``, ``ratio`` of it for one, on the ``condition``."""

    item: UUID
    other: Item
    condition: str
    ratio: Decimal


def stand_ins(items: Iterable[UUID]) -> dict[UUID, list[StandIn]]:
    """What may be given instead of each of the items: exactly what was declared, no chains.
    One query."""
    found: dict[UUID, list[StandIn]] = {}
    rows = Equivalent.objects.select_related("other").filter(
        item_id__in=list(items), other__retired_at=None
    )
    for row in rows.order_by("other__code"):
        found.setdefault(row.item_id, []).append(
            StandIn(row.item_id, row.other, row.condition, row.ratio)
        )
    return found

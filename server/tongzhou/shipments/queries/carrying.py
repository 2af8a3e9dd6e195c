"""How much is on its way, and how much was received, for what lies in a room above."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from django.db.models import DecimalField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from tongzhou.shipments.choices import MOVING, State
from tongzhou.shipments.models import ShipmentLine

NOTHING = Decimal(0)
_MOVING = Q(shipment__state__in=MOVING)
_RECEIVED = Q(shipment__state=State.RECEIVED)
_NUMBER: "DecimalField[Any, Any]" = DecimalField(max_digits=16, decimal_places=3)


class Carried(NamedTuple):
    """In the item's base unit. On the way is what left and is expected: neither what is still
    being loaded, nor what was lost or turned back. Received is what came and can be used."""

    on_the_way: Decimal
    received: Decimal


def carried(for_kind: str, ids: Iterable[UUID]) -> dict[UUID, Carried]:
    """Of each of ``ids``, things of ``for_kind`` that lines of shipments are for, what is on
    the way and what was received. One query; what no line is for has nothing."""
    wanted = list(ids)
    found = dict.fromkeys(wanted, Carried(NOTHING, NOTHING))
    rows = (
        ShipmentLine.objects.filter(for_kind=for_kind, for_id__in=wanted)
        .order_by()
        .values("for_id")
        .annotate(
            on_the_way=Coalesce(Sum("loaded", filter=_MOVING), NOTHING, output_field=_NUMBER),
            got=Coalesce(Sum("received", filter=_RECEIVED), NOTHING, output_field=_NUMBER),
        )
    )
    for row in rows:
        if row["for_id"] is not None:
            found[row["for_id"]] = Carried(row["on_the_way"], row["got"])
    return found


def on_the_way(for_kind: str, ref: str = "id") -> Coalesce:
    """The same as a column of another query, whose ``ref`` is the id: what is on the way."""
    return _column(_lines(for_kind, ref).filter(_MOVING), "loaded")


def received(for_kind: str, ref: str = "id") -> Coalesce:
    """What was received."""
    return _column(_lines(for_kind, ref).filter(_RECEIVED), "received")


def _lines(for_kind: str, ref: str) -> "QuerySet[ShipmentLine, ShipmentLine]":
    return ShipmentLine.objects.filter(for_kind=for_kind, for_id=OuterRef(ref))


def _column(lines: "QuerySet[ShipmentLine, ShipmentLine]", quantity: str) -> Coalesce:
    total = lines.order_by().values("for_id").annotate(total=Sum(quantity)).values("total")
    return Coalesce(Subquery(total), NOTHING, output_field=_NUMBER)

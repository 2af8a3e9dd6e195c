"""Amounts of the lines of a shipment, as somebody at the ramp or the gate gives them."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue import quantities
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.shipments.models import Shipment, ShipmentLine

Amount = Decimal | int | str


class MoreThanThere(Invalid):
    """More of a line than the step before left of it."""

    code = "shipment-more-than-there"
    message = _("Of %(item)s there are %(most)s; %(value)s cannot go along.")


class NothingGoes(Invalid):
    """All amounts are zero."""

    code = "shipment-empty"
    message = _("Nothing would go along. Cancel the shipment instead.")


def lines_of(shipment: Shipment) -> list[ShipmentLine]:
    """The lines in their order, with items and batches."""
    return list(shipment.lines.select_related("item", "batch").order_by("position"))


def of_line(value: Amount, line: ShipmentLine, *, field: str) -> Decimal:
    """An amount of the line's item; zero is one. Raises what ``quantities.read`` raises."""
    return quantities.read(
        value,
        decimals=line.item.decimals,
        item=line.item.name,
        field=field,
        row=line.position,
        zero=True,
    )


def bounded(
    lines: Sequence[ShipmentLine],
    given: Mapping[UUID, Amount] | None,
    *,
    of: Mapping[UUID, Decimal],
    field: str,
) -> dict[UUID, Decimal]:
    """Of each line what is given, else all ``of`` it. Raises MoreThanThere, NothingGoes,
    NotFound for a line of another shipment, and what is wrong with an amount."""
    given = given or {}
    if given.keys() - {line.id for line in lines}:
        raise NotFound(field=field)
    found = {}
    for line in lines:
        amount = of_line(given[line.id], line, field=field) if line.id in given else of[line.id]
        if amount > of[line.id]:
            raise MoreThanThere(
                field=field,
                row=line.position,
                item=line.item.name,
                most=quantities.plain(of[line.id]),
                value=quantities.plain(amount),
            )
        found[line.id] = amount
    if not any(found.values()):
        raise NothingGoes(field=field)
    return found

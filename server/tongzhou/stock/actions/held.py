"""Reservations as they are now, locked, and making them smaller."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict
from tongzhou.stock.models import Balance, Batch, Reservation, ReservedLine
from tongzhou.stock.posting import NotEnough


class ReservationEnded(Conflict):
    """Nothing is left of it: taken, released, or run out."""

    code = "reservation-ended"
    message = _("Nothing is kept under this reservation any more. Somebody may have been faster.")


@dataclass
class Held:
    """A reservation with its site and item, and its lines, the first to expire first."""

    reservation: Reservation
    lines: list[ReservedLine]

    @property
    def left(self) -> Decimal:
        """What is still kept."""
        return sum((line.quantity for line in self.lines), Decimal(0))


def lock_reservations(ids: Iterable[UUID], *, ended: bool = False) -> list[Held]:
    """Locks reservations, then their balances, each in one order for everybody. In the order
    of the ids given. Raises ReservationEnded unless those are welcome."""
    wanted = list(dict.fromkeys(ids))
    rows = {
        row.id: row
        for row in Reservation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("site__unit", "site__area", "item")
        .filter(id__in=wanted)
        .order_by("id")
    }
    lines = list(
        ReservedLine.objects.filter(reservation_id__in=wanted, quantity__gt=0).order_by("id")
    )
    balances = {
        balance.id: balance
        for balance in Balance.objects.select_for_update(of=("self",), no_key=True)
        .select_related("batch__item")
        .filter(id__in={line.balance_id for line in lines})
        .order_by("id")
    }
    found = []
    for one in wanted:
        row = rows.get(one)
        if row is None or (row.ended_at is not None and not ended):
            raise ReservationEnded(field="reservation")
        own = [line for line in lines if line.reservation_id == one]
        for line in own:
            line.balance = balances[line.balance_id]
        own.sort(key=lambda line: (line.balance.batch.expires_on or date.max, line.balance_id))
        found.append(Held(row, own))
    return found


def shrink(
    held: Held, quantity: Decimal, *, at: datetime, last_first: bool = False
) -> list[tuple[Batch, Decimal]]:
    """Makes a reservation smaller, the first to expire first unless said otherwise, and gives
    the batches that are no longer kept. Raises NotEnough."""
    if quantity > held.left:
        raise NotEnough(
            field="quantity",
            item=held.reservation.item.name,
            free=plain(held.left),
            wanted=plain(quantity),
        )
    left = quantity
    freed: list[tuple[Batch, Decimal]] = []
    for line in reversed(held.lines) if last_first else held.lines:
        part = min(left, line.quantity)
        if part > 0:
            line.quantity -= part
            left -= part
            freed.append((line.balance.batch, part))
            ReservedLine.objects.filter(id=line.id).update(quantity=line.quantity)
    if not held.left:
        held.reservation.ended_at = at
        held.reservation.save(update_fields=["ended_at"])
    return freed

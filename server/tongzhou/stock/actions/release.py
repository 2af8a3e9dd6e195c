from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_RESERVE
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.quantities import plain
from tongzhou.ledger.append import NewAct, append_all
from tongzhou.stock.actions.held import lock_reservations, shrink
from tongzhou.stock.actions.recording import line
from tongzhou.stock.acts import GOODS_RELEASED, RESERVATION_LAPSED
from tongzhou.stock.models import Reservation


def release(
    *, reservation: Reservation, by: Post, at: datetime, quantity: Decimal | None = None
) -> Reservation:
    """Gives reserved goods free again: all that is left, or so much. Raises NotFound,
    NotAllowed, ReservationEnded, NotEnough and what ``quantities.read`` raises."""
    with transaction.atomic():
        [held] = lock_reservations([reservation.id])
        permissions.require(by=by, word=STOCK_RESERVE, on=held.reservation.site)
        part = (
            held.left
            if quantity is None
            else catalogue.read_amount(held.reservation.item, quantity)
        )
        shrink(held, part, at=at, last_first=True)
        append_all([_told(held.reservation, part, by=by, at=at)])
    return held.reservation


def free_kept(*, for_kind: str, for_id: UUID, by: Post, at: datetime) -> None:
    """Gives free what is still kept for something that will not be: inside the act that ends
    it, which has asked permission itself. Nothing is kept: nothing happens."""
    kept = Reservation.objects.filter(for_kind=for_kind, for_id=for_id, ended_at=None)
    ids = list(kept.order_by("id").values_list("id", flat=True))
    for held in lock_reservations(ids, ended=True):
        if held.left:
            part = held.left
            shrink(held, part, at=at)
            append_all([_told(held.reservation, part, by=by, at=at)])


def release_lapsed(*, at: datetime, most: int = 500) -> int:
    """Gives free what was reserved until a moment that has passed. Returns how many
    reservations. By nobody: running it twice changes nothing."""
    due = (
        Reservation.objects.filter(ended_at=None, until__lte=at)
        .order_by("until")
        .values_list("id", flat=True)[:most]
    )
    ended = 0
    for one in due:
        with transaction.atomic():
            for held in lock_reservations([one], ended=True):
                if held.reservation.ended_at is None:
                    part = held.left
                    shrink(held, part, at=at)
                    append_all([_told(held.reservation, part, by=None, at=at)])
                    ended += 1
    return ended


def _told(reservation: Reservation, part: Decimal, *, by: Post | None, at: datetime) -> NewAct:
    return line(
        GOODS_RELEASED if by is not None else RESERVATION_LAPSED,
        site=reservation.site,
        by=by,
        at=at,
        data={
            "reservation": str(reservation.id),
            "item": str(reservation.item_id),
            "quantity": plain(part),
            "for_kind": reservation.for_kind,
            "for_id": str(reservation.for_id),
        },
    )

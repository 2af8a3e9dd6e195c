from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.catalogue import queries as catalogue
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions.held import Held, lock_reservations, shrink
from tongzhou.stock.actions.recording import line, require_lines
from tongzhou.stock.acts import GOODS_TAKEN
from tongzhou.stock.choices import MovementKind
from tongzhou.stock.models import Account, Batch, Movement, Reservation
from tongzhou.stock.posting import Line, post, require_good, told


@dataclass(frozen=True)
class Taking:
    """So much of a reservation (all that is left of it where nothing is said)."""

    reservation: Reservation
    quantity: Decimal | int | str | None = None


def take(
    *,
    reservation: Reservation,
    to: Account,
    by: Post,
    at: datetime,
    quantity: Decimal | int | str | None = None,
    kind: MovementKind = MovementKind.MOVE,
    for_kind: str = "",
    for_id: UUID | None = None,
    document: str = "",
    incident: UUID | None = None,
) -> Movement:
    """Takes reserved goods out of the store onto another account: on the way, used. Raises
    NotFound, NotAllowed, ReservationEnded, NotEnough, BatchExpired and what
    ``quantities.read`` raises."""
    return take_many(
        takings=[Taking(reservation, quantity)], to=to, by=by, at=at, kind=kind,
        for_kind=for_kind, for_id=for_id, document=document, incident=incident,
    )  # fmt: skip


def take_many(
    *,
    takings: Sequence[Taking],
    to: Account,
    by: Post,
    at: datetime,
    kind: MovementKind = MovementKind.MOVE,
    for_kind: str = "",
    for_id: UUID | None = None,
    document: str = "",
    incident: UUID | None = None,
) -> Movement:
    """``take`` of several reservations as one movement: all or none. Raises as ``take``."""
    require_lines(len(takings))
    with transaction.atomic():
        wanted = {taking.reservation.id: taking.quantity for taking in takings}
        lines: list[Line] = []
        acts = []
        for held in lock_reservations(wanted):
            site = held.reservation.site
            permissions.require(by=by, word=STOCK_KEEP, on=site)
            taken = _taken(held, wanted[held.reservation.id], at=at)
            source = accounts.account_of_site(site.id)
            for batch, part in taken:
                lines += [Line(source, batch, -part), Line(to.id, batch, part)]
            acts.append((site, held.reservation, taken))
        movement = post(
            kind, lines, by=by, at=at, for_kind=for_kind, for_id=for_id, document=document
        )
        append_all(
            [
                line(
                    GOODS_TAKEN,
                    site=site,
                    by=by,
                    at=at,
                    incident=incident,
                    with_units=[to.unit_id] if to.unit_id else [],
                    data={
                        "movement": str(movement.id),
                        "reservation": str(reservation.id),
                        "for_kind": reservation.for_kind,
                        "for_id": str(reservation.for_id),
                        "lines": told(taken),
                    },
                )
                for site, reservation, taken in acts
            ]
        )
    return movement


def _taken(
    held: Held, quantity: Decimal | int | str | None, *, at: datetime
) -> list[tuple[Batch, Decimal]]:
    item = held.reservation.item
    part = held.left if quantity is None else catalogue.read_amount(item, quantity)
    taken = shrink(held, part, at=at)
    require_good((batch for batch, _part in taken), at=at)
    return taken

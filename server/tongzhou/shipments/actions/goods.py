"""What the acts on a shipment do to goods. All of it is booked in stock, so that nothing appears
and nothing vanishes: from the giver's site into the account of the shipment, from there into
a site or into use, or, once explained, to wherever it ended. Acts call this after they have
asked permission, inside their transaction."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.shipments.actions.counting import Came
from tongzhou.shipments.choices import Cause
from tongzhou.shipments.models import Difference, Shipment, ShipmentLine
from tongzhou.stock import accounts
from tongzhou.stock.actions.held import lock_reservations, shrink
from tongzhou.stock.actions.reserve import Wanted, reserve_many
from tongzhou.stock.choices import AccountKind, MovementKind
from tongzhou.stock.models import Balance, Batch, Reservation, ReservedLine
from tongzhou.stock.posting import Line, post, require_good

#: What goods are for while they stand reserved, and on the way.
KIND: Final = "shipment"


@dataclass(frozen=True)
class Part:
    """So much of an item; ``for_kind`` and ``for_id`` where it is for something."""

    item: Item
    quantity: Decimal
    for_kind: str = ""
    for_id: UUID | None = None


def reserve(
    shipment: Shipment, parts: Sequence[Part], *, by: Post, at: datetime
) -> list[list[tuple[Batch, Decimal]]]:
    """Keeps the goods for the shipment; of each part the batches. What was kept already at this
    site for the same purpose is taken over. Raises what ``reserve_many`` raises: NotEnough,
    NotStored, SiteClosed, NotAllowed."""
    _take_over(shipment, parts, at=at)
    made = reserve_many(
        site=shipment.from_site,
        wanted=[Wanted(part.item, part.quantity, KIND, shipment.id) for part in parts],
        by=by,
        at=at,
        incident=shipment.incident_id,
    )
    kept: dict[UUID, list[tuple[Batch, Decimal]]] = {one.id: [] for one in made}
    rows = ReservedLine.objects.filter(reservation_id__in=kept).select_related("balance__batch")
    for row in rows.order_by("balance__batch__expires_on", "id"):
        kept[row.reservation_id].append((row.balance.batch, row.quantity))
    return [kept[one.id] for one in made]


def _take_over(shipment: Shipment, parts: Sequence[Part], *, at: datetime) -> None:
    wanted = {(part.for_kind, part.for_id): part for part in parts if part.for_id is not None}
    if not wanted:
        return
    # Reservations first, then all balances in their order: as every other act locks them.
    rows = Reservation.objects.select_for_update(no_key=True).filter(
        site=shipment.from_site,
        for_id__in=[named for _kind, named in wanted],
        item__in={part.item.id for part in parts},
        ended_at=None,
    )
    found = [row for row in rows.order_by("id") if (row.for_kind, row.for_id) in wanted]
    account = accounts.account_of_site(shipment.from_site_id)
    balances = Balance.objects.select_for_update(no_key=True).filter(
        account_id=account, item__in={part.item.id for part in parts}
    )
    list(balances.order_by("id"))
    for held in lock_reservations([row.id for row in found]):
        row = held.reservation
        part = wanted[row.for_kind, row.for_id]
        if part.item.id == row.item_id:
            shrink(held, min(held.left, part.quantity), at=at)


def free(shipment: Shipment, *, at: datetime) -> None:
    """Nothing is kept for the shipment any more. Whoever released it before did no harm."""
    ids = Reservation.objects.filter(for_kind=KIND, for_id=shipment.id, ended_at=None)
    held = lock_reservations(ids.order_by("id").values_list("id", flat=True), ended=True)
    for one in held:
        shrink(one, one.left, at=at)


def send(shipment: Shipment, lines: Sequence[ShipmentLine], *, by: Post, at: datetime) -> None:
    """Out of the site, onto the way; what was kept beyond that is free. Raises BatchExpired,
    and NotEnough where somebody took what was kept."""
    going = [line for line in lines if line.loaded]
    for line in going:
        line.batch.item = line.item
    require_good([line.batch for line in going], at=at)
    free(shipment, at=at)
    site, way = accounts.account_of_site(shipment.from_site_id), _way(shipment)
    booked = [(line.batch, line.loaded or Decimal(0)) for line in going]
    _post(shipment, MovementKind.MOVE, _both(booked, source=site, to=way), by=by, at=at)


def hand_over(shipment: Shipment, came: Sequence[Came], *, by: Post, at: datetime) -> None:
    """What came and can be used goes into the receiver's site, or into use; what came beyond what
    was loaded is booked as a difference. The rest stays on the way. Raises NotEnough."""
    kind = MovementKind.MOVE if shipment.to_site_id else MovementKind.ISSUE
    _land(shipment, came, kind, _end(shipment), by=by, at=at)


def take_back(shipment: Shipment, came: Sequence[Came], *, by: Post, at: datetime) -> None:
    """The same into the giver's own site. Raises NotEnough."""
    site = accounts.account_of_site(shipment.from_site_id)
    _land(shipment, came, MovementKind.MOVE, site, by=by, at=at)


def explain(shipment: Shipment, difference: Difference, *, by: Post, at: datetime) -> None:
    """Takes a difference out of the account of the shipment, to where it ended; what came beyond
    and was loaded unwritten leaves the giver's books. Raises NotEnough where the giver's site
    has less than that."""
    way, site = _way(shipment), accounts.account_of_site(shipment.from_site_id)
    difference_account = accounts.outside(AccountKind.DIFFERENCE).id
    landed = _end(shipment) if shipment.taken_back_at is None else site
    match Cause(difference.cause):
        case Cause.LOST:
            source, to, kind = way, _outside(AccountKind.LOST), MovementKind.ISSUE
        case Cause.SPOILT:
            source, to, kind = way, _outside(AccountKind.DISCARDED), MovementKind.DISCARD
        case Cause.NOT_LOADED:
            source, to, kind = way, site, MovementKind.MOVE
        case Cause.FOUND:
            source, to, kind = way, landed, MovementKind.MOVE
        case Cause.LOADED_MORE:
            source, to, kind = site, difference_account, MovementKind.COUNT
        case Cause.UNKNOWN_SOURCE:
            return
    batch = difference.line.batch
    batch.item = difference.line.item
    lines = _both([(batch, difference.quantity)], source=source, to=to)
    _post(shipment, kind, lines, by=by, at=at)


def _land(
    shipment: Shipment,
    came: Sequence[Came],
    kind: MovementKind,
    to: UUID,
    *,
    by: Post,
    at: datetime,
) -> None:
    for one in came:
        one.line.batch.item = one.line.item
    way = _way(shipment)
    beyond = [(one.line.batch, one.more) for one in came if one.more]
    if beyond:
        source = _outside(AccountKind.DIFFERENCE)
        _post(shipment, MovementKind.COUNT, _both(beyond, source=source, to=way), by=by, at=at)
    good = [(one.line.batch, one.good) for one in came if one.good]
    if good:
        _post(shipment, kind, _both(good, source=way, to=to), by=by, at=at)


def _both(booked: Iterable[tuple[Batch, Decimal]], *, source: UUID, to: UUID) -> list[Line]:
    return [
        line
        for batch, quantity in booked
        for line in (Line(source, batch, -quantity), Line(to, batch, quantity))
    ]


def _post(
    shipment: Shipment, kind: MovementKind, lines: Sequence[Line], *, by: Post, at: datetime
) -> None:
    post(
        kind, lines, by=by, at=at, for_kind=KIND, for_id=shipment.id,
        document=shipment.reference,
    )  # fmt: skip


def _way(shipment: Shipment) -> UUID:
    return accounts.on_the_way(KIND, shipment.id, unit=shipment.carrier).id


def _outside(kind: AccountKind) -> UUID:
    return accounts.outside(kind).id


def _end(shipment: Shipment) -> UUID:
    """Where it ends: the receiver's site, or use."""
    if shipment.to_site_id is not None:
        return accounts.account_of_site(shipment.to_site_id)
    return _outside(AccountKind.USED)

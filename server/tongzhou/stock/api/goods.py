"""Goods come in, go out, are moved, kept and released."""

from collections.abc import Sequence
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.stock.actions.convert_kits import make_kits, open_kits
from tongzhou.stock.actions.discard_expired import discard_expired
from tongzhou.stock.actions.issue_goods import issue_goods
from tongzhou.stock.actions.move_goods import move_goods
from tongzhou.stock.actions.outgoing import Outgoing
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.actions.release import release
from tongzhou.stock.actions.reserve import reserve
from tongzhou.stock.queries import find_site, store
from tongzhou.stock.schemas.stock import (
    IssueIn,
    KitIn,
    MoveIn,
    MovementOut,
    OutLine,
    ReceiveIn,
    ReservationOut,
    ReserveIn,
)

router = Router(tags=["stock"])


@router.post("/stock/sites/{code}/receive", response={201: MovementOut}, summary="Receive goods")
def receive(request: PostRequest, code: Code, body: ReceiveIn) -> Status[MovementOut]:
    """Takes a delivery into a store, all lines or none. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    lines = [
        Incoming(
            catalogue.require_item(line.item, row=row), line.quantity, line.unit, line.batch,
            line.expires_on, line.source,
        )
        for row, line in enumerate(body.lines, start=1)
    ]  # fmt: skip
    moved = receive_goods(
        site=found, lines=lines, origin=body.origin, document=body.document, note=body.note,
        by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, MovementOut.of(moved))


@router.post("/stock/sites/{code}/issue", response={201: MovementOut}, summary="Issue goods")
def issue(request: PostRequest, code: Code, body: IssueIn) -> Status[MovementOut]:
    """Hands goods out for use, what expires first before the rest. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    moved = issue_goods(
        site=found, lines=_lines(body.lines), end=body.end,
        unit=actors.find(body.unit, visible_to=post) if body.unit else None,
        document=body.document, reason=body.reason, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, MovementOut.of(moved))


@router.post("/stock/sites/{code}/move", response={201: MovementOut}, summary="Move goods")
def move(request: PostRequest, code: Code, body: MoveIn) -> Status[MovementOut]:
    """Carries goods into another store of the same unit. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    target = find_site(code=body.to, visible_to=post)
    moved = move_goods(
        site=found, to=target, lines=_lines(body.lines), document=body.document, by=post,
        at=clock.now(),
    )  # fmt: skip
    return Status(201, MovementOut.of(moved))


@router.post("/stock/sites/{code}/kits", response={201: MovementOut}, summary="Make or open kits")
def kits(request: PostRequest, code: Code, body: KitIn) -> Status[MovementOut]:
    """Puts kits together from what lies there, or takes them apart. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    kit = catalogue.require_item(body.kit, field="kit")
    act = make_kits if body.make else open_kits
    moved = act(site=found, kit=kit, quantity=body.quantity, by=post, at=clock.now())
    return Status(201, MovementOut.of(moved))


@router.post("/stock/sites/{code}/discard", response={201: MovementOut}, summary="Discard expired")
def discard(request: PostRequest, code: Code) -> Status[MovementOut]:
    """Takes what is past its date and not reserved out of the books. Needs `stock.keep`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    return Status(201, MovementOut.of(discard_expired(site=found, by=post, at=clock.now())))


@router.post("/stock/sites/{code}/reserve", response={201: ReservationOut}, summary="Reserve goods")
def keep(request: PostRequest, code: Code, body: ReserveIn) -> Status[ReservationOut]:
    """Keeps goods for something, what expires first before the rest; all of it or nothing.
    Needs `stock.reserve`."""
    post = request.holder
    found = find_site(code=code, visible_to=post)
    kept = reserve(
        site=found, item=catalogue.require_item(body.item), quantity=body.quantity,
        for_kind=body.for_kind, for_id=body.for_id, until=body.until, by=post, at=clock.now(),
    )  # fmt: skip
    return Status(201, ReservationOut.of(kept))


@router.post(
    "/stock/reservations/{uuid:id}/release", response=ReservationOut, summary="Release goods"
)
def let_go(request: PostRequest, id: UUID) -> ReservationOut:
    """Gives what is left of a reservation free again. Needs `stock.reserve`."""
    post = request.holder
    found = store.reservation(id, visible_to=post)
    return ReservationOut.of(release(reservation=found, by=post, at=clock.now()))


def _lines(given: Sequence[OutLine]) -> list[Outgoing]:
    batches = store.batches_by_id([line.batch for line in given if line.batch])
    return [
        Outgoing(
            catalogue.require_item(line.item, row=row), line.quantity, line.unit,
            batches[line.batch] if line.batch else None,
        )
        for row, line in enumerate(given, start=1)
    ]  # fmt: skip

"""Shipments: the list, one of them, planning."""

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.catalogue import queries as catalogue
from tongzhou.incidents.queries import lists as incidents
from tongzhou.incidents.queries import names
from tongzhou.incidents.queries.situation import areas_by_code
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.shipments.actions.cancel_shipment import cancel_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.pick_shipment import pick_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.shipments.queries import shipments
from tongzhou.shipments.schemas.shipments import (
    ShipmentCard,
    ShipmentIn,
    ShipmentLoadIn,
    ShipmentOut,
    ShipmentPickIn,
    ShipmentReasonIn,
    ShowName,
)
from tongzhou.stock import queries as stock

router = Router(tags=["shipments"])


def card(request: PostRequest, number: int) -> ShipmentCard:
    """A shipment as it is now."""
    found = shipments.find(number, visible_to=request.holder)
    return ShipmentCard.of(found, shipments.lines(found))


@router.get("/shipments", response=Page[ShipmentOut], summary="Shipments")
def shipment_list(
    request: PostRequest,
    q: Search = "",
    show: ShowName | None = None,
    unit: Code | None = None,
    item: Code | None = None,
    incident: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ShipmentOut]:
    """Shipments that your unit or one below it gives, carries or gets; those under way unless
    `show` says otherwise."""
    filters = shipments.Filters(
        show=show or "", q=q, unit=unit or "", item=item or "", incident=incident or ""
    )
    page = shipments.listed(
        visible_to=request.holder, filters=filters, at=clock.now(), cursor=cursor, limit=limit
    )
    items = [ShipmentOut.of(row) for row in page.rows]
    return Page[ShipmentOut].model_construct(items=items, next=page.next or None)


@router.post("/shipments", response={201: ShipmentCard}, summary="Plan a shipment")
def shipment_plan(request: PostRequest, body: ShipmentIn) -> Status[ShipmentCard]:
    """Plans it and reserves the goods, of what expires first. Needs `shipment.send`."""
    post = request.holder
    made = plan_shipment(
        from_site=stock.find_site(code=body.from_site, visible_to=post),
        to_site=stock.find_site(code=body.to_site, visible_to=post) if body.to_site else None,
        receiver=names.unit(body.receiver, field="receiver") if body.receiver else None,
        area=areas_by_code([body.area])[0] if body.area else None,
        carrier=names.unit(body.carrier, field="carrier") if body.carrier else None,
        incident=incidents.find(body.incident, visible_to=post) if body.incident else None,
        wanted=[
            Wanted(
                catalogue.require_item(line.item, row=row),
                line.quantity,
                line.for_kind,
                line.for_id,
            )
            for row, line in enumerate(body.lines, start=1)
        ],
        due_at=body.due_at,
        vehicle=body.vehicle,
        note=body.note,
        by=post,
        at=clock.now(),
    )
    return Status(201, card(request, made.number))


@router.get("/shipments/{int:number}", response=ShipmentCard, summary="One shipment")
def shipment(request: PostRequest, number: int) -> ShipmentCard:
    """One shipment with its lines."""
    return card(request, number)


@router.post("/shipments/{int:number}/pick", response=ShipmentCard, summary="Pick the goods")
def shipment_pick(request: PostRequest, number: int, body: ShipmentPickIn) -> ShipmentCard:
    """Set aside; lines that are left out were found in full. Needs `shipment.send`."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    picked = {line.line: line.quantity for line in body.lines}
    pick_shipment(shipment=found, picked=picked, by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/load", response=ShipmentCard, summary="Load")
def shipment_load(request: PostRequest, number: int, body: ShipmentLoadIn) -> ShipmentCard:
    """On the vehicle; lines that are left out went on in full. Needs `shipment.send`."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    load_shipment(
        shipment=found,
        loaded={line.line: line.quantity for line in body.lines},
        carrier=names.unit(body.carrier, field="carrier") if body.carrier else None,
        vehicle=body.vehicle,
        by=post,
        at=clock.now(),
    )
    return card(request, number)


@router.post("/shipments/{int:number}/cancel", response=ShipmentCard, summary="Cancel a shipment")
def shipment_cancel(request: PostRequest, number: int, body: ShipmentReasonIn) -> ShipmentCard:
    """Before it left; what was reserved is free again. Needs `shipment.send`."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    cancel_shipment(shipment=found, reason=body.reason, by=post, at=clock.now())
    return card(request, number)

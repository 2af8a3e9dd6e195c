"""On the way and at the gate: setting off, arriving, receiving, turning back, explaining."""

from uuid import UUID

from ninja import File, Router, UploadedFile

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries.situation import areas_by_code
from tongzhou.kernel import clock
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.explain_difference import explain_difference
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.actions.report_lost import report_lost
from tongzhou.shipments.actions.report_position import report_position
from tongzhou.shipments.actions.take_back_shipment import take_back_shipment
from tongzhou.shipments.actions.turn_back_shipment import turn_back_shipment
from tongzhou.shipments.api.shipments import card
from tongzhou.shipments.queries import shipments
from tongzhou.shipments.schemas.shipments import (
    DifferenceExplainIn,
    ShipmentCard,
    ShipmentCountIn,
    ShipmentPositionIn,
    ShipmentReasonIn,
)

router = Router(tags=["shipments"])


def _counted(body: ShipmentCountIn) -> list[Counted]:
    return [Counted(line.line, line.good, line.damaged, line.reason) for line in body.lines]


@router.post("/shipments/{int:number}/leave", response=ShipmentCard, summary="Set off")
def shipment_leave(request: PostRequest, number: int) -> ShipmentCard:
    """The goods leave the giver's site. Needs `shipment.carry`, as giver or carrier."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    leave_shipment(shipment=found, by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/position", response=ShipmentCard, summary="Say where it is")
def shipment_position(request: PostRequest, number: int, body: ShipmentPositionIn) -> ShipmentCard:
    """The area in which it is now. Needs `shipment.carry`, as giver or carrier."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    area = areas_by_code([body.area])[0]
    report_position(shipment=found, area=area, by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/arrive", response=ShipmentCard, summary="It has arrived")
def shipment_arrive(request: PostRequest, number: int) -> ShipmentCard:
    """It stands at the gate and waits to be received. Needs `shipment.carry`."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    arrive_shipment(shipment=found, by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/receive", response=ShipmentCard, summary="Receive")
def shipment_receive(request: PostRequest, number: int, body: ShipmentCountIn) -> ShipmentCard:
    """The receiver takes it over; each line that is not as loaded has its reason. Needs
    `shipment.receive`, as receiver."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    receive_shipment(shipment=found, counted=_counted(body), by=post, at=clock.now())
    return card(request, number)


@router.post(
    "/shipments/{int:number}/receive-with-picture",
    response=ShipmentCard,
    summary="Receive with a picture",
)
def shipment_receive_picture(
    request: PostRequest, number: int, file: File[UploadedFile]
) -> ShipmentCard:
    """The receiver takes it over as it was loaded, with a picture of the paper. Needs
    `shipment.receive`, as receiver."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    receive_shipment(shipment=found, files=[file], by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/turn-back", response=ShipmentCard, summary="Turn it back")
def shipment_turn_back(request: PostRequest, number: int, body: ShipmentReasonIn) -> ShipmentCard:
    """Refused at the gate (`shipment.receive`), or turned round on the way
    (`shipment.carry`)."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    turn_back_shipment(shipment=found, reason=body.reason, by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/take-back", response=ShipmentCard, summary="Take it back")
def shipment_take_back(request: PostRequest, number: int, body: ShipmentCountIn) -> ShipmentCard:
    """The giver takes what was turned back into its site again. Needs `shipment.receive`, as
    giver."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    take_back_shipment(shipment=found, counted=_counted(body), by=post, at=clock.now())
    return card(request, number)


@router.post("/shipments/{int:number}/lost", response=ShipmentCard, summary="Report it lost")
def shipment_lost(request: PostRequest, number: int, body: ShipmentReasonIn) -> ShipmentCard:
    """Nobody knows where it is; the carrier finds out. Needs `shipment.carry`, as giver or
    carrier."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    report_lost(shipment=found, reason=body.reason, by=post, at=clock.now())
    return card(request, number)


@router.post(
    "/shipments/{int:number}/differences/{uuid:id}",
    response=ShipmentCard,
    summary="Explain a difference",
)
def shipment_explain(
    request: PostRequest, number: int, id: UUID, body: DifferenceExplainIn
) -> ShipmentCard:
    """What became of what did not come as it was loaded. Needs `shipment.explain`."""
    post = request.holder
    found = shipments.find(number, visible_to=post)
    explain_difference(
        difference=shipments.difference(id, shipment=found),
        cause=body.cause,
        explanation=body.explanation,
        by=post,
        at=clock.now(),
    )
    return card(request, number)

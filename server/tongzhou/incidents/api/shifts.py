"""Field staff who check in."""

from datetime import timedelta
from typing import Literal
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.check_in import check_in
from tongzhou.incidents.actions.end_shift import end_shift
from tongzhou.incidents.actions.start_shift import start_shift
from tongzhou.incidents.queries import lists, names, shifts
from tongzhou.incidents.schemas.reports import CheckInIn, ShiftIn, ShiftOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit
from tongzhou.places import queries as places

router = Router(tags=["shifts"])


@router.get("/shifts", response=Page[ShiftOut])
def shift_list(
    request: PostRequest,
    state: Literal["out", "silent", "ended"] | None = None,
    unit: Code | None = None,
    incident: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ShiftOut]:
    """Shifts of your unit and of the units below it, the last begun first; of one `state`
    (`silent`: overdue, or in need of help), one `unit`, one `incident`, by code."""
    page = shifts.listed(
        visible_to=request.holder,
        filters=shifts.Filters(state or "", unit or "", incident or ""),
        cursor=cursor,
        limit=limit,
        at=clock.now(),
    )
    return Page[ShiftOut].model_construct(
        items=[ShiftOut.of(shift) for shift in page.rows], next=page.next or None
    )


@router.post("/shifts", response={201: ShiftOut})
def shift_start(request: PostRequest, body: ShiftIn) -> Status[ShiftOut]:
    """Sends people out. Needs `shift.start`."""
    made = start_shift(
        unit=names.unit(body.unit, field="unit"),
        area=places.named(body.area, field="area"),
        people=body.people,
        every=timedelta(minutes=body.every_minutes),
        place=body.place,
        incident=lists.find(body.incident, visible_to=request.holder)
        if body.incident is not None
        else None,
        by=request.holder,
        at=clock.now(),
    )
    return Status(201, ShiftOut.of(made))


@router.get("/shifts/{uuid:id}", response=ShiftOut)
def shift(request: PostRequest, id: UUID) -> ShiftOut:
    """One shift."""
    return ShiftOut.of(shifts.find(id, visible_to=request.holder))


@router.post("/shifts/{uuid:id}/check-in", response=ShiftOut)
def shift_check_in(request: PostRequest, id: UUID, body: CheckInIn) -> ShiftOut:
    """All well, or help is needed; the next check-in is due one rhythm later. Needs
    `shift.check_in`."""
    found = shifts.find(id, visible_to=request.holder)
    return ShiftOut.of(
        check_in(shift=found, **body.model_dump(), by=request.holder, at=clock.now())
    )


@router.post("/shifts/{uuid:id}/end", response=ShiftOut)
def shift_end(request: PostRequest, id: UUID) -> ShiftOut:
    """Everybody is back. Needs `shift.check_in`."""
    found = shifts.find(id, visible_to=request.holder)
    return ShiftOut.of(end_shift(shift=found, by=request.holder, at=clock.now()))

"""Clocks and background work in the JSON API."""

from uuid import UUID

from ninja import Router

from tongzhou.actors import permissions
from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.actors.vocabulary import BACKGROUND_SEE
from tongzhou.clocks import queries
from tongzhou.clocks.actions.extend_clock import extend_clock
from tongzhou.clocks.queries import Filters
from tongzhou.clocks.schemas import BackgroundPartOut, ClockOut, ExtendIn, Shown, Whose, Within
from tongzhou.kernel import clock as time
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit

router = Router(tags=["clocks"])


@router.get("/clocks", response=Page[ClockOut])
def clocks(
    request: PostRequest,
    whose: Whose = "",
    state: Shown = "",
    rule: Code | None = None,
    within: Within = "",
    incident: UUID | None = None,
    unit: Code | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ClockOut]:
    """Time limits that you see; without a state those still open, by their end, so that the
    missed ones come first. `unit`: those that this one has to keep."""
    owner = actors.find(unit, visible_to=request.holder).id if unit else None
    found = queries.listed(
        visible_to=request.holder,
        filters=Filters(
            whose=whose,
            state=state,
            rule=rule or "",
            within=within,
            incident=incident,
            unit=owner,
        ),
        at=time.now(),
        cursor=cursor,
        limit=limit,
    )
    return Page(items=[ClockOut.of(row) for row in found.rows], next=found.next or None)


@router.get("/clocks/{id}", response=ClockOut)
def clock(request: PostRequest, id: UUID) -> ClockOut:
    """One time limit."""
    return ClockOut.of(queries.find(id, visible_to=request.holder))


@router.post("/clocks/{id}/extend", response=ClockOut)
def extend(request: PostRequest, id: UUID, body: ExtendIn) -> ClockOut:
    """Gives more time; for whoever waits for it, or stands above its owner."""
    found = queries.find(id, visible_to=request.holder)
    extend_clock(
        clock=found.clock, due_at=body.due_at, reason=body.reason, by=request.holder, at=time.now()
    )
    return ClockOut.of(queries.find(id, visible_to=request.holder))


@router.get("/background", response=list[BackgroundPartOut])
def background(request: PostRequest) -> list[BackgroundPartOut]:
    """What works in the background: alive, late, or dead since when."""
    permissions.require(by=request.holder, word=BACKGROUND_SEE)
    return [BackgroundPartOut.of(part) for part in queries.beats()]

"""The forecast, planned spending, and what closed cases cost."""

from typing import Annotated
from uuid import UUID

from ninja import Router, Status
from pydantic import Field

from tongzhou.actors.session import PostRequest
from tongzhou.funds import money
from tongzhou.funds.actions.drop_planned import drop_planned
from tongzhou.funds.actions.plan_spending import plan_spending
from tongzhou.funds.api import reading
from tongzhou.funds.queries import cost, gap
from tongzhou.funds.schemas import CostsOut, GapOut, PlannedIn, PlannedOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Day

router = Router(tags=["funds"])


@router.get("/money/gap", response=GapOut, summary="Gap forecast")
def gap_forecast(
    request: PostRequest, weeks: Annotated[int, Field(ge=1, le=gap.MOST_WEEKS)] = gap.WEEKS
) -> GapOut:
    """Planned spending by purpose and week against what is there and promised, for the funds
    of your unit and those below it."""
    return GapOut.of(gap.of(visible_to=request.holder, at=clock.now(), weeks=weeks))


@router.get("/money/planned", response=list[PlannedOut], summary="Planned spending")
def planned_list(request: PostRequest) -> list[PlannedOut]:
    """Of your unit and those below it."""
    return [PlannedOut.of(row) for row in gap.planned(visible_to=request.holder)]


@router.post("/money/planned", response={201: PlannedOut}, summary="Plan spending")
def planned_add(request: PostRequest, body: PlannedIn) -> Status[PlannedOut]:
    """What your unit expects to spend. Needs `spending.plan`."""
    post = request.holder
    fields = body.model_dump() | {
        "amount": money.read(body.amount),
        "incident": reading.incident(body.incident, visible_to=post),
    }
    return Status(201, PlannedOut.of(plan_spending(**fields, by=post, at=clock.now())))


@router.post("/money/planned/{uuid:id}/drop", response=PlannedOut, summary="Drop planned spending")
def planned_drop(request: PostRequest, id: UUID) -> PlannedOut:
    """It is not expected any more. Needs `spending.plan`."""
    post = request.holder
    found = gap.find_planned(id, visible_to=post)
    return PlannedOut.of(drop_planned(planned=found, by=post, at=clock.now()))


@router.get("/money/cost", response=CostsOut, summary="Cost per closed case")
def case_cost(request: PostRequest, before: Day, after: Day) -> CostsOut:
    """Hours and money of closed cases by kind: done before the one day, and from the other
    on."""
    return CostsOut.of(cost.closed(visible_to=request.holder, before=before, after=after))

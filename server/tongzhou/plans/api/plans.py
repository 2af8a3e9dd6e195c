"""Plans, process charts and their steps in the JSON API."""

from uuid import UUID

from ninja import Router, Status

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest
from tongzhou.incidents.queries import lists
from tongzhou.kernel import clock
from tongzhou.kernel.api.values import Code
from tongzhou.plans import queries
from tongzhou.plans.actions.authority import PlanNotStanding
from tongzhou.plans.actions.fill_line import fill_line
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.plans.outline import Overrule
from tongzhou.plans.queries import charts as drawn
from tongzhou.plans.queries.ending import Way
from tongzhou.plans.queries.standing import line_for
from tongzhou.plans.schemas.plans import (
    ChartOut,
    EndingOut,
    FillIn,
    FittingOut,
    PlanLineOut,
    PlanReason,
    PreviewOut,
    StandUpIn,
    StandUpOut,
    StandUpReportOut,
)

router = Router(tags=["plans"])


@router.get("/incidents/{code}/plans", response=list[StandUpOut])
def stood(request: PostRequest, code: Code) -> list[StandUpOut]:
    """The plans that stand or stood in an incident."""
    found = lists.find(code, visible_to=request.holder)
    return [StandUpOut.of(one) for one in queries.stand_ups(found)]


@router.get("/incidents/{code}/plans/fitting", response=list[FittingOut])
def fitting(request: PostRequest, code: Code) -> list[FittingOut]:
    """The plans in force for areas of the incident's level, those that fit now first."""
    found = lists.find(code, visible_to=request.holder)
    return [FittingOut.of(one) for one in queries.fitting(found, at=clock.now())]


@router.get("/incidents/{code}/plans/{uuid:version}", response=PreviewOut)
def preview(request: PostRequest, code: Code, version: UUID) -> PreviewOut:
    """What a plan would do in an incident now; nothing is changed."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    chosen = queries.plan_for(found, version=version, at=at)
    return PreviewOut.of(queries.preview(chosen, found, visible_to=post, at=at))


@router.post("/incidents/{code}/plans/{uuid:version}", response={201: StandUpOut})
def stand_up(
    request: PostRequest, code: Code, version: UUID, body: StandUpIn
) -> Status[StandUpOut]:
    """Stands a plan up, everything or nothing. Needs `plan.stand_up`."""
    post = request.holder
    overrules = [
        Overrule(
            one.line, one.act, one.reason,
            actors.named(one.unit, field=one.line, visible_to=post) if one.unit else None,
        )
        for one in body.overrules
    ]  # fmt: skip
    found = lists.find(code, visible_to=post)
    made = stand_up_plan(
        incident=found, version=version, overrules=overrules, seen=body.seen, by=post,
        at=clock.now(),
    )  # fmt: skip
    return Status(201, StandUpOut.of(made))


@router.get("/plans/{uuid:id}/reverse", response=EndingOut)
def reverse_preview(request: PostRequest, id: UUID) -> EndingOut:
    """What taking a plan back would do now, and whose authority it takes."""
    return _foreseen(request, id, "reverse")


@router.get("/plans/{uuid:id}/step-down", response=EndingOut)
def step_down_preview(request: PostRequest, id: UUID) -> EndingOut:
    """What stepping a plan down would do now, and whose authority it takes."""
    return _foreseen(request, id, "step_down")


def _foreseen(request: PostRequest, id: UUID, way: Way) -> EndingOut:
    post, at = request.holder, clock.now()
    found = queries.standing_for(id, visible_to=post)
    if not found.is_up:
        raise PlanNotStanding(state=found.get_state_display())
    return EndingOut.of(queries.ending(found, way=way, visible_to=post, at=at), by=post)


@router.post("/plans/{uuid:id}/reverse", response=StandUpReportOut)
def reverse(request: PostRequest, id: UUID, body: PlanReason) -> StandUpReportOut:
    """Takes back that a plan was stood up. Needs `plan.stand_up`."""
    found = queries.standing_for(id, visible_to=request.holder)
    return StandUpReportOut.of(
        reverse_stand_up(stand_up=found, reason=body.reason, by=request.holder, at=clock.now())
    )


@router.post("/plans/{uuid:id}/step-down", response=StandUpReportOut)
def step_down(request: PostRequest, id: UUID, body: PlanReason) -> StandUpReportOut:
    """Steps a plan down. Needs `plan.stand_up`."""
    found = queries.standing_for(id, visible_to=request.holder)
    return StandUpReportOut.of(
        step_down_plan(stand_up=found, reason=body.reason, by=request.holder, at=clock.now())
    )


@router.post("/plans/lines/{uuid:id}/fill", response=PlanLineOut)
def fill(request: PostRequest, id: UUID, body: FillIn) -> PlanLineOut:
    """Gives an open line of a standing plan to a unit. Needs `plan.stand_up`."""
    line = line_for(id, visible_to=request.holder)
    unit = actors.named(body.unit, field="unit", visible_to=request.holder)
    return PlanLineOut.of(
        fill_line(line=line, unit=unit, reason=body.reason, by=request.holder, at=clock.now())
    )


@router.get("/processes/{key}", response=ChartOut)
def process_chart(request: PostRequest, key: Code) -> ChartOut:
    """A process as it is configured now, as a table."""
    return ChartOut.of(drawn.chart(key, visible_to=request.holder, at=clock.now()))

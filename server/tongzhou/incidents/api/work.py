"""Working groups, decisions and measures of an incident."""

from typing import Literal
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.change_group import change_group
from tongzhou.incidents.actions.complete_decision import complete_decision
from tongzhou.incidents.actions.convene_group import convene_group
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.form_group import form_group
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.actions.record_decision import record_decision
from tongzhou.incidents.actions.see_decision import see_decision
from tongzhou.incidents.actions.start_measure import start_measure
from tongzhou.incidents.queries import lists, names, room
from tongzhou.incidents.schemas.incidents import ReasonIn
from tongzhou.incidents.schemas.work import (
    DecisionIn,
    DecisionOut,
    GroupChange,
    GroupIn,
    GroupOut,
    MeasureIn,
    MeasureOut,
    MeetingIn,
    OutcomeIn,
)
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page
from tongzhou.kernel.api.values import Code, Cursor, Limit
from tongzhou.places import queries as places

router = Router(tags=["incidents"])


@router.get("/incidents/{code}/groups", response=Page[GroupOut])
def groups(
    request: PostRequest,
    code: Code,
    dissolved: bool = False,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[GroupOut]:
    """Working groups that exist, or those that were dissolved."""
    found = lists.find(code, visible_to=request.holder)
    page = room.group_page(found, dissolved=dissolved, cursor=cursor, limit=limit)
    return Page[GroupOut].model_construct(
        items=[GroupOut.of(group) for group in page.rows], next=page.next or None
    )


@router.post("/incidents/{code}/groups", response={201: GroupOut})
def form(request: PostRequest, code: Code, body: GroupIn) -> Status[GroupOut]:
    """Forms a working group. Needs `group.form`."""
    found = lists.find(code, visible_to=request.holder)
    fields = body.model_dump() | {
        "chair": names.unit(body.chair, field="chair"),
        "members": names.units(body.members, field="members"),
    }
    group = form_group(incident=found, **fields, by=request.holder, at=clock.now())
    return Status(201, GroupOut.of(group))


@router.post("/incidents/{code}/groups/{uuid:id}/change", response=GroupOut)
def regroup(request: PostRequest, code: Code, id: UUID, body: GroupChange) -> GroupOut:
    """Gives a group its chair and members. Needs `group.form`."""
    found = room.group(lists.find(code, visible_to=request.holder), id)
    changed = change_group(
        group=found,
        chair=names.unit(body.chair, field="chair"),
        members=names.units(body.members, field="members"),
        by=request.holder,
        at=clock.now(),
    )
    return GroupOut.of(changed)


@router.post("/incidents/{code}/groups/{uuid:id}/convene", response=GroupOut)
def convene(request: PostRequest, code: Code, id: UUID, body: MeetingIn) -> GroupOut:
    """Tells that the group met. Needs `group.convene`."""
    found = room.group(lists.find(code, visible_to=request.holder), id)
    return GroupOut.of(
        convene_group(group=found, topic=body.topic, by=request.holder, at=clock.now())
    )


@router.post("/incidents/{code}/groups/{uuid:id}/dissolve", response=GroupOut)
def dissolve(request: PostRequest, code: Code, id: UUID, body: ReasonIn) -> GroupOut:
    """Dissolves a group. Needs `group.form`."""
    found = room.group(lists.find(code, visible_to=request.holder), id)
    return GroupOut.of(
        dissolve_group(group=found, reason=body.reason, by=request.holder, at=clock.now())
    )


@router.get("/incidents/{code}/decisions", response=Page[DecisionOut])
def decisions(
    request: PostRequest,
    code: Code,
    state: Literal["open", "late", "done"] | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[DecisionOut]:
    """Decisions, the next due first."""
    found = lists.find(code, visible_to=request.holder)
    page = room.decision_page(found, state=state or "", at=clock.now(), cursor=cursor, limit=limit)
    return Page[DecisionOut].model_construct(
        items=[DecisionOut.of(decision) for decision in page.rows], next=page.next or None
    )


@router.post("/incidents/{code}/decisions", response={201: DecisionOut})
def decide(request: PostRequest, code: Code, body: DecisionIn) -> Status[DecisionOut]:
    """Records a decision; its owner gets sight of the incident. Needs `decision.record`."""
    found = lists.find(code, visible_to=request.holder)
    fields = body.model_dump() | {"owner": names.unit(body.owner, field="owner")}
    made = record_decision(incident=found, **fields, by=request.holder, at=clock.now())
    return Status(201, DecisionOut.of(made))


@router.post("/incidents/{code}/decisions/{uuid:id}/complete", response=DecisionOut)
def complete(request: PostRequest, code: Code, id: UUID, body: OutcomeIn) -> DecisionOut:
    """Tells that a decision was carried out. Needs `decision.complete`."""
    found = room.decision(lists.find(code, visible_to=request.holder), id)
    return DecisionOut.of(
        complete_decision(decision=found, outcome=body.outcome, by=request.holder, at=clock.now())
    )


@router.post("/incidents/{code}/decisions/{uuid:id}/see", response=DecisionOut)
def decision_see(request: PostRequest, code: Code, id: UUID) -> DecisionOut:
    """Notes that your unit has seen a decision. Needs `decision.see`."""
    found = room.decision(lists.find(code, visible_to=request.holder), id)
    return DecisionOut.of(see_decision(decision=found, by=request.holder, at=clock.now()))


@router.get("/incidents/{code}/measures", response=Page[MeasureOut])
def measures(
    request: PostRequest,
    code: Code,
    state: Literal["in_force", "ended"] | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[MeasureOut]:
    """Measures, the next to expire first."""
    found = lists.find(code, visible_to=request.holder)
    page = room.measure_page(found, state=state or "", at=clock.now(), cursor=cursor, limit=limit)
    return Page[MeasureOut].model_construct(
        items=[MeasureOut.of(measure) for measure in page.rows], next=page.next or None
    )


@router.post("/incidents/{code}/measures", response={201: MeasureOut})
def start(request: PostRequest, code: Code, body: MeasureIn) -> Status[MeasureOut]:
    """Puts a measure in force, from now. Needs `measure.start`."""
    found = lists.find(code, visible_to=request.holder)
    fields = body.model_dump() | {"area": places.named(body.area, field="area")}
    made = start_measure(incident=found, **fields, by=request.holder, at=clock.now())
    return Status(201, MeasureOut.of(made))


@router.post("/incidents/{code}/measures/{uuid:id}/lift", response=MeasureOut)
def lift(request: PostRequest, code: Code, id: UUID, body: ReasonIn) -> MeasureOut:
    """Lifts a measure. Needs `measure.lift`."""
    found = room.measure(lists.find(code, visible_to=request.holder), id)
    return MeasureOut.of(
        lift_measure(measure=found, reason=body.reason, by=request.holder, at=clock.now())
    )

"""Incidents: open, grade, lead through phases, close."""

from typing import Any, Literal
from uuid import UUID

from ninja import Router, Status

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest
from tongzhou.incidents.actions.change_phase import change_phase
from tongzhou.incidents.actions.close_incident import close_incident
from tongzhou.incidents.actions.edit_incident import edit_incident
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.actions.reopen_incident import reopen_incident
from tongzhou.incidents.actions.set_grade import set_grade
from tongzhou.incidents.actions.tell_units import tell_units
from tongzhou.incidents.queries import lists, names, room, signals
from tongzhou.incidents.schemas.incidents import (
    CloseIn,
    GradeIn,
    GradeName,
    GradeOut,
    IncidentChange,
    IncidentDetail,
    IncidentIn,
    IncidentOut,
    PartyOut,
    PhaseIn,
    PhaseOut,
    ReasonIn,
    UnitsIn,
    profile,
)
from tongzhou.incidents.schemas.work import ActOut
from tongzhou.kernel import clock
from tongzhou.kernel.api.cursor import Page, decode, encode
from tongzhou.kernel.api.values import Code, Cursor, Limit, Search
from tongzhou.ledger.types import KINDS
from tongzhou.places import queries as places

router = Router(tags=["incidents"])
KindName = Literal[KINDS]  # type: ignore[valid-type]


@router.get("/incidents", response=Page[IncidentOut])
def incidents(
    request: PostRequest,
    q: Search = "",
    state: Literal["open", "closed"] | None = None,
    grade: GradeName | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[IncidentOut]:
    """Incidents that your unit has to do with, the last opened first."""
    page = lists.listed(
        visible_to=request.holder,
        at=clock.now(),
        q=q,
        state=state or "",
        grade=grade or "",
        cursor=cursor,
        limit=limit,
    )
    return Page[IncidentOut].model_construct(
        items=[IncidentOut.of(row) for row in page.rows], next=page.next or None
    )


@router.post("/incidents", response={201: IncidentDetail})
def open_(request: PostRequest, body: IncidentIn) -> Status[IncidentDetail]:
    """Opens an incident, owned by your unit. Needs `incident.open` over the area."""
    holder = request.holder
    fields: dict[str, Any] = body.model_dump() | {
        "area": places.named(body.area, field="area"),
        "told": names.units(body.told, field="told"),
        "signal": signals.find(body.signal, visible_to=holder) if body.signal else None,
    }
    incident = open_incident(**fields, by=holder, at=clock.now())
    return Status(201, _detail(incident.code, visible_to=holder))


@router.get("/incidents/{code}", response=IncidentDetail)
def incident(request: PostRequest, code: Code) -> IncidentDetail:
    """One incident with its profile, levels, phases and units."""
    return _detail(code, visible_to=request.holder)


@router.patch("/incidents/{code}", response=IncidentDetail)
def edit(request: PostRequest, code: Code, body: IncidentChange) -> IncidentDetail:
    """Changes the profile; what it was stays in the ledger. Needs `incident.edit`."""
    found = lists.find(code, visible_to=request.holder)
    fields = body.model_dump(exclude_unset=True)
    # Only the incubation time can be taken back to "not known".
    fields = {k: v for k, v in fields.items() if v is not None or k == "incubation_days"}
    edit_incident(incident=found, **fields, by=request.holder, at=clock.now())
    return _detail(code, visible_to=request.holder)


@router.post("/incidents/{code}/tell", response=IncidentDetail)
def tell(request: PostRequest, code: Code, body: UnitsIn) -> IncidentDetail:
    """Lets further units see the incident. Needs `incident.edit`."""
    found = lists.find(code, visible_to=request.holder)
    units = names.units(body.units, field="units")
    tell_units(incident=found, units=units, by=request.holder, at=clock.now())
    return _detail(code, visible_to=request.holder)


@router.post("/incidents/{code}/grade", response=IncidentDetail)
def grade(request: PostRequest, code: Code, body: GradeIn) -> IncidentDetail:
    """Sets the response level, up or down; the same again extends it. Needs
    `incident.grade`."""
    found = lists.find(code, visible_to=request.holder)
    set_grade(incident=found, **body.model_dump(), by=request.holder, at=clock.now())
    return _detail(code, visible_to=request.holder)


@router.post("/incidents/{code}/phase", response=IncidentDetail)
def phase(request: PostRequest, code: Code, body: PhaseIn) -> IncidentDetail:
    """Enters a phase; to respond again begins a new wave. Needs `incident.phase`."""
    found = lists.find(code, visible_to=request.holder)
    change_phase(incident=found, **body.model_dump(), by=request.holder, at=clock.now())
    return _detail(code, visible_to=request.holder)


@router.post("/incidents/{code}/close", response=IncidentDetail)
def close(request: PostRequest, code: Code, body: CloseIn) -> IncidentDetail:
    """Closes the incident. Refused while measures are in force, unless they are lifted in
    the same step. Needs `incident.close`."""
    found = lists.find(code, visible_to=request.holder)
    close_incident(incident=found, **body.model_dump(), by=request.holder, at=clock.now())
    return _detail(code, visible_to=request.holder)


@router.post("/incidents/{code}/reopen", response=IncidentDetail)
def reopen(request: PostRequest, code: Code, body: ReasonIn) -> IncidentDetail:
    """Opens a closed incident again. Needs `incident.close`."""
    found = lists.find(code, visible_to=request.holder)
    reopen_incident(incident=found, reason=body.reason, by=request.holder, at=clock.now())
    return _detail(code, visible_to=request.holder)


@router.get("/incidents/{code}/acts", response=Page[ActOut])
def acts(
    request: PostRequest,
    code: Code,
    kind: KindName | None = None,
    cursor: Cursor = "",
    limit: Limit = 50,
) -> Page[ActOut]:
    """The ledger of the incident, latest first: all of it for its owner and the units above,
    for others what is public, their own or told to them."""
    found = lists.find(code, visible_to=request.holder)
    before: UUID | None = decode(cursor, [UUID])[0] if cursor else None
    lines = room.acts(
        found, visible_to=request.holder, kind=kind or "", before=before, limit=limit + 1
    )
    more = len(lines) > limit
    return Page[ActOut].model_construct(
        items=[ActOut.of(line) for line in lines[:limit]],
        next=encode([lines[limit - 1].act.id]) if more else None,
    )


def _detail(code: str, *, visible_to: Post) -> IncidentDetail:
    at = clock.now()
    found = lists.find(code, visible_to=visible_to)
    row = lists.row(found, at=at)
    return IncidentDetail.model_construct(
        incident=IncidentOut.of(row),
        grades=[GradeOut.of(change) for change in room.grades(found)],
        phases=[PhaseOut.of(span) for span in room.phases(found, at=at)],
        parties=[PartyOut.of(party) for party in room.parties(found)],
        **profile(found),
    )

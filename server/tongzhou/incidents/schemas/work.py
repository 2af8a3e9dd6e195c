"""Working groups, decisions, measures, acts."""

from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import Field

from tongzhou.incidents.models import Decision, Measure, WorkingGroup
from tongzhou.incidents.schemas.incidents import Reason, UnitCodes
from tongzhou.incidents.schemas.names import IncidentName, NamedUnit, PostName
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, Text
from tongzhou.ledger.queries import Line as LedgerLine
from tongzhou.places.schemas import AreaName


class GroupOut(Output):
    """A working group."""

    id: UUID
    name_zh: str
    name_en: str
    purpose: str
    chair: NamedUnit
    members: list[NamedUnit]
    formed_at: datetime
    dissolved_at: datetime | None

    @classmethod
    def of(cls, group: WorkingGroup) -> Self:
        """From the model."""
        return cls.model_construct(
            id=group.id,
            name_zh=group.name_zh,
            name_en=group.name_en,
            purpose=group.purpose,
            chair=NamedUnit.of(group.chair),
            members=[NamedUnit.of(unit) for unit in group.members.all()],
            formed_at=group.formed_at,
            dissolved_at=group.dissolved_at,
        )


class GroupIn(Input):
    """A new working group; units by code."""

    name_zh: Line = ""
    name_en: Line = ""
    purpose: Text = ""
    chair: Code
    members: UnitCodes = []


class GroupChange(Input):
    """Chair and members as they are to be."""

    chair: Code
    members: UnitCodes


class MeetingIn(Input):
    """That the group met, and on what."""

    topic: Reason


class SeenOut(Output):
    """That a unit has seen something, and when."""

    unit: NamedUnit
    at: datetime


class DecisionOut(Output):
    """A decision with the unit that carries it out, the date, and the units that have seen
    it."""

    id: UUID
    text: str
    reason: str
    owner: NamedUnit
    recorded_by: PostName
    at: datetime
    due_at: datetime
    completed_at: datetime | None
    outcome: str
    seen: list[SeenOut]

    @classmethod
    def of(cls, decision: Decision) -> Self:
        """From the model, with owner and recorder joined."""
        return cls.model_construct(
            id=decision.id,
            text=decision.text,
            reason=decision.reason,
            owner=NamedUnit.of(decision.owner),
            recorded_by=PostName.of(decision.recorded_by),
            at=decision.at,
            due_at=decision.due_at,
            completed_at=decision.completed_at,
            outcome=decision.outcome,
            seen=[
                SeenOut.model_construct(unit=NamedUnit.of(receipt.unit), at=receipt.at)
                for receipt in decision.seen.all()
            ],
        )


class DecisionIn(Input):
    """A new decision; ``owner`` is the code of the unit that carries it out."""

    text: Reason
    owner: Code
    due_at: Moment
    reason: Text = ""


class OutcomeIn(Input):
    """What came of it."""

    outcome: Reason


class MeasureOut(Output):
    """A measure with scope, legal basis, stop rule and expiry."""

    id: UUID
    incident: IncidentName
    title_zh: str
    title_en: str
    area: AreaName
    legal_basis: str
    stop_rule: str
    unit: NamedUnit
    starts_at: datetime
    expires_at: datetime
    lifted_at: datetime | None
    lift_reason: str

    @classmethod
    def of(cls, measure: Measure) -> Self:
        """From the model, with incident, area and unit joined."""
        return cls.model_construct(
            id=measure.id,
            incident=IncidentName.named(measure.incident),
            title_zh=measure.title_zh,
            title_en=measure.title_en,
            area=AreaName.named(measure.area),
            legal_basis=measure.legal_basis,
            stop_rule=measure.stop_rule,
            unit=NamedUnit.of(measure.unit),
            starts_at=measure.starts_at,
            expires_at=measure.expires_at,
            lifted_at=measure.lifted_at,
            lift_reason=measure.lift_reason,
        )


class MeasureIn(Input):
    """A new measure. Without legal basis, stop rule or expiry it is refused. ``guidance``:
    items of guidances in force, as key/item."""

    title_zh: Line = ""
    title_en: Line = ""
    area: Code
    legal_basis: Text = ""
    stop_rule: Text = ""
    expires_at: Moment | None = None
    guidance: Annotated[list[Annotated[str, Field(max_length=170)]], Field(max_length=20)] = []


class ActOut(Output):
    """An act as it stands in the ledger; ``position`` is null until it is sealed."""

    id: UUID
    position: int | None
    type: str
    kind: str
    at: datetime
    by_unit: UUID | None
    with_units: list[UUID]
    about_kind: str
    about_id: UUID
    phase: str
    area: str
    basis: str
    due_at: datetime | None
    outcome: str
    evidence: str
    data: dict[str, Any]

    @classmethod
    def of(cls, line: LedgerLine) -> Self:
        """From the ledger."""
        act = line.act
        return cls.model_construct(
            id=act.id,
            position=line.position,
            type=act.type,
            kind=act.kind,
            at=act.at,
            by_unit=act.by_unit,
            with_units=act.with_units,
            about_kind=act.about_kind,
            about_id=act.about_id,
            phase=act.phase,
            area=act.area,
            basis=act.basis,
            due_at=act.due_at,
            outcome=act.outcome,
            evidence=act.evidence,
            data=act.data,
        )

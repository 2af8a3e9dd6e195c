"""Incidents with level, phase and figures."""

from datetime import date, datetime
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.incidents.models import GradeChange, Incident
from tongzhou.incidents.queries.lists import Row
from tongzhou.incidents.queries.room import Party, Span
from tongzhou.incidents.queries.situation import Totals
from tongzhou.incidents.schemas.names import IncidentName, NamedUnit, PostName
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, Text
from tongzhou.places.schemas import AreaName

GradeName = Literal["I", "II", "III", "IV"]
PhaseName = Literal["prepare", "watch", "respond", "sustain", "recover"]
Slug = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Days = Annotated[int, Field(ge=0, le=365)]
UnitCodes = Annotated[list[Code], Field(max_length=200)]
Reason = Annotated[str, Field(min_length=1, max_length=20_000)]


class TotalsOut(Output):
    """Cumulative figures over all areas on their latest day. ``new`` and ``new_in_week`` are
    null where the figures do not reach back that far."""

    day: date
    confirmed: int
    cured: int
    dead: int
    active: int
    new: int | None
    new_in_week: int | None
    areas: int
    source: str
    as_of: datetime

    @classmethod
    def of(cls, found: Totals) -> Self:
        """From the query."""
        return cls.model_construct(
            day=found.day,
            confirmed=found.confirmed,
            cured=found.cured,
            dead=found.dead,
            active=found.active,
            new=found.new,
            new_in_week=found.week,
            areas=found.areas,
            source=found.source,
            as_of=found.as_of,
        )


class IncidentOut(IncidentName):
    """An incident in a list. ``grade`` is empty until a level is set."""

    id: UUID
    area: AreaName
    owner: NamedUnit
    grade: Literal["", "I", "II", "III", "IV"]
    grade_expires_at: datetime | None
    phase: PhaseName
    wave: int
    exercise: bool
    public: bool
    opened_at: datetime
    closed_at: datetime | None
    measures_in_force: int
    decisions_open: int
    decisions_late: int
    totals: TotalsOut | None

    @classmethod
    def of(cls, row: Row) -> Self:
        """From the query."""
        incident = row.incident
        return cls.model_construct(
            code=incident.code,
            title_zh=incident.title_zh,
            title_en=incident.title_en,
            id=incident.id,
            area=AreaName.named(incident.area),
            owner=NamedUnit.of(incident.owner),
            grade=incident.grade,
            grade_expires_at=row.grade_expires_at,
            phase=incident.phase,
            wave=incident.wave,
            exercise=incident.exercise,
            public=incident.public,
            opened_at=incident.opened_at,
            closed_at=incident.closed_at,
            measures_in_force=row.measures,
            decisions_open=row.decisions,
            decisions_late=row.late,
            totals=TotalsOut.of(row.totals) if row.totals else None,
        )


class GradeOut(Output):
    """A response level set."""

    id: UUID
    grade: GradeName
    criterion: str
    legal_basis: str
    approver: PostName
    at: datetime
    expires_at: datetime | None
    provisional: bool

    @classmethod
    def of(cls, change: GradeChange) -> Self:
        """From the model, with approver and unit joined."""
        return cls.model_construct(
            id=change.id,
            grade=change.grade,
            criterion=change.criterion,
            legal_basis=change.legal_basis,
            approver=PostName.of(change.approver),
            at=change.at,
            expires_at=change.expires_at,
            provisional=change.provisional,
        )


class PhaseOut(Output):
    """A phase with the time it lasted (``until`` is now while it goes on)."""

    phase: PhaseName
    wave: int
    reason: str
    start: datetime
    until: datetime
    running: bool

    @classmethod
    def of(cls, span: Span) -> Self:
        """From the query."""
        return cls.model_construct(
            phase=span.phase,
            wave=span.wave,
            reason=span.reason,
            start=span.start,
            until=span.until,
            running=span.running,
        )


class PartyOut(Output):
    """A unit that has to do with the incident: owner, line, member, tasked, area (told)."""

    unit: NamedUnit
    relations: list[str]

    @classmethod
    def of(cls, party: Party) -> Self:
        """From the query."""
        return cls.model_construct(unit=NamedUnit.of(party.unit), relations=party.relations)


class IncidentDetail(Output):
    """An incident with its profile, the history of levels and phases, and the units in it."""

    incident: IncidentOut
    agent: str
    incubation_days: int | None
    severity: str
    uncertainty: str
    summary_zh: str
    summary_en: str
    close_reason: str
    grades: list[GradeOut]
    phases: list[PhaseOut]
    parties: list[PartyOut]


class IncidentIn(Input):
    """A new incident. ``area`` and ``told`` are codes, ``signal`` a ticket number."""

    code: Slug
    title_zh: Line = ""
    title_en: Line = ""
    area: Code
    agent: Line = ""
    incubation_days: Days | None = None
    severity: Text = ""
    uncertainty: Text = ""
    summary_zh: Text = ""
    summary_en: Text = ""
    signal: Code | None = None
    told: UnitCodes = []
    exercise: bool = False
    public: bool = True


class IncidentChange(Input):
    """What is to change in the profile, and why; what is left out stays."""

    reason: Reason
    title_zh: Line | None = None
    title_en: Line | None = None
    agent: Line | None = None
    incubation_days: Days | None = None
    severity: Text | None = None
    uncertainty: Text | None = None
    summary_zh: Text | None = None
    summary_en: Text | None = None
    public: bool | None = None


class UnitsIn(Input):
    """Units, by code."""

    units: Annotated[list[Code], Field(min_length=1, max_length=200)]


class ReasonIn(Input):
    """Why."""

    reason: Reason


class CloseIn(Input):
    """Why it ends. ``lift_measures``: lift what is still in force in the same step."""

    reason: Reason
    lift_measures: bool = False


class GradeIn(Input):
    """A response level; the same level again with another expiry extends it.
    ``provisional``: a start by a level below the competent one, for 72 hours at most."""

    grade: GradeName
    criterion: Reason
    legal_basis: Reason
    expires_at: Moment | None = None
    provisional: bool = False


class PhaseIn(Input):
    """A phase to enter, and why."""

    phase: PhaseName
    reason: Reason


def profile(incident: Incident) -> dict[str, Any]:
    """The profile's fields of ``IncidentDetail``."""
    names = (
        "agent", "incubation_days", "severity", "uncertainty", "summary_zh", "summary_en",
        "close_reason",
    )  # fmt: skip
    return {name: getattr(incident, name) for name in names}

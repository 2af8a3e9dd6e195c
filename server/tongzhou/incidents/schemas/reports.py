"""Reports on their way up, 7-1-7, field shifts."""

from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.incidents.models import Shift, TimelinessNote
from tongzhou.incidents.queries.reports import Stage, Way
from tongzhou.incidents.queries.timeliness import Interval, Timeliness
from tongzhou.incidents.schemas.incidents import Reason
from tongzhou.incidents.schemas.names import IncidentName, NamedUnit
from tongzhou.kernel.api.values import Code, Input, Line, Moment, Output, Text
from tongzhou.library.kinds.base import Text as Words
from tongzhou.places.schemas import AreaName


class BothOut(Output):
    """Words in both languages."""

    zh: str
    en: str

    @classmethod
    def of(cls, words: Words) -> Self:
        """From a template."""
        return cls.model_construct(zh=words.zh, en=words.en)


class StageOut(Output):
    """A level of the chain. ``held`` and ``late`` in seconds; null where the report has not
    been there, or in time."""

    level: str
    title: BothOut
    state: Literal["passed", "here", "outside", "left_out", "ahead"]
    unit: NamedUnit | None
    received_at: datetime | None
    seen_at: datetime | None
    passed_at: datetime | None
    due_at: datetime | None
    at_once: bool
    held: int | None
    late: int | None
    reason: str

    @classmethod
    def of(cls, stage: Stage) -> Self:
        """From the query."""
        leg = stage.leg
        return cls.model_construct(
            level=stage.level.key,
            title=BothOut.of(stage.title),
            state=stage.state,
            unit=NamedUnit.of(stage.unit) if stage.unit is not None else None,
            received_at=leg.received_at if leg else None,
            seen_at=leg.seen_at if leg else None,
            passed_at=leg.passed_at if leg else None,
            due_at=leg.due_at if leg else None,
            at_once=stage.level.at_once,
            held=_seconds(stage.held),
            late=_seconds(stage.late),
            reason=stage.reason,
        )


class ReportUpOut(Output):
    """A report with its stages from the first level to the last."""

    id: UUID
    about: Literal["signal", "incident"]
    ticket: str | None
    incident: str | None
    chain: str
    title: BothOut
    noticed_at: datetime
    started_at: datetime
    ended_at: datetime | None
    holder: NamedUnit | None
    late: bool
    stages: list[StageOut]

    @classmethod
    def of(cls, way: Way) -> Self:
        """From the query."""
        report = way.report
        return cls.model_construct(
            id=report.id,
            about="signal" if report.signal_id else "incident",
            ticket=report.signal.ticket if report.signal else None,
            incident=report.incident.code if report.incident else None,
            chain=report.key,
            title=BothOut.of(way.version.title),
            noticed_at=report.noticed_at,
            started_at=report.started_at,
            ended_at=report.ended_at,
            holder=NamedUnit.of(report.holder) if report.holder else None,
            late=way.late,
            stages=[StageOut.of(stage) for stage in way.stages],
        )


class ReportUpIn(Input):
    """On which chain (empty: the youngest in force), and since when it is known."""

    chain: Annotated[str, Field(max_length=80)] = ""
    noticed_at: Moment | None = None


class SkipIn(Input):
    """The level to report to, and why past the others."""

    to_level: Code
    reason: Reason


class IntervalOut(Output):
    """A stretch of 7-1-7. ``length`` and ``target`` in seconds; null: not known yet."""

    key: str
    start: datetime | None
    end: datetime | None
    target: int
    length: int | None
    met: bool | None

    @classmethod
    def of(cls, interval: Interval) -> Self:
        """From the query."""
        return cls.model_construct(
            key=interval.key,
            start=interval.start,
            end=interval.end,
            target=_whole(interval.target),
            length=_seconds(interval.length),
            met=interval.met,
        )


class MilestoneOut(Output):
    """A date that counts; null: does not apply."""

    key: str
    happened_at: datetime | None
    note: str
    recorded_by: NamedUnit
    at: datetime


class TimelinessNoteOut(Output):
    """A bottleneck or an enabler."""

    id: UUID
    stretch: str
    sort: str
    text: str
    remedy_now: str
    remedy_later: str
    at: datetime

    @classmethod
    def of(cls, note: TimelinessNote) -> Self:
        """From the model."""
        return cls.model_construct(**{name: getattr(note, name) for name in cls.model_fields})


class TimelinessOut(Output):
    """The dates of an incident against the target, with what is missing."""

    template: UUID
    title: BothOut
    recorded: int
    wanted: int
    missing: list[str]
    intervals: list[IntervalOut]
    completed_at: datetime | None
    milestones: list[MilestoneOut]
    notes: list[TimelinessNoteOut]

    @classmethod
    def of(cls, found: Timeliness) -> Self:
        """From the query."""
        return cls.model_construct(
            template=found.version.id,
            title=BothOut.of(found.version.title),
            recorded=found.recorded,
            wanted=found.wanted,
            missing=[
                each.key for each in (*found.events, *found.actions) if each.milestone is None
            ],
            intervals=[IntervalOut.of(interval) for interval in found.intervals],
            completed_at=found.completed_at,
            milestones=[
                MilestoneOut.model_construct(
                    key=m.key,
                    happened_at=m.happened_at,
                    note=m.note,
                    recorded_by=NamedUnit.of(m.recorded_by.unit),
                    at=m.at,
                )
                for m in found.dates.values()
            ],
            notes=[TimelinessNoteOut.of(note) for note in found.notes],
        )


class MilestoneIn(Input):
    """A date; ``happened_at`` null: the action does not apply."""

    key: Code
    happened_at: Moment | None
    note: Text = ""


class NoteIn(Input):
    """A bottleneck or an enabler of a stretch, and what follows from it."""

    stretch: Literal["detect", "notify", "respond"]
    sort: Literal["bottleneck", "enabler"]
    text: Reason
    remedy_now: Text = ""
    remedy_later: Text = ""


class ShiftOut(Output):
    """A shift of field staff: how many, never who. ``every`` in seconds."""

    id: UUID
    unit: NamedUnit
    area: AreaName
    place: str
    people: int
    every: int
    incident: IncidentName | None
    started_at: datetime
    last_at: datetime
    due_at: datetime
    ended_at: datetime | None
    needs_help: bool

    @classmethod
    def of(cls, shift: Shift) -> Self:
        """From the model."""
        plain: dict[str, Any] = {
            name: getattr(shift, name)
            for name in (
                "id", "place", "people", "started_at", "last_at", "due_at", "ended_at",
                "needs_help",
            )
        }  # fmt: skip
        return cls.model_construct(
            **plain,
            unit=NamedUnit.of(shift.unit),
            area=AreaName.named(shift.area),
            every=_whole(shift.every),
            incident=IncidentName.named(shift.incident) if shift.incident else None,
        )


class ShiftIn(Input):
    """Who goes out, where, how many, and how often they check in (in minutes)."""

    unit: Code
    area: Code
    people: Annotated[int, Field(ge=1, le=999)]
    every_minutes: Annotated[int, Field(ge=15, le=1440)]
    place: Line = ""
    incident: Code | None = None


class CheckInIn(Input):
    """All well, or help is needed; ``people`` if their number changed."""

    needs_help: bool = False
    people: Annotated[int, Field(ge=1, le=999)] | None = None
    note: Annotated[str, Field(max_length=500)] = ""


def _whole(length: timedelta) -> int:
    return round(length.total_seconds())


def _seconds(length: timedelta | None) -> int | None:
    return _whole(length) if length is not None else None

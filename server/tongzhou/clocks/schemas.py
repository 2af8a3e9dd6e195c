"""Clocks and background parts as the API gives them."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from tongzhou.clocks.queries import Part, Row, Unit
from tongzhou.kernel.api.values import Input, Moment, Output, Text

StateName = Literal["running", "missed", "late", "met", "ended", "cancelled"]
Whose = Literal["", "owner", "watcher", "line"]
Shown = Literal["", "running", "missed", "late", "met", "ended", "cancelled", "over"]
Within = Literal["", "day", "week"]


class ClockUnitOut(Output):
    """A unit by code and name."""

    code: str
    name: str

    @classmethod
    def of(cls, unit: Unit) -> "ClockUnitOut":
        """From a line of a list."""
        return cls(code=unit.code, name=unit.name)


class ClockOut(Output):
    """A time limit: what it is about, whose it is, until when, and what became of it."""

    id: UUID
    rule: str
    title: str
    template: UUID
    state: StateName
    about_kind: str
    about_id: UUID
    about: str
    incident: UUID | None
    area: str
    owners: list[ClockUnitOut]
    watchers: list[ClockUnitOut]
    relations: list[str]
    started_at: datetime
    due_at: datetime
    next_at: datetime | None
    missed_at: datetime | None
    stopped_at: datetime | None
    late_by_seconds: int | None
    levels_told: int
    extended: int

    @classmethod
    def of(cls, row: Row) -> "ClockOut":
        """From a line of a list."""
        clock, late = row.clock, row.late_by
        return cls(
            id=clock.id,
            rule=clock.rule,
            title=row.title,
            template=clock.version,
            state=row.state,  # type: ignore[arg-type]
            about_kind=clock.about_kind,
            about_id=clock.about_id,
            about=row.subject.label,
            incident=clock.incident,
            area=clock.area,
            owners=[ClockUnitOut.of(unit) for unit in row.owners],
            watchers=[ClockUnitOut.of(unit) for unit in row.watchers],
            relations=sorted(row.relations),
            started_at=clock.started_at,
            due_at=clock.due_at,
            next_at=clock.next_at,
            missed_at=clock.missed_at,
            stopped_at=clock.stopped_at,
            late_by_seconds=int(late.total_seconds()) if late is not None else None,
            levels_told=clock.level,
            extended=clock.extended,
        )


class ExtendIn(Input):
    """A new end, and why."""

    due_at: Moment
    reason: Text


class BackgroundPartOut(Output):
    """A background part and how it is with it."""

    kind: Literal["part", "follower", "job"]
    name: str
    title: str
    health: Literal["alive", "late", "dead", "never"]
    last: datetime | None
    since: datetime | None
    waiting: int
    processes: int
    failed_at: datetime | None
    failure: str

    @classmethod
    def of(cls, part: Part) -> "BackgroundPartOut":
        """From the list."""
        return cls(
            kind=part.kind,  # type: ignore[arg-type]
            name=part.name,
            title=str(part.title),
            health=part.health.value,
            last=part.last,
            since=part.since,
            waiting=part.waiting,
            processes=part.processes,
            failed_at=part.failed_at,
            failure=part.failure,
        )

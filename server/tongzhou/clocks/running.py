"""The life of one clock, without a database: what its moments are, what happens when one of
them comes, and what an act does to it. All times are given."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final
from uuid import UUID

from tongzhou.clocks.models import Clock, State
from tongzhou.clocks.workdays import Workdays, after
from tongzhou.library.kinds.clocks import ClockRule, To


class Turn(StrEnum):
    """What a moment brings."""

    WARNED = "warned"
    MISSED = "missed"
    ENDED = "ended"
    ESCALATED = "escalated"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Moment:
    """A moment in the life of a clock at which somebody is told."""

    at: datetime
    turn: Turn
    to: tuple[To, ...]


@dataclass(frozen=True)
class Firing:
    """That a moment came: of which clock, when, and which units are told. ``due_at`` and
    ``level`` are those of that moment."""

    clock: Clock
    turn: Turn
    at: datetime
    told: tuple[UUID, ...]
    due_at: datetime
    level: int


#: Owner → the units above it, from the top of the line down.
Lines = Mapping[UUID, Sequence[UUID]]
_TURNS: Final = {"missed": Turn.MISSED, "over": Turn.ENDED}


def moments(
    rule: ClockRule, *, started_at: datetime, due_at: datetime, calendar: Workdays | None = None
) -> list[Moment]:
    """All moments of a clock in their order. A warning that would come before the start is
    left out."""
    warned = [
        Moment(due_at - warning.before, Turn.WARNED, warning.to)
        for warning in rule.warn
        if due_at - warning.before > started_at
    ]
    end = Moment(due_at, _TURNS[rule.end], rule.tells)
    steps = [
        Moment(after(due_at, step.after, calendar), Turn.ESCALATED, step.to) for step in rule.then
    ]
    return [*sorted(warned, key=lambda moment: moment.at), end, *steps]


def wind(clock: Clock, rule: ClockRule, *, at: datetime, calendar: Workdays | None = None) -> None:
    """Sets the clock on its next moment after ``at``, from its start and end. Warnings that
    lie behind are not caught up with: nobody is warned of what was decided after the warning
    was due. Nor is, for one that was missed already, what was told then."""
    found = moments(rule, started_at=clock.started_at, due_at=clock.due_at, calendar=calendar)
    missed = clock.state == State.MISSED
    clock.step = sum(m.at <= at and (missed or m.turn == Turn.WARNED) for m in found)
    clock.next_at = found[clock.step].at if clock.step < len(found) else None


def run_to(
    clock: Clock,
    rule: ClockRule,
    *,
    until: datetime,
    lines: Lines,
    calendar: Workdays | None = None,
) -> list[Firing]:
    """Lets everything happen that is due before ``until``, in order, each once."""
    if clock.next_at is None or clock.next_at >= until or not clock.is_open:
        return []
    found = moments(rule, started_at=clock.started_at, due_at=clock.due_at, calendar=calendar)
    fired = []
    while clock.is_open and clock.step < len(found) and found[clock.step].at < until:
        fired += _fire(clock, found[clock.step], lines)
        clock.step += 1
    going_on = clock.is_open and clock.step < len(found)
    clock.next_at = found[clock.step].at if going_on else None
    return fired


def _fire(clock: Clock, moment: Moment, lines: Lines) -> list[Firing]:
    told = _told(clock, moment.to, lines)
    match moment.turn:
        case Turn.MISSED:
            clock.state, clock.missed_at = State.MISSED, moment.at
        case Turn.ENDED:
            clock.state, clock.stopped_at = State.ENDED, moment.at
        case Turn.ESCALATED if not told:
            # The line is at its end: everybody above knows.
            return []
        case _:
            pass
    return [Firing(clock, moment.turn, moment.at, tuple(told), clock.due_at, clock.level)]


def _told(clock: Clock, to: Sequence[To], lines: Lines) -> list[UUID]:
    """The units that a moment tells, each once; whoever is told may see the clock."""
    told: list[UUID] = []
    for name in to:
        match name:
            case "owner":
                told += clock.owners
            case "watchers":
                told += clock.watchers
            case "superior":
                clock.level += 1
                above = [lines.get(owner, ()) for owner in clock.owners]
                told += [line[-clock.level] for line in above if len(line) >= clock.level]
            case "top":
                told += [lines[owner][0] for owner in clock.owners if lines.get(owner)]
    known = {*clock.owners, *clock.watchers, *clock.line}
    clock.line = [*clock.line, *dict.fromkeys(unit for unit in told if unit not in known)]
    clock.settle()
    return list(dict.fromkeys(told))


def stop(clock: Clock, *, at: datetime, by: UUID) -> list[Firing]:
    """What was asked for is done. Kept if not after the end, however late the news of it
    comes; a limit that was missed stays so and says how late it was met."""
    if at < clock.started_at:
        return []
    kept = at <= clock.due_at
    cleared = kept and clock.missed_at is not None
    if kept:
        clock.state, clock.missed_at = State.MET, None
    clock.stopped_at, clock.stopped_by, clock.next_at = at, by, None
    if not cleared:
        return []
    told = tuple(clock.parties)
    return [Firing(clock, Turn.CLEARED, max(at, clock.due_at), told, clock.due_at, clock.level)]


def cancel(clock: Clock, *, at: datetime, by: UUID) -> None:
    """There is nothing to wait for any more."""
    clock.state = State.CANCELLED
    clock.stopped_at, clock.stopped_by, clock.next_at = at, by, None


def set_due(
    clock: Clock,
    rule: ClockRule,
    *,
    due_at: datetime,
    at: datetime,
    calendar: Workdays | None = None,
) -> None:
    """Moves the end of an open clock. Where it lies ahead again the clock runs as if it had
    never been missed; who was told stays told."""
    clock.due_at = due_at
    if due_at > at:
        clock.state, clock.missed_at, clock.level = State.RUNNING, None, 0
    wind(clock, rule, at=at, calendar=calendar)

"""Tasks laid out: what waits for me, columns by state, bars along time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.tasks.models import State
from tongzhou.tasks.queries.filters import (
    TaskFilters,
    Where,
    filtered_by_states,
    in_states,
    only,
    related,
    where,
)
from tongzhou.tasks.queries.lists import Section, counted, list_tasks, sections, sizes
from tongzhou.tasks.queries.rows import TaskRow
from tongzhou.tasks.transitions import AT_LEAD, IN_HAND, RUNNING


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a unit, no task twice: to accept, accepted but past due, in hand, done
    by others and to be confirmed, refused or returned and to be decided, being assisted in,
    drafted and not sent."""

    to_accept: Section
    late: Section
    in_hand: Section
    to_confirm: Section
    to_decide: Section
    assisting: Section
    drafts: Section


@dataclass(frozen=True, slots=True)
class Asked:
    """What a unit asked of others and waits for: past its due time, and not yet."""

    late: Section
    running: Section


@dataclass(frozen=True, slots=True)
class Column:
    """A column of the board; ``count`` stops at 100, then ``more`` is true."""

    key: str
    label: str | Promise
    states: tuple[str, ...]
    rows: list[TaskRow]
    count: int
    more: bool


@dataclass(frozen=True, slots=True)
class Bar:
    """A task along time: from when it was sent (or drafted) to when it was done, or now."""

    row: TaskRow
    start: datetime
    end: datetime
    due_at: datetime

    @property
    def late(self) -> bool:
        """Past its due time and not done, or done after it."""
        done_at = self.row.done_at
        return self.row.late if done_at is None else done_at > self.due_at


@dataclass(frozen=True, slots=True)
class Timeline:
    """Bars by due time, and the span that is shown: that of all bars, but no further back or
    ahead than is useful (a bar may begin before ``start`` or be due after ``end``).
    ``more``: there are others."""

    bars: list[Bar]
    start: datetime
    end: datetime
    more: bool


@dataclass(frozen=True, slots=True)
class Overview:
    """The tasks of an incident, unit or area that the reader may see."""

    counts: dict[str, int]
    late: Section
    running: Section


#: So far before and after now a timeline reaches.
_BACK: Final = timedelta(days=14)
_AHEAD: Final = timedelta(days=60)
_COLUMNS: Final = {
    "draft": (_("Drafts"), (State.DRAFT,)),
    "waiting": (_("To be accepted"), (State.DISPATCHED, State.SEEN)),
    "accepted": (_("Accepted"), (State.ACCEPTED,)),
    "in_progress": (_("In progress"), (State.IN_PROGRESS,)),
    "blocked": (_("Blocked"), (State.BLOCKED,)),
    "done": (_("Done, to be confirmed"), (State.DONE,)),
    "confirmed": (_("Confirmed"), (State.CONFIRMED,)),
    "returned": (
        _("Refused, returned or objected to"),
        (State.REFUSED, State.RETURNED, State.OBJECTED),
    ),
}


def waiting_for(*, visible_to: Post, at: datetime, limit: int = 10) -> Waiting:
    """What waits for the post's unit, by due time. One query."""
    return Waiting(**sections(_waiting(at), visible_to=visible_to, at=at, limit=limit))


def counts_waiting(*, visible_to: Post, at: datetime) -> Waiting:
    """How much waits for the post's unit, without any lines. One query."""
    return Waiting(**sizes(_waiting(at), visible_to=visible_to))


def _waiting(at: datetime) -> dict[str, Where]:
    lead, asker = only("p.open") & related("lead"), related("asker")
    return {
        "to_accept": lead & filtered_by_states(*AT_LEAD),
        "late": lead & filtered_by_states(*IN_HAND) & _past(at),
        "in_hand": lead & filtered_by_states(*IN_HAND) & only("p.due_at >= %s", at),
        # These by the index task_list_settle: a command asks for more than it ever settles.
        "to_confirm": asker & in_states(State.DONE),
        "to_decide": asker & in_states(State.REFUSED, State.RETURNED, State.OBJECTED),
        "assisting": only("p.open") & related("assisting") & filtered_by_states(*RUNNING),
        "drafts": asker & in_states(State.DRAFT),
    }


def asked_by(*, visible_to: Post, at: datetime, limit: int = 10) -> Asked:
    """What the post's unit asked of other units and is with them now. One query."""
    others = (
        only("p.open")
        & related("asker")
        & only("NOT p.relations && ARRAY['lead']::text[]")
        & filtered_by_states(*RUNNING)
    )
    found = sections(
        {"late": others & _past(at), "running": others & only("p.due_at >= %s", at)},
        visible_to=visible_to,
        at=at,
        limit=limit,
    )
    return Asked(**found)


def board(
    *, visible_to: Post, filters: TaskFilters | None = None, at: datetime, per_column: int = 20
) -> list[Column]:
    """Columns by state with the first of each by due time. One query."""
    condition = where(filters or TaskFilters(), visible_to=visible_to, at=at)
    found = sections(
        {key: condition & in_states(*states) for key, (_label, states) in _COLUMNS.items()},
        visible_to=visible_to,
        at=at,
        limit=per_column,
    )
    return [
        Column(
            key,
            label,
            tuple(state.value for state in states),
            found[key].rows,
            found[key].count,
            found[key].more,
        )
        for key, (label, states) in _COLUMNS.items()
    ]


def timeline(
    *, visible_to: Post, filters: TaskFilters | None = None, at: datetime, limit: int = 200
) -> Timeline:
    """Tasks as bars, in the order of the list. One query."""
    page = list_tasks(visible_to=visible_to, filters=filters, at=at, limit=limit)
    bars = [
        Bar(
            row,
            start=row.dispatched_at or row.created_at,
            end=row.done_at or (at if row.open else row.updated_at),
            due_at=row.due_at,
        )
        for row in page.rows
    ]
    start, end = _span(bars, at=at)
    return Timeline(bars, start=start, end=end, more=bool(page.next))


def _span(bars: Sequence[Bar], *, at: datetime) -> tuple[datetime, datetime]:
    """One old or distant task must not press all others together. Where everything lies in
    the past, the span ends with the last of it."""
    first = min((bar.start for bar in bars), default=at)
    last = max((max(bar.end, bar.due_at) for bar in bars), default=at)
    around = min(at, last)
    return max(first, around - _BACK), min(last, around + _AHEAD)


def of_incident(*, visible_to: Post, code: str, at: datetime, limit: int = 10) -> Overview:
    """The tasks of an incident."""
    return _overview(TaskFilters(incident=code), visible_to=visible_to, at=at, limit=limit)


def of_unit(*, visible_to: Post, code: str, at: datetime, limit: int = 10) -> Overview:
    """The tasks that a unit asked or leads."""
    return _overview(TaskFilters(unit=code), visible_to=visible_to, at=at, limit=limit)


def of_area(*, visible_to: Post, code: str, at: datetime, limit: int = 10) -> Overview:
    """The tasks in an area and everything below it."""
    return _overview(TaskFilters(area=code), visible_to=visible_to, at=at, limit=limit)


def _overview(filters: TaskFilters, *, visible_to: Post, at: datetime, limit: int) -> Overview:
    condition = where(filters, visible_to=visible_to, at=at)
    running = condition & only("p.open") & in_states(*RUNNING)
    found = sections(
        {"late": running & _past(at), "running": running & only("p.due_at >= %s", at)},
        visible_to=visible_to,
        at=at,
        limit=limit,
    )
    return Overview(counted(condition), **found)


def _past(at: datetime) -> Where:
    return only("p.due_at < %s", at)

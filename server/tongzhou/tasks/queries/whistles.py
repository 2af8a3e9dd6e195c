"""Whistles: each with the calls of the departments, and how far they are."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.kernel.api.cursor import slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.tasks import rules
from tongzhou.tasks.models import CLOSED, Call, State, Whistle

#: open: a call is; absent: open, and somebody is not there in time; closed: no call is open.
STATES: Final = ("open", "absent", "closed")
_NUMBER = re.compile(r"^(?:w-?)?(\d{1,18})$", re.IGNORECASE)


@dataclass(frozen=True)
class CallRow:
    """One department called."""

    call: Call
    late: bool

    @property
    def arrived(self) -> bool:
        """True once it is there."""
        return self.call.arrived_at is not None

    @property
    def refused(self) -> bool:
        """True where it refused or gave back."""
        return self.call.task.state in {State.REFUSED, State.RETURNED}


@dataclass(frozen=True)
class WhistleRow:
    """A whistle with its calls."""

    whistle: Whistle
    kind: str
    ground: str
    title: str
    calls: list[CallRow]

    @property
    def arrived(self) -> int:
        """How many are there."""
        return sum(row.arrived for row in self.calls)

    @property
    def open(self) -> bool:
        """True while a call is open."""
        return any(row.call.task.state not in CLOSED for row in self.calls)


@dataclass(frozen=True)
class WhistlePage:
    """One page of the list; ``next`` is the cursor of the one behind it, "" on the last."""

    rows: list[WhistleRow]
    next: str


def visible(post: Post) -> QuerySet[Whistle, Whistle]:
    """The whistles that the unit blew, was called by, or sees from above."""
    return (
        Whistle.objects.filter(id__in=_calls(post).values("whistle_id"))
        .select_related("unit", "area", "incident")
        .defer("area__boundary")
    )


def _calls(post: Post) -> QuerySet[Call, Call]:
    return Call.objects.filter(
        task__parties__unit_id=post.unit_id, task__parties__exercise=post.exercise
    )


def listed(
    *, visible_to: Post, at: datetime, q: str = "", state: str = "", cursor: str = "",
    limit: int = 30,
) -> WhistlePage:  # fmt: skip
    """The latest first, of a state (one of ``STATES``) and with ``q`` in words, place, caller
    or department, or as the number; two queries. Raises CursorInvalid."""
    calls = _calls(visible_to)
    found = visible(visible_to)
    if state in STATES:
        running = calls.filter(task__parties__open=True)
        if state == "closed":
            found = found.exclude(id__in=running.values("whistle_id"))
        elif state == "open":
            found = found.filter(id__in=running.values("whistle_id"))
        else:
            absent = running.filter(arrived_at=None, arrive_by__lt=at, task__done_at=None)
            found = found.filter(id__in=absent.values("whistle_id"))
    for word in q.split()[:8]:
        found = found.filter(_matches(word, calls))
    part = slice_of(
        found,
        by=[("blown_at", datetime), ("number", int)],
        cursor=cursor,
        limit=limit,
        descending=True,
    )
    return WhistlePage(_rows(part.rows, post=visible_to, at=at), part.next)


def _matches(word: str, calls: QuerySet[Call, Call]) -> Q:
    number = _NUMBER.match(word)
    said = calls.filter(
        Q(task__title__icontains=word)
        | Q(task__body__icontains=word)
        | Q(task__lead__name_zh__icontains=word)
        | Q(task__lead__name_en__icontains=word)
    )
    either = (
        Q(place__icontains=word)
        | Q(unit__name_zh__icontains=word)
        | Q(unit__name_en__icontains=word)
        | Q(id__in=said.values("whistle_id"))
    )
    return either | Q(number=int(number[1])) if number else either


def find(number: int, *, visible_to: Post, at: datetime) -> WhistleRow:
    """One whistle, with the calls that the post may see. Raises NotFound."""
    found = visible(visible_to).filter(number=number).first()
    if found is None:
        raise NotFound()
    return _rows([found], post=visible_to, at=at)[0]


def _rows(whistles: Sequence[Whistle], *, post: Post, at: datetime) -> list[WhistleRow]:
    calls = (
        Call.objects.filter(
            whistle_id__in=[whistle.id for whistle in whistles],
            task__parties__unit_id=post.unit_id,
        )
        .select_related("task__lead", "task__better_owner")
        .order_by("task__number")
    )
    by_whistle: dict[object, list[CallRow]] = {}
    for call in calls:
        done = call.arrived_at or call.task.done_at or call.task.closed_at
        late = (done or at) > call.arrive_by
        by_whistle.setdefault(call.whistle_id, []).append(CallRow(call, late))
    return [_row(whistle, by_whistle.get(whistle.id, [])) for whistle in whistles]


def _row(whistle: Whistle, calls: list[CallRow]) -> WhistleRow:
    known = rules.whistle_of(whistle.template)
    kind, ground = known.kind_of(whistle.kind), known.ground_of(whistle.ground)
    return WhistleRow(
        whistle,
        str(kind.title) if kind else whistle.kind,
        str(ground.title) if ground else whistle.ground,
        calls[0].call.task.title if calls else "",
        calls,
    )

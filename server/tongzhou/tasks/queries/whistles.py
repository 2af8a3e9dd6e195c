"""Whistles: each with the calls of the departments, and how far they are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import NotFound
from tongzhou.tasks import rules
from tongzhou.tasks.models import CLOSED, Call, State, Whistle


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


def visible(post: Post) -> QuerySet[Whistle, Whistle]:
    """The whistles that the unit blew, was called by, or sees from above."""
    seen = Call.objects.filter(
        task__parties__unit_id=post.unit_id, task__parties__exercise=post.exercise
    )
    return Whistle.objects.filter(
        Q(id__in=seen.values("whistle_id"))
    ).select_related("unit", "area", "incident")  # fmt: skip


def listed(*, visible_to: Post, at: datetime, limit: int = 50) -> list[WhistleRow]:
    """The latest first; two queries."""
    found = list(visible(visible_to).defer("area__boundary").order_by("-blown_at")[:limit])
    return _rows(found, post=visible_to, at=at)


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

"""The administrative ecology of a unit: how it is asked, how it answers, and what that costs
it. For learning; nobody is judged by it. Each figure says of how many, and how many are
missing; a share of fewer than three is not told."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.queries import find as find_unit
from tongzhou.clocks.models import Clock
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.queries import load, tallies
from tongzhou.oversight.queries.load import Load
from tongzhou.oversight.queries.tallies import BY, WITH, Counted

#: Of fewer, no share is told.
LEAST: Final = 3
MOST_MONTHS: Final = 24
_ASKS: Final = frozenset(
    {"task.dispatched.v1", "task.forwarded.v1", "request.sent.v1", "decision.recorded.v1"}
)
_TASKS: Final = frozenset({"task.dispatched.v1", "task.forwarded.v1"})
_WAITS: Final = """
SELECT date_trunc('month', t.dispatched_at AT TIME ZONE %(zone)s)::date, count(*)::int,
    count(*) FILTER (WHERE t.accepted_at IS NOT NULL OR t.state IN ('refused', 'returned'))::int,
    percentile_cont(0.5) WITHIN GROUP (
        ORDER BY extract(epoch FROM t.accepted_at - t.dispatched_at)
    ) FILTER (WHERE t.accepted_at IS NOT NULL)
FROM tasks_task t LEFT JOIN incidents_incident i ON i.id = t.incident_id
WHERE t.lead_id = %(unit)s AND t.dispatched_at >= %(since)s AND t.dispatched_at < %(until)s
    AND NOT coalesce(i.exercise, false)
GROUP BY 1
"""


@dataclass(frozen=True)
class Share:
    """So many of so many; ``missing``: those that cannot be told."""

    part: int
    of: int
    missing: int = 0

    @property
    def percent(self) -> int | None:
        """None where it is of fewer than three."""
        return round(100 * self.part / self.of) if self.of >= LEAST else None


@dataclass(frozen=True)
class Month:
    """One month, or the whole period."""

    first: date
    orders: Share
    bounced: Share
    no_means: Share
    replied: Share
    wait: float | None
    fields_a_day: float
    burden: Load
    missed: int


@dataclass(frozen=True)
class Profile:
    """A unit over some months, the earliest first."""

    unit: Unit
    since: date
    until: date
    months: list[Month]
    whole: Month


def profile(*, visible_to: Post, code: str, until: date, months: int) -> Profile:
    """The profile of a unit for the months that end with that of ``until``; for the unit itself
    and those above it. Five queries, however long the period. Raises NotFound."""
    unit = require_unit(code, visible_to=visible_to)
    firsts = _firsts(until, min(max(months, 1), MOST_MONTHS))
    since, last = firsts[0], _next(firsts[-1]) - timedelta(1)
    counted = tallies.by_month(unit.id, since=since, until=last)
    loads = load.by_day([unit.id], since=since, until=last)
    waits = _waits(unit.id, since, last)
    missed = _missed(unit.id, since, last)
    rows = [
        _month(
            [first],
            [c for c in counted if c.month == first],
            [amount for (_unit, day), amount in loads.items() if day.replace(day=1) == first],
            [waits[first]] if first in waits else [],
            sum(at == first for at in missed),
        )
        for first in firsts
    ]
    whole = _month(firsts, counted, list(loads.values()), list(waits.values()), len(missed))
    return Profile(unit, since, last, rows, whole)


def require_unit(code: str, *, visible_to: Post) -> Unit:
    """The unit whose profile the post may read: its own, or one below it. Raises NotFound."""
    unit = find_unit(code, visible_to=visible_to)
    if visible_to.unit_id not in unit.line:
        raise NotFound(field="unit")
    return unit


Wait = tuple[int, int, float | None]


def _month(
    firsts: Sequence[date],
    counted: Iterable[Counted],
    loads: Sequence[Load],
    waits: Sequence[Wait],
    missed: int,
) -> Month:
    rows = list(counted)

    def n(side: str, types: Iterable[str], basis: str | None = None) -> int:
        return sum(
            c.n
            for c in rows
            if c.side == side and c.type in types and (basis is None or c.basis == basis)
        )

    asked, without = n(WITH, _ASKS), n(WITH, _ASKS, "")
    dispatched, returned = n(WITH, _TASKS), n(BY, {"task.returned.v1"})
    burden = load.total(loads)
    days = sum((_next(first) - first).days for first in firsts)
    # Of several months the median of the medians is no median: it is told by month alone.
    wait = waits[0][2] if len(waits) == 1 and waits[0][1] >= LEAST else None
    return Month(
        first=firsts[0],
        orders=Share(n(WITH, _ASKS, "order"), asked - without, without),
        bounced=Share(n(BY, {"task.refused.v1", "task.returned.v1"}), dispatched),
        no_means=Share(returned, dispatched),
        replied=Share(sum(w[1] for w in waits), sum(w[0] for w in waits)),
        wait=wait,
        fields_a_day=burden.fields / days,
        burden=burden,
        missed=missed,
    )


def _firsts(until: date, months: int) -> list[date]:
    found = [until.replace(day=1)]
    while len(found) < months:
        found.append((found[-1] - timedelta(1)).replace(day=1))
    return found[::-1]


def _next(first: date) -> date:
    return (first + timedelta(32)).replace(day=1)


def _moment(day: date) -> datetime:
    zone = timezone.get_current_timezone()
    return datetime(day.year, day.month, day.day, tzinfo=zone).astimezone(UTC)


def _waits(unit: UUID, since: date, until: date) -> dict[date, Wait]:
    params: dict[str, Any] = {
        "unit": unit,
        "since": _moment(since),
        "until": _moment(until + timedelta(1)),
        "zone": timezone.get_current_timezone_name(),
    }
    with connection.cursor() as cursor:
        cursor.execute(_WAITS, params)
        return {month: (asked, replied, wait) for month, asked, replied, wait in cursor.fetchall()}


def _missed(unit: UUID, since: date, until: date) -> list[date]:
    found = Clock.objects.filter(
        owners__contains=[unit],
        exercise=False,
        missed_at__gte=_moment(since),
        missed_at__lt=_moment(until + timedelta(1)),
    ).values_list("missed_at", flat=True)
    return [timezone.localtime(at).date().replace(day=1) for at in found if at is not None]

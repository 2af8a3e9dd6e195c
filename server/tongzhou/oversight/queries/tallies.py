"""Acts counted by unit, day, type and basis, from the sealed ledger; kept by a follower, so
that a profile over years costs as little as one over a week."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone

from tongzhou.incidents.models import Incident
from tongzhou.ledger.follow import Sealed

BY: Final = "by"
WITH: Final = "with"
#: What is counted: asks of all kinds with their basis, and what comes back.
COUNTED: Final = frozenset(
    {
        "task.dispatched.v1",
        "task.forwarded.v1",
        "task.accepted.v1",
        "task.refused.v1",
        "task.returned.v1",
        "group.convened.v1",
        "decision.recorded.v1",
        "request.sent.v1",
        "request.answered.v1",
        "finding.recorded.v1",
        "letter.sent.v1",
    }
)
_ADD: Final = """
INSERT INTO oversight_tally (unit, day, side, type, basis, n)
SELECT * FROM unnest(%s::uuid[], %s::date[], %s::text[], %s::text[], %s::text[], %s::int[])
ON CONFLICT (unit, day, side, type, basis) DO UPDATE SET n = oversight_tally.n + excluded.n
"""
_MONTHS: Final = """
SELECT date_trunc('month', day)::date, side, type, basis, sum(n)::int FROM oversight_tally
WHERE unit = %s AND day BETWEEN %s AND %s GROUP BY 1, 2, 3, 4 ORDER BY 1
"""


def add(acts: Sequence[Sealed]) -> None:
    """Counts some acts, without those of exercises. Two statements."""
    counted: Counter[tuple[UUID, date, str, str, str]] = Counter()
    chosen = [act for act in acts if act.type in COUNTED]
    # Drills burden nobody for real.
    incidents = {act.incident for act in chosen if act.incident is not None}
    drills = Incident.objects.filter(id__in=incidents, exercise=True)
    drilled = set(drills.values_list("id", flat=True)) if incidents else set()
    for act in chosen:
        if act.incident in drilled:
            continue
        day = timezone.localtime(act.at).date()
        if act.by_unit is not None:
            counted[act.by_unit, day, BY, act.type, act.basis] += 1
        # Of a task, only its lead is asked; those who are told of it are not.
        asked = [UUID(lead)] if (lead := act.data.get("lead")) else act.with_units
        for unit in asked:
            counted[unit, day, WITH, act.type, act.basis] += 1
    if counted:
        rows = sorted((*key, n) for key, n in counted.items())
        with connection.cursor() as cursor:
            cursor.execute(_ADD, [list(column) for column in zip(*rows, strict=True)])


@dataclass(frozen=True)
class Counted:
    """So many acts of a type in a month."""

    month: date
    side: str
    type: str
    basis: str
    n: int


def by_month(unit: UUID, *, since: date, until: date) -> list[Counted]:
    """What a unit had to do with, by month. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_MONTHS, [unit, since, until])
        return [Counted(*row) for row in cursor.fetchall()]

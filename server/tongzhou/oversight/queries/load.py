"""What is asked of units, by day and week: the one place where burden is counted.

Of forms, a field that several ask for is one entry, unless one of them asks anew: so
``fields`` are the entries that a unit makes, ``distinct`` the different fields among them, and
``written`` what all forms together hold: the difference to ``fields`` is what reuse saves.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final
from uuid import UUID

from django.db import connection

from tongzhou.kernel.ids import named_id

_DRAFT: Final = named_id("oversight", "draft")
_LOAD: Final = """
WITH days AS (
    SELECT day::date FROM generate_series(%(since)s::date, %(until)s::date, interval '1 day') day
), asked AS (
    SELECT p.unit_id AS unit, days.day, a.id AS ask, a.kind, a.sender_id AS sender
    FROM oversight_askpart p
    JOIN oversight_ask a ON a.id = p.ask_id
    JOIN days ON days.day BETWEEN a.first_on AND a.until
        AND (a.rhythm <> 'weekly' OR (days.day - a.first_on) %% 7 = 0)
    WHERE p.unit_id = ANY(%(units)s) AND p.state <> 'waiting'
        AND a.first_on <= %(until)s AND a.until >= %(since)s
        AND (p.state = 'running' OR p.stops_on IS NOT NULL)
        AND (days.day < least(
                CASE WHEN a.id = %(minus)s THEN %(minus_on)s::date END,
                a.stops_on, p.stops_on, 'infinity'::date)
            OR EXISTS (SELECT 1 FROM oversight_askanswer w
                WHERE w.part_id = p.id AND w.day = days.day))
        AND NOT EXISTS (SELECT 1 FROM incidents_incident i
            WHERE i.id = a.incident_id AND i.exercise)
    UNION ALL
    SELECT unit, day, %(draft)s::uuid, %(kind)s, NULL
    FROM unnest(%(draft_units)s::uuid[]) unit, unnest(%(draft_days)s::date[]) day
), wanted AS (
    SELECT ask_id AS ask, field_id AS field, anew FROM oversight_askfield
    WHERE ask_id IN (SELECT ask FROM asked)
    UNION ALL
    SELECT %(draft)s::uuid, field, anew
    FROM unnest(%(fields)s::uuid[], %(anew)s::boolean[]) AS draft (field, anew)
), entries AS (
    SELECT asked.unit, asked.day,
        count(DISTINCT wanted.field) FILTER (WHERE NOT wanted.anew)
            + count(*) FILTER (WHERE wanted.anew) AS fields,
        count(DISTINCT wanted.field) AS different,
        count(*) AS written
    FROM asked JOIN wanted ON wanted.ask = asked.ask WHERE asked.kind = 'form'
    GROUP BY 1, 2
)
SELECT asked.unit, asked.day, coalesce(max(e.fields), 0), coalesce(max(e.different), 0),
    coalesce(max(e.written), 0),
    count(*) FILTER (WHERE kind = 'form'), count(*) FILTER (WHERE kind = 'meeting'),
    count(*) FILTER (WHERE kind = 'inspection')
FROM asked LEFT JOIN entries e ON e.unit = asked.unit AND e.day = asked.day
GROUP BY 1, 2 ORDER BY 2, 1
"""
_CONVENED: Final = """
SELECT unit, day, sum(n)::int FROM oversight_tally
WHERE unit = ANY(%(units)s) AND day BETWEEN %(since)s AND %(until)s
    AND side = 'with' AND type = 'group.convened.v1'
GROUP BY 1, 2
"""


@dataclass(frozen=True)
class Load:
    """What is asked of a unit on a day, or on several together. Deadlines: each form, meeting
    and inspection has one."""

    fields: int = 0
    distinct: int = 0
    written: int = 0
    forms: int = 0
    meetings: int = 0
    inspections: int = 0
    convened: int = 0

    def __add__(self, other: "Load") -> "Load":
        names = self.__dataclass_fields__
        return Load(**{name: getattr(self, name) + getattr(other, name) for name in names})

    @property
    def duplicates(self) -> int:
        """Entries of a field that the unit enters elsewhere on the same day."""
        return self.fields - self.distinct

    @property
    def saved(self) -> int:
        """Fields that are filled from what was entered once."""
        return self.written - self.fields

    @property
    def duplicate_share(self) -> float | None:
        """Duplicates of all fields asked; None where nothing is asked."""
        return self.duplicates / self.fields if self.fields else None

    @property
    def deadlines(self) -> int:
        """How many times something is due."""
        return self.forms + self.meetings + self.inspections

    @property
    def all_meetings(self) -> int:
        """Meetings that were asked for, and those of working groups that were held."""
        return self.meetings + self.convened


@dataclass(frozen=True)
class Draft:
    """A request that has not been sent."""

    kind: str
    units: Sequence[UUID]
    days: Sequence[date]
    fields: Sequence[tuple[UUID, bool]] = ()


Loads = Mapping[tuple[UUID, date], Load]


def by_day(
    units: Iterable[UUID],
    *,
    since: date,
    until: date,
    plus: Draft | None = None,
    minus: UUID | None = None,
    minus_on: date | None = None,
) -> Loads:
    """By unit and day what is asked, days without anything left out. ``plus``: as if this
    were sent; ``minus``: as if that request were withdrawn on ``minus_on``. Two queries, however
    many units."""
    params: dict[str, Any] = {
        "units": sorted(set(units)),
        "since": since,
        "until": until,
        "minus": minus,
        "minus_on": minus_on,
        "draft": _DRAFT,
        "kind": plus.kind if plus else "",
        "draft_units": sorted(set(plus.units)) if plus else [],
        "draft_days": list(plus.days) if plus else [],
        "fields": [field for field, _anew in plus.fields] if plus else [],
        "anew": [anew for _field, anew in plus.fields] if plus else [],
    }
    with connection.cursor() as cursor:
        cursor.execute(_LOAD, params)
        found = {(row[0], row[1]): Load(*row[2:]) for row in cursor.fetchall()}
        cursor.execute(_CONVENED, params)
        for unit, day, n in cursor.fetchall():
            found[unit, day] = found.get((unit, day), Load()) + Load(convened=n)
    return found


def monday(day: date) -> date:
    """The first day of the week that the day lies in."""
    return day - timedelta(day.weekday())


def by_week(loads: Loads) -> dict[tuple[UUID, date], Load]:
    """The same by week, under its Monday. The span must hold whole weeks."""
    found: dict[tuple[UUID, date], Load] = {}
    for (unit, day), load in loads.items():
        key = (unit, monday(day))
        found[key] = found.get(key, Load()) + load
    return found


def total(loads: Collection[Load]) -> Load:
    """All together."""
    return sum(loads, Load())

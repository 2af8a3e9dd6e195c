"""The situation of an incident: cumulative counts as reported and as used, by area and day.

Figures of an area that lies inside another counted area are not added to the total twice:
the larger area's own figure counts.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import accumulate
from typing import Final, NamedTuple
from uuid import UUID

from django.db import connection
from django.db.models import Q

from tongzhou.incidents.models import DailyCount, Incident
from tongzhou.kernel.api.cursor import Key, Slice, slice_of
from tongzhou.places.models import Area
from tongzhou.places.queries import AreaUnknown


@dataclass(frozen=True)
class Totals:
    """Cumulative figures in use over all areas, each by its latest day up to ``day``.
    ``new``: the difference to the day before; ``week``: to seven days before (None: no
    figures that far back; of single areas without one then, nothing is subtracted)."""

    day: date
    confirmed: int
    cured: int
    dead: int
    new: int | None
    week: int | None
    areas: int
    source: str
    as_of: datetime

    @property
    def active(self) -> int:
        """Confirmed, not cured and not dead."""
        return self.confirmed - self.cured - self.dead


@dataclass(frozen=True)
class AreaFigures:
    """An area's latest figures. ``reported`` is what the source said, ``confirmed`` what is
    used; ``week`` and ``fortnight`` are new cases, by the rule of Totals: in sum they are
    what stands there."""

    area: Area
    day: date
    confirmed: int
    reported: int
    cured: int
    dead: int
    week: int | None
    fortnight: int | None
    source: str
    as_of: datetime
    revision: int

    @property
    def active(self) -> int:
        """Confirmed, not cured and not dead."""
        return self.confirmed - self.cured - self.dead

    @property
    def rate(self) -> float | None:
        """Confirmed cases per 100,000 residents."""
        if not self.area.population:
            return None
        return self.confirmed * 100_000 / self.area.population


@dataclass(frozen=True)
class Series:
    """Cumulative figures by day, from the first to the last day with any; an area without
    a figure for a day keeps its last one. Each list is as long as ``days``."""

    days: list[date]
    confirmed: list[int]
    reported: list[int]
    cured: list[int]
    dead: list[int]

    @property
    def new(self) -> list[int]:
        """New cases per day, never negative: differences of the figures in use."""
        return differences(self.confirmed)

    @property
    def new_reported(self) -> list[int]:
        """New cases per day as reported; negative where the source took cases back."""
        return differences(self.reported)


def differences(values: Sequence[int]) -> list[int]:
    """Each value minus the one before; the first one as it is."""
    return [b - a for a, b in zip([0, *values], values, strict=False)]


def outermost(paths: Iterable[str]) -> set[str]:
    """The paths that lie inside no other of them."""
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not kept or not path.startswith(kept[-1]):
            kept.append(path)
    return set(kept)


def innermost(areas: Sequence[AreaFigures]) -> list[AreaFigures]:
    """Those that hold no other of them: what a map of places can show side by side."""
    paths = [found.area.path for found in areas]
    return [
        found
        for found in areas
        if not any(path != found.area.path and path.startswith(found.area.path) for path in paths)
    ]


# The last row of each area up to a day, with what was in use one, seven and fourteen days
# before the last day of all. Each look-up is one step in the index of current counts.
_LATEST: Final = """
WITH last AS (
    SELECT DISTINCT ON (c.incident_id, c.area_id) c.*
    FROM incidents_dailycount c
    WHERE c.incident_id = ANY(%(incidents)s) AND c.current AND c.date <= %(until)s
    ORDER BY c.incident_id, c.area_id, c.date DESC
), top AS (
    SELECT incident_id, max(date) AS day FROM last GROUP BY incident_id
)
SELECT l.incident_id, l.area_id, a.path, l.date, t.day, l.confirmed, l.confirmed_used,
    l.cured_used, l.dead_used, l.source, l.as_of, l.revision, b1.v, b7.v, b14.v
FROM last l
JOIN top t USING (incident_id)
JOIN places_area a ON a.id = l.area_id
LEFT JOIN LATERAL ({before}) b1(v) ON true
LEFT JOIN LATERAL ({before_week}) b7(v) ON true
LEFT JOIN LATERAL ({before_fortnight}) b14(v) ON true
ORDER BY l.incident_id, a.path
"""
_BEFORE: Final = """
    SELECT p.confirmed_used FROM incidents_dailycount p
    WHERE p.incident_id = l.incident_id AND p.area_id = l.area_id AND p.current
        AND p.date <= t.day - {days} ORDER BY p.date DESC LIMIT 1
"""
_QUERY: Final = _LATEST.format(
    before=_BEFORE.format(days=1),
    before_week=_BEFORE.format(days=7),
    before_fortnight=_BEFORE.format(days=14),
)


class _Last(NamedTuple):
    incident: UUID
    area: UUID
    path: str
    day: date
    top: date
    reported: int
    confirmed: int
    cured: int
    dead: int
    source: str
    as_of: datetime
    revision: int
    before: int | None
    week_before: int | None
    fortnight_before: int | None


def _last(incidents: Sequence[UUID], until: date | None) -> list[_Last]:
    if not incidents:
        return []
    with connection.cursor() as cursor:
        cursor.execute(_QUERY, {"incidents": list(incidents), "until": until or date.max})
        rows = [_Last(*row) for row in cursor.fetchall()]
    grouped: dict[UUID, list[_Last]] = {}
    for row in rows:
        grouped.setdefault(row.incident, []).append(row)
    return [row for found in grouped.values() for row in _from_zero(found)]


def _from_zero(rows: list[_Last]) -> list[_Last]:
    """An incident's rows, where an area without a figure for an earlier day had no cases
    then, provided that the incident has figures that far back. Where it has none, what is
    new since is not known: neither of an area nor in all."""
    outer = outermost(row.path for row in rows)
    counted = [row for row in rows if row.path in outer]
    day = any(row.before is not None for row in counted)
    week = any(row.week_before is not None for row in counted)
    fortnight = any(row.fortnight_before is not None for row in counted)
    return [
        row._replace(
            before=(row.before or 0) if day else row.before,
            week_before=(row.week_before or 0) if week else row.week_before,
            fortnight_before=(row.fortnight_before or 0) if fortnight else row.fortnight_before,
        )
        for row in rows
    ]


def totals_of(incidents: Sequence[UUID], *, until: date | None = None) -> dict[UUID, Totals]:
    """The totals of several incidents in one query; those without figures are left out."""
    grouped: dict[UUID, list[_Last]] = {}
    for row in _last(incidents, until):
        grouped.setdefault(row.incident, []).append(row)
    return {key: _sum(rows) for key, rows in grouped.items()}


def _sum(rows: Sequence[_Last]) -> Totals:
    outer = outermost(row.path for row in rows)
    counted = [row for row in rows if row.path in outer]
    newest = max(counted, key=lambda row: (row.day, row.as_of))
    return Totals(
        day=newest.top,
        confirmed=sum(row.confirmed for row in counted),
        cured=sum(row.cured for row in counted),
        dead=sum(row.dead for row in counted),
        new=_added((row.confirmed, row.before) for row in counted),
        week=_added((row.confirmed, row.week_before) for row in counted),
        areas=len(counted),
        source=newest.source,
        as_of=newest.as_of,
    )


def _added(figures: Iterable[tuple[int, int | None]]) -> int | None:
    """What was added in all; None when that is not known of one of them."""
    total = 0
    for now, before in figures:
        if before is None:
            return None
        total += now - before
    return total


def by_area(incident: Incident, *, until: date | None = None) -> list[AreaFigures]:
    """The latest figures of each area up to a day, by code; two queries."""
    rows = _last([incident.id], until)
    areas = Area.objects.defer("boundary", "profile").in_bulk([row.area for row in rows])
    return [_figures(row, areas[row.area]) for row in rows]


def of_area(area: Area, incidents: Sequence[UUID]) -> dict[UUID, AreaFigures]:
    """The latest figures of one area in several incidents; one query."""
    found = _last(incidents, None)
    return {row.incident: _figures(row, area) for row in found if row.area == area.id}


def _figures(row: _Last, area: Area) -> AreaFigures:
    return AreaFigures(
        area=area,
        day=row.day,
        confirmed=row.confirmed,
        reported=row.reported,
        cured=row.cured,
        dead=row.dead,
        week=_added([(row.confirmed, row.week_before)]),
        fortnight=_added([(row.confirmed, row.fortnight_before)]),
        source=row.source,
        as_of=row.as_of,
        revision=row.revision,
    )


def series(incident: Incident, *, area: Area | None = None) -> Series:
    """Cumulative figures by day: of one area with figures of its own, else of all."""
    found = DailyCount.objects.filter(incident=incident, current=True).order_by("date")
    if area is not None:
        found = found.filter(area=area)
    rows = list(
        found.values_list(
            "area__path", "date", "confirmed_used", "confirmed", "cured_used", "dead_used"
        )
    )
    if not rows:
        return Series([], [], [], [], [])
    outer = outermost(row[0] for row in rows)
    first, last = rows[0][1], rows[-1][1]
    length = (last - first).days + 1
    # Changes of each area on its days; added up, they carry its last figure forward.
    steps = [[0] * length for _figure in range(4)]
    before: dict[str, tuple[int, ...]] = {}
    for path, day, *figures in rows:
        if path not in outer:
            continue
        old = before.get(path, (0, 0, 0, 0))
        for step, value, earlier in zip(steps, figures, old, strict=True):
            step[(day - first).days] += value - earlier
        before[path] = tuple(figures)
    confirmed, reported, cured, dead = (list(accumulate(step)) for step in steps)
    days = [first + timedelta(days=offset) for offset in range(length)]
    return Series(days, confirmed, reported, cured, dead)


@dataclass(frozen=True)
class Revised:
    """A figure with its earlier versions, the latest first."""

    area: Area
    day: date
    versions: list[DailyCount]


def revised(incident: Incident, *, limit: int = 20) -> list[Revised]:
    """The figures that were revised, the latest day first, each with who changed it."""
    keys = list(
        DailyCount.objects.filter(incident=incident, current=True, revision__gt=1)
        .order_by("-date", "area__path")
        .values_list("area_id", "date")[:limit]
    )
    if not keys:
        return []
    wanted = Q()
    for area_id, day in keys:
        wanted |= Q(area_id=area_id, date=day)
    rows = (
        DailyCount.objects.filter(wanted, incident=incident)
        .select_related("area", "recorded_by__person", "recorded_by__unit")
        .order_by("-revision")
    )
    grouped: dict[tuple[UUID, date], list[DailyCount]] = {key: [] for key in keys}
    for row in rows:
        grouped[row.area_id, row.date].append(row)
    return [Revised(found[0].area, found[0].date, found) for found in grouped.values()]


def count_page(
    incident: Incident,
    *,
    area: Area | None = None,
    day: date | None = None,
    revisions: bool = False,
    cursor: str = "",
    limit: int = 100,
) -> Slice[DailyCount]:
    """Counts by day and area, a page at a time; with ``revisions`` also replaced ones.
    Raises CursorInvalid."""
    found = DailyCount.objects.filter(incident=incident).select_related("area")
    if area is not None:
        found = found.filter(area=area)
    if day is not None:
        found = found.filter(date=day)
    if not revisions:
        found = found.filter(current=True)
    keys: list[tuple[str, type[Key]]] = [("date", date), ("area__code", str), ("id", int)]
    return slice_of(found, by=keys, cursor=cursor, limit=limit)


def areas_by_code(codes: Sequence[str]) -> list[Area]:
    """The area of each code, in one query. Raises AreaUnknown with the row (from 1)."""
    found = {a.code: a for a in Area.objects.defer("boundary", "profile").filter(code__in=codes)}
    for number, code in enumerate(codes, start=1):
        if code not in found:
            raise AreaUnknown(field="area", row=number, code=code)
    return [found[code] for code in codes]

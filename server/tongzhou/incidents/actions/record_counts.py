import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final
from uuid import UUID

import orjson
from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import COUNTS_RECORD
from tongzhou.incidents.actions.change import begin, filled, record
from tongzhou.incidents.acts import COUNTS_RECORDED
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.places.models import Area

#: Up to here the figures themselves stand in the act; beyond, only their digest.
_FIGURES_IN_ACT: Final = 100
_LARGEST: Final = 2_000_000_000

# The rows that say something new, with the revision they will have.
_CHANGED = """
SELECT g.area, g.date, g.confirmed, g.cured, g.dead, c.id, coalesce(c.revision, 0) + 1
FROM unnest(%(areas)s::uuid[], %(dates)s::date[], %(confirmed)s::int[], %(cured)s::int[],
    %(dead)s::int[]) AS g(area, date, confirmed, cured, dead)
LEFT JOIN incidents_dailycount c
    ON c.incident_id = %(incident)s AND c.area_id = g.area AND c.date = g.date AND c.current
WHERE c.id IS NULL OR (c.confirmed, c.cured, c.dead) <> (g.confirmed, g.cured, g.dead)
"""
_RETIRE = "UPDATE incidents_dailycount SET current = false WHERE id = ANY(%s)"
_INSERT = """
INSERT INTO incidents_dailycount (incident_id, area_id, date, revision, current, confirmed,
    cured, dead, confirmed_used, cured_used, dead_used, source, as_of, recorded_by_id)
SELECT %(incident)s, area, date, revision, true, confirmed, cured, dead, confirmed, cured,
    dead, %(source)s, %(as_of)s, %(post)s
FROM unnest(%(areas)s::uuid[], %(dates)s::date[], %(confirmed)s::int[], %(cured)s::int[],
    %(dead)s::int[], %(revisions)s::int[]) AS g(area, date, confirmed, cured, dead, revision)
"""
# A cumulative figure cannot exceed a later one: used(d) = min of reported(e) over e ≥ d.
_REPAIR = """
WITH repaired AS (
    SELECT id,
        min(confirmed) OVER later AS confirmed,
        min(cured) OVER later AS cured,
        min(dead) OVER later AS dead
    FROM incidents_dailycount
    WHERE incident_id = %(incident)s AND area_id = ANY(%(areas)s) AND current
    WINDOW later AS (PARTITION BY area_id ORDER BY date DESC)
)
UPDATE incidents_dailycount c
SET confirmed_used = r.confirmed, cured_used = r.cured, dead_used = r.dead
FROM repaired r
WHERE c.id = r.id AND (c.confirmed_used, c.cured_used, c.dead_used)
    <> (r.confirmed, r.cured, r.dead)
"""
_CORRECTED = """
SELECT count(*) FROM incidents_dailycount
WHERE incident_id = %(incident)s AND area_id = ANY(%(areas)s) AND current
    AND (confirmed_used, cured_used, dead_used) <> (confirmed, cured, dead)
"""


class CountsEmpty(Invalid):
    """Nothing to record."""

    code = "counts-empty"
    message = _("There is no figure to record.")


class CountMalformed(Invalid):
    """A figure that is no whole number of people."""

    code = "count-malformed"
    message = _("“%(value)s” is no whole number from 0 up.")


class CountInFuture(Invalid):
    """A figure for a day that has not begun."""

    code = "count-in-future"
    message = _("%(date)s lies in the future.")


class CountOutside(Invalid):
    """A figure for an area that does not lie in that of the incident."""

    code = "count-outside"
    message = _("%(area)s does not lie in the area of the incident.")


class CountTwice(Invalid):
    """Two figures for the same area and day."""

    code = "count-twice"
    message = _("%(area)s has two figures for %(date)s.")


@dataclass(frozen=True)
class CountRow:
    """Cumulative counts of an area at the end of a day, as the source has them."""

    area: Area
    date: date
    confirmed: int
    cured: int
    dead: int


@dataclass(frozen=True)
class Recorded:
    """Days that were new, days whose figure was revised, days that stayed as they were, and
    days in the areas concerned whose figure in use now differs from the reported one."""

    added: int
    revised: int
    unchanged: int
    corrected: int


def record_counts(
    *,
    incident: Incident,
    rows: Sequence[CountRow],
    source: str,
    as_of: datetime,
    by: Post,
    at: datetime,
) -> Recorded:
    """Records cumulative daily counts, all rows or none. A figure that differs from the one
    on file is a new revision; the old one stays. Where a series falls, the days before are
    lowered to the later value in the figures that are used, and stay as reported beside.

    Raises NotFound, NotAllowed, IncidentClosed, TextMissing (no source), CountsEmpty, and
    with ``row`` (from 1): CountMalformed, CountInFuture, CountOutside, CountTwice.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=COUNTS_RECORD)
        source = filled(source, field="source", name=_("source"))
        check(rows, incident=locked, at=at)
        added, revised = _write(rows, incident=locked, source=source, as_of=as_of, by=by)
        scope: dict[str, Any] = {
            "incident": locked.id,
            "areas": sorted({row.area.id for row in rows}),
        }
        with connection.cursor() as cursor:
            cursor.execute(_REPAIR, scope)
            cursor.execute(_CORRECTED, scope)
            corrected = int(cursor.fetchone()[0])
        result = Recorded(added, revised, len(rows) - added - revised, corrected)
        record(
            COUNTS_RECORDED,
            incident=locked,
            by=by,
            at=at,
            with_units=[locked.owner_id],
            basis="law",
            evidence=source,
            public=True,
            data=_summary(rows, result, as_of=as_of),
        )
    return result


def check(rows: Sequence[CountRow], *, incident: Incident, at: datetime) -> None:
    """Raises the refusal of the first row that cannot be recorded."""
    if not rows:
        raise CountsEmpty(field="rows")
    today = timezone.localdate(at)
    seen: set[tuple[UUID, date]] = set()
    for number, row in enumerate(rows, start=1):
        for field in ("confirmed", "cured", "dead"):
            value = getattr(row, field)
            if not 0 <= value <= _LARGEST:
                raise CountMalformed(field=field, row=number, value=value)
        if row.date > today:
            raise CountInFuture(field="date", row=number, date=row.date.isoformat())
        if not incident.area.contains(row.area):
            raise CountOutside(field="area", row=number, area=row.area.name)
        key = (row.area.id, row.date)
        if key in seen:
            raise CountTwice(
                field="date", row=number, area=row.area.name, date=row.date.isoformat()
            )
        seen.add(key)


def _write(
    rows: Sequence[CountRow], *, incident: Incident, source: str, as_of: datetime, by: Post
) -> tuple[int, int]:
    given: dict[str, Any] = {
        "incident": incident.id,
        "areas": [row.area.id for row in rows],
        "dates": [row.date for row in rows],
        "confirmed": [row.confirmed for row in rows],
        "cured": [row.cured for row in rows],
        "dead": [row.dead for row in rows],
    }
    with connection.cursor() as cursor:
        cursor.execute(_CHANGED, given)
        changed = cursor.fetchall()
        old = [row[5] for row in changed if row[5] is not None]
        cursor.execute(_RETIRE, [old])
        names = ("areas", "dates", "confirmed", "cured", "dead")
        columns: dict[str, Any] = {
            name: [row[place] for row in changed] for place, name in enumerate(names)
        }
        cursor.execute(
            _INSERT,
            {
                "incident": incident.id,
                "source": source,
                "as_of": as_of,
                "post": by.id,
                "revisions": [row[6] for row in changed],
                **columns,
            },
        )
    return len(changed) - len(old), len(old)


def _summary(rows: Sequence[CountRow], result: Recorded, *, as_of: datetime) -> dict[str, Any]:
    figures = [
        [row.area.code, row.date.isoformat(), row.confirmed, row.cured, row.dead]
        for row in sorted(rows, key=lambda row: (row.area.code, row.date))
    ]
    days = Counter(row.date for row in rows)
    return {
        "added": result.added,
        "revised": result.revised,
        "corrected": result.corrected,
        "areas": len({row.area.id for row in rows}),
        "first": min(days).isoformat(),
        "last": max(days).isoformat(),
        "as_of": as_of.isoformat(),
        "sha256": hashlib.sha256(orjson.dumps(figures)).hexdigest(),
        "figures": figures if len(figures) <= _FIGURES_IN_ACT else None,
    }

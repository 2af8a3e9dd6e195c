"""Who is silent: the units that have not looked at a task, or let it become late."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db import connection

from tongzhou.actors.models import Post
from tongzhou.tasks.models import State
from tongzhou.tasks.queries.rows import Label
from tongzhou.tasks.transitions import RUNNING

#: So many tasks are looked at for each of the two questions; the figures stop there.
_LOOKED_AT: Final = 2000

_SILENT = """
WITH unseen AS (
    SELECT task_id, true AS unseen FROM tasks_taskparty
    WHERE unit_id = %(unit)s AND exercise = %(exercise)s AND state = 'dispatched'
    ORDER BY due_at LIMIT %(most)s
), late AS (
    SELECT task_id, false AS unseen FROM tasks_taskparty
    WHERE unit_id = %(unit)s AND exercise = %(exercise)s AND open AND due_at < %(at)s
    AND state = ANY(%(running)s)
    ORDER BY due_at LIMIT %(most)s
)
SELECT incident.code, lead.code, lead.name_zh, lead.name_en, lead.sector,
    count(*) FILTER (WHERE found.unseen), min(t.dispatched_at) FILTER (WHERE found.unseen),
    count(*) FILTER (WHERE NOT found.unseen)
FROM (SELECT * FROM unseen UNION ALL SELECT * FROM late) found
JOIN tasks_task t ON t.id = found.task_id
JOIN actors_unit lead ON lead.id = t.lead_id
LEFT JOIN incidents_incident incident ON incident.id = t.incident_id
WHERE t.lead_id <> %(unit)s
GROUP BY 1, 2, 3, 4, 5
ORDER BY 8 DESC, 6 DESC, 2
"""


@dataclass(frozen=True, slots=True)
class Silent:
    """A unit that leads tasks in an incident ("" outside of all): how many it has not
    looked at, since when the oldest of these waits, and how many are past their due time."""

    incident: str
    unit: Label
    unseen: int
    since: datetime | None
    late: int


def silent_units(*, visible_to: Post, at: datetime) -> list[Silent]:
    """Units other than the reader's own, those with the most late tasks first. One query."""
    params: dict[str, Any] = {
        "unit": visible_to.unit_id,
        "exercise": visible_to.exercise,
        "at": at,
        "running": [State(state).value for state in RUNNING],
        "most": _LOOKED_AT,
    }
    with connection.cursor() as cursor:
        cursor.execute(_SILENT, params)
        return [
            Silent(incident or "", Label(*unit), unseen, since, late)
            for incident, *unit, unseen, since, late in cursor.fetchall()
        ]

"""Who may see a task: the units that have to do with it, and those above them in the line
of command. Assigning writes exactly these rows and nothing else."""

from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from tongzhou.actors.models import Unit
from tongzhou.incidents import access as incident_access
from tongzhou.tasks.models import Task

ASKER, LEAD, ASSISTING, INFORMED, LINE = "asker", "lead", "assisting", "informed", "line"

_GRANT = """
INSERT INTO tasks_taskparty (task_id, unit_id, relations, open, due_at)
SELECT %(task)s, u.unit, ARRAY[u.relation], true, %(due)s
FROM unnest(%(units)s::uuid[], %(relations)s::text[]) AS u(unit, relation)
ON CONFLICT (task_id, unit_id) DO UPDATE
SET relations = ARRAY(SELECT DISTINCT unnest(tasks_taskparty.relations || excluded.relations)
    ORDER BY 1)
"""


def grant(task: Task, units: Iterable[Unit], relation: str) -> None:
    """Gives ``units`` their relation to the task, and the units above them sight of it.
    Within an incident, each gets sight of the incident too."""
    direct = list(units)
    _write(task, [u.id for u in direct], relation)
    above = sorted({parent for u in direct for parent in u.above})
    _write(task, above, LINE)
    if task.incident_id is not None:
        incident_access.grant(task.incident_id, {u.id for u in direct}, "tasked")
    task.__dict__.pop("relations", None)


def _write(task: Task, units: list[UUID], relation: str) -> None:
    if not units:
        return
    with connection.cursor() as cursor:
        cursor.execute(
            _GRANT,
            {
                "task": task.id,
                "due": task.due_at,
                "units": units,
                "relations": [relation] * len(units),
            },
        )


def revoke(task: Task, unit: UUID, relation: str, *, instead: str = INFORMED) -> None:
    """Takes a relation from a unit and leaves it another: who once had to do with a task
    does not lose sight of it."""
    party = task.parties.get(unit_id=unit)
    party.relations = sorted({*party.relations, instead} - {relation})
    party.save(update_fields=["relations"])
    task.__dict__.pop("relations", None)


def sync(task: Task) -> None:
    """Repeats the task's due time and openness in its parties, where lists read them."""
    task.parties.update(open=task.is_open, due_at=task.due_at)


def audience(task: Task) -> list[UUID]:
    """The units that may be told of an act about the task."""
    return list(task.relations)


def partners(task: Task, *, of: UUID) -> list[UUID]:
    """Asker, lead and assisting units other than ``of``: those an act is done with."""
    active = {ASKER, LEAD, ASSISTING}
    return [
        unit
        for unit, relations in task.relations.items()
        if unit != of and relations & active
    ]

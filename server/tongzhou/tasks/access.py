"""Who may see a task: the units that have to do with it, and those above them in the line
of command. Assigning writes exactly these rows and nothing else."""

from uuid import UUID

from django.db import connection

from tongzhou.incidents import access as incident_access
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.transitions import ACTIVE, ASKER, ASSISTING, INFORMED, LEAD

# Unit by unit what it should be from the task's own columns, and above them "line"; rows of
# units that are none of it any more go. One trip to the database.
_SETTLE = """
WITH direct AS (
    SELECT * FROM unnest(%(units)s::uuid[], %(relations)s::text[]) AS d(unit, relation)
), wanted AS (
    SELECT unit, relation FROM direct
    UNION
    SELECT above, 'line' FROM direct JOIN actors_unit u ON u.id = direct.unit
    CROSS JOIN LATERAL unnest(u.line) AS above WHERE above <> u.id
), party AS (
    SELECT unit, array_agg(relation ORDER BY relation) AS relations FROM wanted GROUP BY unit
), gone AS (
    DELETE FROM tasks_taskparty WHERE task_id = %(task)s
    AND unit_id NOT IN (SELECT unit FROM party)
)
INSERT INTO tasks_taskparty
    (task_id, unit_id, relations, number, state, open, exercise, due_at, updated_at)
SELECT %(task)s, unit, relations, %(number)s, %(state)s, %(open)s, %(exercise)s, %(due)s,
    %(updated)s
FROM party
ON CONFLICT (task_id, unit_id) DO UPDATE
SET relations = excluded.relations, state = excluded.state, open = excluded.open,
    due_at = excluded.due_at, updated_at = excluded.updated_at
RETURNING unit_id, relations
"""


def direct(task: Task) -> list[tuple[UUID, str]]:
    """The units that have to do with the task themselves, each with its relation. A draft is
    the asker's alone."""
    found = [(task.asker_id, ASKER)]
    if task.state != State.DRAFT:
        found.append((task.lead_id, LEAD))
        found += [(unit, ASSISTING) for unit in task.assisting]
        found += [(unit, INFORMED) for unit in task.informed]
    return found


def settle(task: Task) -> None:
    """Makes the parties of the task what its asker, lead, assisting and informed units say,
    each with the units above it, who see it. Within an incident each gets sight of that too.
    """
    pairs = direct(task)
    with connection.cursor() as cursor:
        cursor.execute(
            _SETTLE,
            {
                "task": task.id,
                "number": task.number,
                "state": State(task.state).value,
                "open": task.is_open,
                "exercise": task.exercise,
                "due": task.due_at,
                "updated": task.updated_at,
                "units": [unit for unit, _relation in pairs],
                "relations": [relation for _unit, relation in pairs],
            },
        )
        task.relations = {unit: frozenset(relations) for unit, relations in cursor.fetchall()}
    if task.incident_id is not None:
        incident_access.grant(task.incident_id, {unit for unit, _relation in pairs}, "tasked")


def keep_informed(task: Task, *units: UUID) -> None:
    """Notes on the task that units keep the sight they had: who once had to do with a task
    does not lose it. Call ``settle`` afterwards."""
    involved = {task.asker_id, task.lead_id, *task.assisting, *task.informed}
    task.informed = [*task.informed, *sorted(set(units) - involved)]


def audience(task: Task) -> list[UUID]:
    """The units that may be told of an act about the task."""
    return list(task.relations)


def partners(task: Task, *, of: UUID | None) -> list[UUID]:
    """Asker, lead and assisting units other than ``of``: those an act is done with."""
    return [unit for unit, relations in task.relations.items() if unit != of and relations & ACTIVE]

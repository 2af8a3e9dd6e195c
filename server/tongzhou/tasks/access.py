"""Who may see a task: the units that have to do with it, and those above them in the line
of command. Assigning writes exactly these rows and nothing else."""

from typing import Any
from uuid import UUID

from django.db import connection

from tongzhou.incidents import access as incident_access
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.transitions import ACTIVE, ASKER, ASSISTING, INFORMED, LEAD

# Unit by unit what it should be from the task's own columns, and above them "line"; rows of
# units that are none of it any more go. One trip to the database, whatever the number of tasks.
_SETTLE = """
WITH task AS (
    SELECT * FROM unnest(%(ids)s::uuid[], %(numbers)s::bigint[], %(states)s::text[],
        %(open)s::boolean[], %(exercises)s::boolean[], %(due)s::timestamptz[],
        %(updated)s::timestamptz[])
        AS t(id, number, state, open, exercise, due_at, updated_at)
), direct AS (
    SELECT * FROM unnest(%(tasks)s::uuid[], %(units)s::uuid[], %(relations)s::text[])
        AS d(task, unit, relation)
), wanted AS (
    SELECT task, unit, relation FROM direct
    UNION
    SELECT task, above, 'line' FROM direct JOIN actors_unit u ON u.id = direct.unit
    CROSS JOIN LATERAL unnest(u.line) AS above WHERE above <> u.id
), party AS (
    SELECT task, unit, array_agg(relation ORDER BY relation) AS relations
    FROM wanted GROUP BY task, unit
), gone AS (
    DELETE FROM tasks_taskparty p WHERE p.task_id = ANY(%(ids)s)
    AND NOT EXISTS (SELECT FROM party WHERE party.task = p.task_id AND party.unit = p.unit_id)
)
INSERT INTO tasks_taskparty
    (task_id, unit_id, relations, number, state, open, exercise, due_at, updated_at)
SELECT task.id, party.unit, party.relations, task.number, task.state, task.open, task.exercise,
    task.due_at, task.updated_at
FROM party JOIN task ON task.id = party.task
ON CONFLICT (task_id, unit_id) DO UPDATE
SET relations = excluded.relations, state = excluded.state, open = excluded.open,
    due_at = excluded.due_at, updated_at = excluded.updated_at
RETURNING task_id, unit_id, relations
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


def settle(*tasks: Task) -> None:
    """Makes the parties of tasks what their asker, lead, assisting and informed units say, each
    with the units above it, who see it. Within an incident each gets sight of that too.
    """
    direct_of = {task.id: direct(task) for task in tasks}
    pairs = [(task, *pair) for task, found in direct_of.items() for pair in found]
    given: dict[str, Any] = {
        "ids": [task.id for task in tasks],
        "numbers": [task.number for task in tasks],
        "states": [State(task.state).value for task in tasks],
        "open": [task.is_open for task in tasks],
        "exercises": [task.exercise for task in tasks],
        "due": [task.due_at for task in tasks],
        "updated": [task.updated_at for task in tasks],
        "tasks": [task for task, _unit, _relation in pairs],
        "units": [unit for _task, unit, _relation in pairs],
        "relations": [relation for _task, _unit, relation in pairs],
    }
    by_id = {task.id: task for task in tasks}
    for task in tasks:
        task.relations = {}
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, given)
        for task_id, unit, relations in cursor.fetchall():
            by_id[task_id].relations[unit] = frozenset(relations)
    sight: dict[UUID, set[UUID]] = {}
    for task in tasks:
        if task.incident_id is not None:
            units = {unit for unit, _relation in direct_of[task.id]}
            sight.setdefault(task.incident_id, set()).update(units)
    for incident, units in sight.items():
        incident_access.grant(incident, units, "tasked")


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

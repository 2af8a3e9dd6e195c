"""Many tasks in a hurry: copies of tasks of the demo, made in the database. What is measured
is reading and acting, so the copies need no acts of their own."""

from typing import Any

import psycopg

_CHOOSE = """
CREATE TEMP TABLE bench_copy AS
WITH chosen AS MATERIALIZED (
    SELECT DISTINCT t.id FROM tasks_task t
    JOIN tasks_taskparty p ON p.task_id = t.id JOIN actors_unit u ON u.id = p.unit_id
    WHERE {where} LIMIT %(templates)s
)
SELECT chosen.id AS template, gen_random_uuid() AS id, nextval('tasks_number') AS number,
    now() + random() * interval '60 days' AS due_at
FROM chosen, generate_series(1, %(each)s)
"""
_TASKS = """
INSERT INTO tasks_task
SELECT (jsonb_populate_record(t, jsonb_build_object('id', c.id, 'number', c.number,
    'due_at', c.due_at, 'closed_at', null, 'done_at', null,
    'state', %(state)s::text))).*
FROM bench_copy c JOIN tasks_task t ON t.id = c.template
"""
_PARTIES = """
INSERT INTO tasks_taskparty
SELECT (jsonb_populate_record(p, jsonb_build_object('task_id', c.id, 'due_at', c.due_at,
    'number', c.number, 'state', %(state)s::text, 'open', true,
    'id', nextval(pg_get_serial_sequence('tasks_taskparty', 'id'))))).*
FROM bench_copy c JOIN tasks_taskparty p ON p.task_id = c.template
"""


def copies(
    connection: psycopg.Connection[Any],
    *,
    number: int,
    state: str,
    where: str,
    templates: int = 20,
) -> list[tuple[int, str]]:
    """Makes about ``number`` open tasks in ``state`` from tasks that meet ``where`` (SQL over
    ``t``, a task, and ``u``, a unit that is party to it). Returns number and id of each."""
    given = {"templates": templates, "each": max(1, number // templates)}
    # The rows are copies of sound ones: checking two million references again takes minutes.
    connection.execute("SET session_replication_role = replica")
    connection.execute("DROP TABLE IF EXISTS bench_copy")
    connection.execute(_CHOOSE.format(where=where), given)
    connection.execute(_TASKS, {"state": state})
    connection.execute(_PARTIES, {"state": state})
    connection.execute("RESET session_replication_role")
    rows = connection.execute("SELECT number, id::text FROM bench_copy ORDER BY number").fetchall()
    connection.execute("VACUUM ANALYZE tasks_task")
    connection.execute("VACUUM ANALYZE tasks_taskparty")
    # Written to disk now, and not while the lists are measured.
    connection.execute("CHECKPOINT")
    return [(row[0], row[1]) for row in rows]

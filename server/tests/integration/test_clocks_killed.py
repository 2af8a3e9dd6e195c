"""kill -9 of the worker, again and again, while limits come due: none is lost, none is told of
twice."""

import os
import random
import time
from typing import Final

import pytest

from .conftest import Node, until
from .crash_world import MAKE_CAST, Books, shell
from .test_crash import kill_part

pytestmark = pytest.mark.node

EACH: Final = 80
ROUNDS: Final = 5
#: Limits that come due from half a second on, forty a second.
SEED: Final = f"""
INSERT INTO clocks_clock (id, rule, version, about_kind, about_id, owners, watchers, line,
    parties, exercise, phase, area, started_by, started_at, due_at, next_at, step, level, state,
    extended, data)
SELECT gen_random_uuid(), 'signal-assessment', v.id, 'signal', gen_random_uuid(), ARRAY[u.id],
    ARRAY[]::uuid[], ARRAY[]::uuid[], u.line, false, '', '', gen_random_uuid(),
    due - interval '48 hours', due, due, 2, 0, 'running', 0, '{{}}'
FROM generate_series(1, {EACH}) n
CROSS JOIN LATERAL (SELECT now() + interval '0.5 s' + n * interval '25 ms' AS due) d,
    actors_unit u, library_templateversion v JOIN library_template t ON t.id = v.template_id
WHERE u.code = 'beishan-street' AND t.kind = 'clocks' AND t.key = 'signals'
RETURNING id
"""
TOLD: Final = """
SELECT count(*), count(DISTINCT about_id), count(DISTINCT about_id || type || at)
FROM ledger_act WHERE type = 'clock.missed.v1'
"""


def test_the_death_of_the_worker_loses_no_limit_and_doubles_none(node: Node) -> None:
    assert node.command("migrate", "--quiet").returncode == 0
    shell(node, MAKE_CAST)
    node.serve()
    books, chance = Books(node), random.Random(1)

    for done in range(0, ROUNDS * EACH, EACH):
        assert len(books.rows(SEED)) == EACH
        _wait_for(books, done + 1)
        _pause(chance.random())
        kill_part(node, "worker")
        _wait_for(books, done + EACH)

    until(books.at_rest, what="all sealed and followed")
    number = ROUNDS * EACH
    assert books.rows(TOLD) == [(number, number, number)]
    order = books.rows("SELECT at FROM ledger_act WHERE type = 'clock.missed.v1' ORDER BY id")
    assert order == sorted(order)
    states = "SELECT state, count(*) FROM clocks_clock GROUP BY 1"
    assert books.rows(states) == [("missed", number)]
    assert node.stop() == 0


def _wait_for(books: Books, number: int) -> None:
    until(lambda: books.rows(TOLD)[0][0] >= number, what=f"{number} limits told of")


def _pause(share: float) -> None:
    """Somewhere within the next look of the ticker; no event says where that is."""
    end = time.monotonic() + 0.3 * share
    while time.monotonic() < end:
        os.sched_yield()

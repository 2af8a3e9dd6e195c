"""``python -m bench.clocks``: 100,000 running clocks on a node that serves: how soon one that is
due is told of, what looking at all of them costs, and 10,000 that are due at the same moment."""

import argparse
import os
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from bench.node import Node
from bench.table import Row, machine, show
from tongzhou.kernel import embedded

CLOCKS = 100_000
AT_ONCE = 10_000
_SINGLES = 30
_PATIENCE = 120.0
_CAST = """
from datetime import timedelta
from tongzhou.demo.cast import assemble
from tongzhou.kernel import clock
assemble(at=clock.now() - timedelta(days=1))
"""
# Limits of signals of a street, due within the next month; the line of command above sees them.
_SEED = """
INSERT INTO clocks_clock (id, rule, version, about_kind, about_id, owners, watchers, line, parties,
    exercise, phase, area, started_by, started_at, due_at, next_at, step, level, state, extended,
    data)
SELECT gen_random_uuid(), 'signal-assessment', v.id, 'signal', gen_random_uuid(), ARRAY[u.id],
    ARRAY[]::uuid[], u.line, u.line, false, '', '330106002', gen_random_uuid(),
    due - interval '48 hours', due, due, 2, 0, 'running', 0, '{}'
FROM generate_series(1, %(number)s) n
CROSS JOIN LATERAL (SELECT now() + n * interval '25 seconds' + interval '1 day' AS due) d,
    actors_unit u, library_templateversion v
JOIN library_template t ON t.id = v.template_id
WHERE u.code = 'beishan-street' AND t.kind = 'clocks' AND t.key = 'signals'
"""
_CHOSEN = """
UPDATE clocks_clock c
SET started_at = %(at)s - interval '48 hours', due_at = %(at)s, next_at = %(at)s
FROM (SELECT id FROM clocks_clock WHERE state = 'running' AND due_at > now() + interval '1 hour'
    ORDER BY id LIMIT %(number)s) chosen
WHERE c.id = chosen.id
"""
_LATENESS = """
SELECT extract(epoch FROM a.recorded_at - a.at)::float FROM ledger_act a
WHERE a.type = 'clock.missed.v1' AND a.at = ANY(%(ats)s)
"""


def main() -> int:
    """The command."""
    parser = argparse.ArgumentParser(prog="bench.clocks", description=__doc__)
    parser.add_argument("--clocks", type=int, default=CLOCKS, help="running clocks")
    options = parser.parse_args()
    home = Path(tempfile.mkdtemp(prefix="tongzhou-bench-"))
    os.environ.pop("DATABASE_URL", None)
    os.environ["TONGZHOU_HOME"] = str(home)
    rows = []
    try:
        node = Node(home)
        with embedded.lease():
            node.run("migrate", "--quiet")
            with node.database() as connection:
                found = connection.execute("SHOW server_version").fetchone()
            about = machine(found[0] if found else "?")
            node.run("manage", "shell", "-c", _CAST)
            with node.served():
                for row in measured(node, options.clocks):
                    rows.append(row)
                    sys.stderr.write(f"{row.what}: {row.figure}\n")
    finally:
        shutil.rmtree(home, ignore_errors=True)
    print("\n".join(about))
    print()
    print(show(rows))
    return 0


def measured(node: Node, clocks: int = CLOCKS) -> Iterator[Row]:
    """The rows, one after the other; the node serves, the application is not loaded yet."""
    with node.database() as connection:
        connection.execute(_SEED, {"number": clocks})
        connection.execute("VACUUM ANALYZE clocks_clock")
        yield _looking(clocks)
        yield _singly(connection, clocks)
        yield _at_once(connection, clocks)


def _looking(clocks: int) -> Row:
    """What one look at all of them costs, and one at the names and states of a page."""
    from bench import inside  # noqa: PLC0415 – the folder of the node must be known before

    inside.set_up()
    from tongzhou.actors.models import Post  # noqa: PLC0415 – after set-up
    from tongzhou.clocks import queries, ticking  # noqa: PLC0415 – after set-up
    from tongzhou.kernel import clock  # noqa: PLC0415 – after set-up

    def timed(call: Any) -> float:
        call()
        took = []
        for _ in range(20):
            began = time.perf_counter()
            call()
            took.append(time.perf_counter() - began)
        return 1000 * statistics.median(took)

    look = timed(lambda: (ticking.tick(at=clock.now()), ticking.wait(at=clock.now())))
    post = Post.objects.select_related("unit").get(person__username="shen")
    page = timed(lambda: queries.listed(visible_to=post, at=clock.now()))
    figures = timed(lambda: queries.figures(visible_to=post, at=clock.now()))
    return Row(
        f"a look at {clocks:,} running clocks",
        f"{look:.1f} ms",
        "< 1 s",
        f"median of 20; list of 50 {page:.0f} ms, figures of the page {figures:.0f} ms",
    )


def _singly(connection: psycopg.Connection[Any], clocks: int) -> Row:
    """Clocks that are due one after the other."""
    ats = []
    for number in range(_SINGLES):
        found = connection.execute(
            "SELECT now() + %s * interval '1 second'", [3 + 0.7 * number]
        ).fetchone()
        assert found is not None
        connection.execute(_CHOSEN, {"at": found[0], "number": 1})
        ats.append(found[0])
    late = _until(connection, ats, _SINGLES)
    return Row(
        f"due → told, one of {clocks:,}",
        f"median {statistics.median(late):.2f} s, worst {max(late):.2f} s",
        "< 2 s",
        f"{_SINGLES} clocks, written − due; 0.5 s are left for what is on its way",
    )


def _at_once(connection: psycopg.Connection[Any], clocks: int) -> Row:
    """Many that are due at the same moment."""
    number = min(AT_ONCE, clocks // 2)
    found = connection.execute("SELECT now() + interval '5 seconds'").fetchone()
    assert found is not None
    connection.execute(_CHOSEN, {"at": found[0], "number": number})
    late = _until(connection, [found[0]], number)
    return Row(
        f"{number:,} due at once",
        f"last {max(late):.2f} s, median {statistics.median(late):.2f} s",
        "",
        f"{number / (max(late) - 0.5):,.0f} a second, each an act in the ledger",
    )


def _until(connection: psycopg.Connection[Any], ats: list[Any], number: int) -> list[float]:
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        late = [row[0] for row in connection.execute(_LATENESS, {"ats": ats})]
        if len(late) >= number:
            assert len(late) == number, "a clock was told of twice"
            return late
        time.sleep(0.1)  # the worker is another process; the ledger is looked at ten times a second
    raise TimeoutError(f"{len(late)} of {number} clocks were told of")


if __name__ == "__main__":
    sys.exit(main())

"""kill -9 in the middle of everything: what was acknowledged is there, once; the chain holds;
the followers lost nothing and doubled nothing."""

import json
import os
import signal
import subprocess
import threading
from collections.abc import Callable
from itertools import count
from typing import Final

import psycopg
import pytest

from .conftest import Node, until
from .crash_world import MAKE_CAST, Books, Caller, shell, working

pytestmark = pytest.mark.node

TASK: Final = {
    "title": "Count the masks",
    "lead": "beishan-street",
    "due_at": "2027-01-01T12:00:00+08:00",
    "basis": "order",
}
#: Each unit that an act of collaboration is addressed to, with the notices that the follower
#: owes it. (No attempt need fail: a process waits for a database that starts again.)
OWED: Final = """
SELECT unit, a.id FROM ledger_act a CROSS JOIN unnest(a.with_units) AS unit
WHERE unit IS DISTINCT FROM a.by_unit AND a.kind <> ''
"""


def asking(caller: Caller) -> Callable[[threading.Event], None]:
    """Sends a task, and a word about it, again and again."""

    def run(stop: threading.Event) -> None:
        for number in count(1):
            # A breath, so that what was killed finds a processor to start again on.
            if stop.wait(0.02):
                return
            made = caller.post("/tasks", TASK, key=f"{caller.name}-task-{number}")
            said = {"text": f"{caller.name} {number}"}
            path = f"/tasks/{made['number']}/comment"
            caller.post(path, said, key=f"{caller.name}-word-{number}")

    return run


def kill_part(node: Node, name: str) -> None:
    """Kills a part and waits until it works again."""
    before = node.parts()[name]["pid"]
    os.kill(before, signal.SIGKILL)
    until(lambda: node.all_ready() and node.parts()[name]["pid"] != before, what=f"{name} again")


def kill_database(node: Node) -> None:
    """The same for the server of the database."""
    before = node.state()["database"]["pid"]
    os.kill(before, signal.SIGKILL)
    until(
        lambda: node.all_ready() and node.state()["database"]["pid"] not in {None, before},
        what="the database again",
    )


def test_acknowledged_acts_survive_the_death_of_every_part_once(node: Node) -> None:
    assert node.command("migrate", "--quiet").returncode == 0
    tokens = shell(node, MAKE_CAST)
    node.serve()
    callers = [Caller(node.port, tokens[name], name) for name in ("lou", "shen")]

    def more(by: int) -> None:
        before = sum(len(caller.acknowledged) for caller in callers)
        until(
            lambda: sum(len(caller.acknowledged) for caller in callers) >= before + by,
            what=f"{by} more acts",
        )

    with working(*map(asking, callers)):
        more(by=20)
        for part in ("web-1", "worker", "sealer"):
            kill_part(node, part)
            more(by=20)
        kill_database(node)
        more(by=20)

    assert [caller.strange for caller in callers] == [[], []]
    books = Books(node)
    until(books.at_rest, what="all sealed and followed")
    numbers = [
        answer["number"]
        for caller in callers
        for key, answer in caller.acknowledged.items()
        if "-task-" in key
    ]
    words = sum("-word-" in key for caller in callers for key in caller.acknowledged)
    tasks = books.rows("SELECT number FROM tasks_task")
    acts = "SELECT count(*), count(DISTINCT about_id) FROM ledger_act WHERE type = "
    comments = "SELECT count(*), count(DISTINCT text) FROM tasks_comment"
    assert sorted(numbers) == sorted(number for (number,) in tasks)
    assert books.rows(f"{acts} 'task.dispatched.v1'") == [(len(numbers), len(numbers))]
    assert books.rows(comments) == [(words, words)]
    assert books.rows(f"{acts} 'task.commented.v1'") == [(words, words)]
    given = "SELECT unit, act FROM delivery_notice"
    assert books.rows(f"{OWED} EXCEPT ALL {given}") == [], "notices that are lost"
    assert books.rows(f"{given} EXCEPT ALL {OWED}") == [], "notices that are doubled"
    assert json.loads(node.command("ledger", "verify", "--json").stdout)["verified"] is True
    assert node.stop() == 0


#: What must be the same in every run of the demonstration, however often it was begun.
FIGURES: Final = """
SELECT (SELECT count(*) FROM ledger_act), (SELECT count(*) FROM tasks_task),
    (SELECT count(*) FROM tasks_comment), (SELECT count(*) FROM incidents_dailycount),
    (SELECT count(*) FROM ledger_pending), (SELECT count(DISTINCT id) FROM ledger_act)
"""
#: A small part of the work, in a process that can be killed.
PLAY: Final = """
import json
from tongzhou.demo.play import play
print(json.dumps(play(scale=0.02)))
"""


def steps(books: Books) -> int:
    """How many steps of the demonstration are committed."""
    try:
        found = books.rows("SELECT coalesce(max(step), 0) FROM demo_run")
    except psycopg.OperationalError:
        return 0
    return int(found[0][0])


def begun(node: Node, books: Books, *, by: int) -> "subprocess.Popen[str]":
    """A player that has gone on by so many steps."""
    before = steps(books)
    player = node.begin("manage", "shell", "-c", PLAY)
    until(lambda: steps(books) >= before + by or player.poll() is not None, what=f"{by} steps more")
    assert player.poll() is None, node.output()
    return player


def test_a_demonstration_begun_three_times_is_the_same_as_one_played_at_once(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    nodes = [Node(tmp_path_factory.mktemp(name)) for name in ("killed", "whole")]
    try:
        figures = []
        for node in nodes:
            assert node.command("migrate", "--quiet").returncode == 0
            books = Books(node)
            if node is nodes[0]:
                player = begun(node, books, by=300)
                player.kill()
                player.wait(20)
                player = begun(node, books, by=300)
                server = (node.home / "postgres" / "postmaster.pid").read_text().split()[0]
                os.kill(int(server), signal.SIGKILL)
                assert player.wait(60) != 0
            summary = shell(node, PLAY)
            assert summary["verified"] is True
            figures.append(books.rows(FIGURES))
        assert figures[0] == figures[1]
        acts, tasks, comments, counts, pending, different = figures[0][0]
        assert pending == 0
        assert acts == different
        assert min(tasks, comments, counts) > 0
    finally:
        for node in nodes:
            node.clean_up()

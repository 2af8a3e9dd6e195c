"""kill -9 while the demonstration is played, of the player and of its database: the next
``tongzhou demo`` goes on, and what was committed is there once."""

import json
import os
import signal
import subprocess

import psycopg
import pytest

from tongzhou.demo import plan, scenario
from tongzhou.demo.cast import PLACES, UNITS

from .conftest import Node, until

pytestmark = pytest.mark.node


def step(address: str) -> int:
    """How many steps are committed; 0 while the database cannot be asked."""
    try:
        with psycopg.connect(address) as connection:
            row = connection.execute("SELECT step FROM demo_run").fetchone()
    except psycopg.OperationalError:
        return 0
    return int(row[0]) if row else 0


def played_until(node: Node, address: str, number: int) -> "subprocess.Popen[str]":
    """A player that has come this far."""
    playing = node.begin("demo", "--no-serve")
    until(
        lambda: step(address) >= number or playing.poll() is not None,
        what=f"{number} steps",
        seconds=90,
    )
    assert playing.poll() is None, node.output()
    return playing


def test_what_was_played_survives_the_player_and_the_database(node: Node) -> None:
    assert node.command("migrate", "--quiet").returncode == 0
    address = node.command("database-url").stdout.strip()

    playing = played_until(node, address, 100)
    playing.kill()
    playing.wait(10)
    playing = played_until(node, address, step(address) + 150)
    server = int((node.home / "postgres" / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGKILL)
    assert playing.wait(60) != 0
    playing = played_until(node, address, 500)
    playing.kill()
    playing.wait(10)

    done = plan.steps(scenario.load(), 2020)[: step(address)]
    made = {name: sum(s.act == name for s in done) for name in {s.act for s in done}}
    with psycopg.connect(address) as connection:
        found = dict(connection.execute("SELECT type, count(*) FROM ledger_act GROUP BY 1"))
    assert found["area.created.v1"] == made["places.create_area"] + len(PLACES)
    assert found["unit.created.v1"] == made["actors.create_unit"] + len(UNITS)
    parts = [s.args["parts"] for s in done if s.act == "tasks.split_task"]
    split = sum(len(part) for part in parts if isinstance(part, tuple))
    assert found["task.created.v1"] == made["tasks.send_task"] + split
    assert found["incident.graded.v1"] == made["incidents.set_grade"]
    verified = node.command("ledger", "verify", "--json")
    assert json.loads(verified.stdout)["verified"] is True, verified.stderr

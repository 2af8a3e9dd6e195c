"""``tongzhou database-url``: other tools find the embedded database."""

import os
from pathlib import Path

import psycopg
import pytest

from .conftest import Node, alive, until

pytestmark = pytest.mark.node


def test_the_address_can_be_connected_to_until_it_is_given_back(node: Node) -> None:
    assert node.command("migrate", "--quiet").returncode == 0

    printed = node.command("database-url")

    assert printed.returncode == 0
    assert "--stop" in printed.stderr
    with psycopg.connect(printed.stdout.strip()) as connection:
        row = connection.execute("SELECT current_database()").fetchone()
    assert row == ("tongzhou",)
    pid = int((node.home / "postgres" / "postmaster.pid").read_text().split()[0])
    assert node.command("database-url", "--stop").returncode == 0
    until(lambda: not alive(pid), what="the server stopped", seconds=10)


def test_a_database_of_ones_own_is_only_named(node: Node, tmp_path: Path) -> None:
    node.environment["DATABASE_URL"] = "postgresql://elsewhere/db"

    printed = node.command("database-url")

    assert printed.stdout.strip() == "postgresql://elsewhere/db"
    assert printed.stderr == ""


def test_a_long_path_is_no_obstacle(tmp_path: Path) -> None:
    home = tmp_path / ("l" * 90) / "state"
    home.mkdir(parents=True)
    node = Node(home)
    try:
        printed = node.command("database-url")

        assert printed.returncode == 0, printed.stderr
        assert len(os.fsencode(home)) > 100
        address = printed.stdout.strip().replace("/tongzhou?", "/postgres?")
        with psycopg.connect(address) as connection:
            assert connection.execute("SELECT 1").fetchone() == (1,)
    finally:
        node.clean_up()

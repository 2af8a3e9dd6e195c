"""What one can do with the ledger from the command line, on acts that were really made."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest

from actscope.acts import read_actors, read_acts
from tongzhou.ledger import check_proof

from .conftest import Node, until

pytestmark = [pytest.mark.node, pytest.mark.xdist_group("ledger-commands")]
PASSWORD = "a boat for all of us"


@pytest.fixture(scope="module")
def acted(home: Path) -> Iterator[Node]:
    """An installation with a few sealed acts, shared: who changes it mends it again."""
    node = Node(home)
    try:
        yield _acted(node)
    finally:
        node.clean_up()


def _acted(node: Node) -> Node:
    assert node.command("migrate", "--quiet").returncode == 0
    made = node.command(
        "create-admin", "--username", "keeper", "--password-stdin", input=PASSWORD + "\n"
    )
    assert made.returncode == 0, made.stderr
    node.serve()
    until(lambda: verified(node)["acts"] > 0, what="acts sealed")
    return node


def verified(node: Node) -> dict[str, object]:
    """What ``tongzhou ledger verify --json`` prints."""
    return json.loads(node.command("ledger", "verify", "--json").stdout)


def owner(node: Node) -> psycopg.Connection:
    """A connection of somebody who has every right, past the application."""
    return psycopg.connect(node.command("database-url").stdout.strip(), autocommit=True)


def test_what_was_done_is_verified_proved_and_exported(acted: Node, tmp_path: Path) -> None:
    with owner(acted) as connection:
        (act,) = connection.execute("SELECT act_id FROM ledger_seal LIMIT 1").fetchone() or ("",)
    proof, table, units = (tmp_path / name for name in ("proof.json", "acts.parquet", "units.csv"))

    proved = acted.command("ledger", "prove", str(act), "--output", str(proof))
    checked = subprocess.run(
        [sys.executable, "-I", str(Path(check_proof.__file__)), str(proof)],
        capture_output=True,
        text=True,
        check=False,
    )
    exported = acted.command("ledger", "export", str(table), "--actors", str(units))

    assert proved.returncode == 0, proved.stderr
    assert checked.returncode == 0, checked.stdout
    assert exported.returncode == 0, exported.stderr
    assert str(verified(acted)["acts"]) in exported.stdout
    assert read_acts(table).table.num_rows == verified(acted)["acts"]
    assert read_actors(units).table.num_rows > 0


def test_a_changed_act_is_named_and_the_exit_code_is_1(acted: Node) -> None:
    with owner(acted) as connection:
        row = connection.execute(
            "UPDATE ledger_act SET at = at - interval '1 day' WHERE id ="
            " (SELECT act_id FROM ledger_seal ORDER BY position DESC LIMIT 1) RETURNING id"
        ).fetchone()
    try:
        done = acted.command("ledger", "verify", "--json")
        told = acted.command("ledger", "verify")

        assert done.returncode == told.returncode == 1
        fault = json.loads(done.stdout)["first_fault"]
        assert (fault["code"], fault["act"]) == ("act-changed", str(row[0] if row else ""))
        assert "act-changed" in told.stdout
    finally:
        with owner(acted) as connection:
            connection.execute(
                "UPDATE ledger_act SET at = at + interval '1 day' WHERE id = %s", row
            )


def test_an_act_that_is_not_there_cannot_be_proved(acted: Node) -> None:
    done = acted.command("ledger", "prove", "0197a0de-0000-7000-8000-000000000000")

    assert done.returncode == 1
    assert done.stderr.startswith("not-found:")


def test_a_file_that_cannot_be_written_is_named(acted: Node, tmp_path: Path) -> None:
    done = acted.command("ledger", "export", str(tmp_path / "none" / "acts.parquet"))

    assert done.returncode == 1
    assert done.stderr.startswith("cannot-write:")


def test_acts_of_an_incident_that_is_not_there_cannot_be_exported(
    acted: Node, tmp_path: Path
) -> None:
    done = acted.command("ledger", "export", str(tmp_path / "a.parquet"), "--incident", "nothing")

    assert done.returncode == 1
    assert done.stderr.startswith("unknown-incident:")
    assert not list(tmp_path.iterdir())


def test_a_hash_that_no_block_has_is_told_as_such(acted: Node) -> None:
    done = acted.command("ledger", "verify", "--head", "00ff")

    assert done.returncode == 1
    assert done.stdout.startswith("The chain holds, but none of its")

"""What was backed up comes back whole, and a restore never leaves half of something."""

import json
import subprocess
import sys
import tarfile
from pathlib import Path

import psycopg
import pytest

from tongzhou.kernel.ids import new_id

from .conftest import Node

pytestmark = pytest.mark.node


@pytest.fixture
def filled(node: Node) -> Node:
    """An installation with a row and a file."""
    assert node.command("migrate", "--quiet").returncode == 0
    with connected(node) as connection:
        connection.execute("TRUNCATE kernel_keptanswer")
        connection.execute(
            "INSERT INTO kernel_keptanswer (caller, key, request, status, body, content_type, at)"
            " VALUES ('somebody', 'key', '', 200, 'kept', 'text/plain', now())"
        )
    (node.home / "files" / "ab").mkdir(parents=True, exist_ok=True)
    (node.home / "files" / "ab" / "map.txt").write_text("西湖区", encoding="utf-8")
    return node


def connected(node: Node) -> psycopg.Connection:
    """A connection as the owner, to the server that is left running for it."""
    address = node.command("database-url").stdout.strip()
    return psycopg.connect(address, autocommit=True)


def rows(node: Node) -> list[tuple[str, bytes]]:
    """The rows that the test put there."""
    with connected(node) as connection:
        found = connection.execute("SELECT caller, body FROM kernel_keptanswer ORDER BY caller")
        return [(row[0], bytes(row[1])) for row in found]


def test_a_backup_comes_back_whole(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    assert filled.command("backup", str(archive)).returncode == 0
    with connected(filled) as connection:
        connection.execute("UPDATE kernel_keptanswer SET body = 'other'")
    (filled.home / "files" / "ab" / "map.txt").unlink()
    (filled.home / "files" / "later.txt").write_text("later", encoding="utf-8")

    done = filled.command("restore", str(archive))

    assert done.returncode == 0, done.stderr
    assert "The chain holds" in done.stdout
    assert rows(filled) == [("somebody", b"kept")]
    files = {p.relative_to(filled.home) for p in (filled.home / "files").rglob("*.txt")}
    assert files == {Path("files/ab/map.txt")}
    assert "西湖区" in (filled.home / "files" / "ab" / "map.txt").read_text(encoding="utf-8")


def test_the_rights_of_the_roles_come_back_too(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    assert filled.command("backup", str(archive)).returncode == 0

    assert filled.command("restore", str(archive)).returncode == 0

    with connected(filled) as connection:
        connection.execute("SET ROLE tongzhou_web")
        connection.execute("SELECT count(*) FROM ledger_act")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM ledger_act")


def test_a_database_that_holds_something_is_not_replaced(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    assert filled.command("backup", str(archive)).returncode == 0
    with connected(filled) as connection:
        _insert_person(connection)

    refused = filled.command("restore", str(archive))
    with connected(filled) as connection:
        left = connection.execute("SELECT count(*) FROM actors_person").fetchone()
    forced = filled.command("restore", "--force", str(archive))

    assert refused.returncode == 1
    assert refused.stderr.startswith("not-empty:")
    assert left == (1,)
    assert forced.returncode == 0, forced.stderr


def _insert_person(connection: psycopg.Connection) -> None:
    """Somebody, whatever columns a person has."""
    columns = connection.execute(
        "SELECT column_name, data_type FROM information_schema.columns"
        " WHERE table_name = 'actors_person' AND is_nullable = 'NO'"
    ).fetchall()
    values = {
        "uuid": str(new_id()),
        "boolean": False,
        "timestamp with time zone": "2020-01-23T00:00:00Z",
        "integer": 0,
        "smallint": 0,
        "bigint": 1,
        "jsonb": "{}",
        "ARRAY": "{}",
    }
    names = ", ".join(name for name, _ in columns)
    places = ", ".join("%s" for _ in columns)
    connection.execute(
        f"INSERT INTO actors_person ({names}) VALUES ({places})",
        [values.get(kind, "x") for _, kind in columns],
    )


def test_a_broken_archive_changes_nothing(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    assert filled.command("backup", str(archive)).returncode == 0
    broken = tmp_path / "broken.tar"
    with tarfile.open(archive) as whole, tarfile.open(broken, "w") as half:
        for member in whole:
            content = whole.extractfile(member).read() if member.isreg() else b""
            if member.name == "database.dump":
                content = content[: len(content) * 2 // 3]
                member.size = len(content)
            _add(half, member, content)

    done = filled.command("restore", str(broken))

    assert done.returncode == 1
    assert done.stderr.startswith("database-program-failed:")
    assert rows(filled) == [("somebody", b"kept")]
    assert (filled.home / "files" / "ab" / "map.txt").exists()


def _add(archive: tarfile.TarFile, member: tarfile.TarInfo, content: bytes) -> None:
    path = Path(archive.name).with_suffix(".member")
    path.write_bytes(content)
    with path.open("rb") as file:
        archive.addfile(member, file)


def test_an_archive_is_not_written_over_unasked(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    archive.write_text("mine", encoding="utf-8")

    done = filled.command("backup", str(archive))

    assert done.returncode == 1
    assert done.stderr.startswith("file-exists:")
    assert archive.read_text(encoding="utf-8") == "mine"
    assert filled.command("backup", "--force", str(archive)).returncode == 0


def test_nothing_is_restored_while_somebody_serves(filled: Node, tmp_path: Path) -> None:
    archive = tmp_path / "backup.tar"
    assert filled.command("backup", str(archive)).returncode == 0
    filled.serve()

    done = filled.command("restore", str(archive))

    assert done.returncode == 1
    assert done.stderr.startswith("already-serving:")


def test_a_backup_can_be_made_while_everything_runs(filled: Node, tmp_path: Path) -> None:
    filled.serve()

    done = filled.command("backup", str(tmp_path / "backup.tar"))

    assert done.returncode == 0, done.stderr
    assert filled.all_ready()


def test_verify_prints_one_json_object(filled: Node) -> None:
    done = filled.command("ledger", "verify", "--json")

    found = json.loads(done.stdout)
    assert done.returncode == 0
    assert {"acts", "blocks", "verified", "first_fault"} <= found.keys()
    assert found["verified"] is True


def test_a_demonstration_is_forgotten_and_nothing_else_is(filled: Node) -> None:
    forget = "from tongzhou.cli import demo; demo._forget()"
    with connected(filled) as connection:
        _insert_person(connection)

    refused = python(filled, forget)
    with connected(filled) as connection:
        connection.execute(
            "INSERT INTO demo_run (scenario, seed, step, steps, data, started_at)"
            " VALUES ('one', 1, 1, 1, '', now())"
        )
    forgotten = python(filled, forget)

    assert "not-a-demo" in refused.stderr or "holds more" in refused.stderr
    assert refused.returncode == 1
    assert forgotten.returncode == 0, forgotten.stderr
    with connected(filled) as connection:
        left = connection.execute("SELECT to_regclass('public.actors_person')").fetchone()
    assert left == (None,)
    assert not (filled.home / "files").exists()
    assert filled.command("migrate", "--quiet").returncode == 0


def python(node: Node, code: str) -> "subprocess.CompletedProcess[str]":
    """Runs Python in the installation; its server was left running."""
    return subprocess.run(
        [sys.executable, "-c", code],
        env=node.environment,
        capture_output=True,
        text=True,
        check=False,
    )

"""A PostgreSQL of one's own, with and without the right to make roles."""

from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from tongzhou.kernel import database_part

from .conftest import Node

pytestmark = pytest.mark.node


@pytest.fixture
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Node]:
    """Somebody's PostgreSQL: the embedded one of another folder will do."""
    made = Node(tmp_path_factory.mktemp("own"))
    made.command("database-url")
    yield made
    made.clean_up()


Installation = Callable[[str], Node]


@pytest.fixture
def installation(server: Node, tmp_path: Path) -> Iterator[Installation]:
    """``installation("CREATEROLE")`` – with a database on that server, owned by an account
    that has these rights."""
    made: list[Node] = []

    def make(rights: str) -> Node:
        made.append(_made(server, tmp_path, rights=rights))
        return made[-1]

    yield make
    for node in made:
        node.clean_up()


def _made(server: Node, home: Path, *, rights: str) -> Node:
    address = server.command("database-url").stdout.strip()
    with psycopg.connect(address.replace("/tongzhou?", "/postgres?"), autocommit=True) as keeper:
        keeper.execute(f"CREATE ROLE keeper LOGIN {rights}")
        keeper.execute("CREATE DATABASE province OWNER keeper")
    node = Node(home)
    socket = address.partition("host=")[2]
    node.environment["DATABASE_URL"] = f"postgresql://keeper@/province?host={socket}"
    return node


def test_everything_runs_on_it(installation: Installation, tmp_path: Path) -> None:
    node = installation("CREATEROLE")

    node.serve()

    assert node.answers() < 500, node.output()
    assert "DATABASE_URL" in node.output()
    assert not (tmp_path / "postgres").exists()
    with psycopg.connect(node.environment["DATABASE_URL"]) as connection:
        found = connection.execute(
            "SELECT rolname, rolcanlogin FROM pg_roles WHERE rolname = ANY(%s) ORDER BY 1",
            [list(database_part.ROLES.values())],
        ).fetchall()
        assert found == [("tongzhou_sealer", False), ("tongzhou_web", False)]
        connection.execute("SET ROLE tongzhou_web")
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            connection.execute("DELETE FROM ledger_act")
    assert node.stop() == 0
    backed_up = node.command("backup", str(tmp_path / "backup.tar"))
    assert backed_up.returncode == 0, backed_up.stderr
    restored = node.command("restore", "--force", str(tmp_path / "backup.tar"))
    assert restored.returncode == 0, restored.stderr


def test_without_the_right_to_make_roles_it_says_what_to_do(installation: Installation) -> None:
    node = installation("NOCREATEROLE")

    refused = node.command("migrate")
    node.environment["TONGZHOU_DB_WITHOUT_ROLES"] = "1"
    warned = node.command("migrate", "--quiet")

    assert refused.returncode == 1
    assert refused.stderr.startswith("roles-not-allowed:")
    assert "CREATE ROLE tongzhou_web" in refused.stderr
    assert warned.returncode == 0, warned.stderr
    assert warned.stderr.startswith("Warning:")
    verified = node.command("ledger", "verify")
    assert verified.returncode == 0, verified.stderr


def test_an_address_that_is_none_is_told(tmp_path: Path) -> None:
    node = Node(tmp_path)
    node.environment["DATABASE_URL"] = "not an address"

    done = node.command("ledger", "verify")

    assert done.returncode == 1
    assert done.stderr.startswith("database-url:")

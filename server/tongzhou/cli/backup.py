"""``tongzhou backup FILE``: database and files in one archive, while everything runs on."""

import argparse
import os
import tempfile
from datetime import UTC, datetime
from pathlib import Path

import psycopg

from tongzhou.cli import archive
from tongzhou.kernel import database, database_programs
from tongzhou.kernel.home import home
from tongzhou.kernel.terminal import Fault, words

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """Where to."""
    parser.add_argument("file", type=Path, metavar="FILE.tar")
    parser.add_argument(
        "--force", action="store_true", help=_("write over an archive of that name")
    )


def run(options: argparse.Namespace) -> int:
    """Writes the archive."""
    if options.file.exists() and not options.force:
        raise Fault("file-exists", _("%(file)s exists already.") % {"file": options.file})
    if not os.access(options.file.absolute().parent, os.W_OK):
        raise Fault("cannot-write", _("Cannot write to %(file)s.") % {"file": options.file})
    with tempfile.TemporaryDirectory(dir=home(), prefix="backup-") as name:
        dump = Path(name) / archive.DUMP
        with (
            database.told_plainly(),
            psycopg.connect(database.address("owner"), autocommit=True) as connection,
        ):
            major = database_programs.server_major(connection)
            acts, head = _head(connection)
            # The database first: every file that it knows of was written before it knew.
            database_programs.run("pg_dump", "--format=custom", f"--file={dump}", major=major)
        made_at = datetime.now(UTC).isoformat(timespec="seconds")
        archive.write(
            options.file,
            archive.Manifest(made_at=made_at, server_major=major, acts=acts, head=head),
            dump=dump,
            files=home() / archive.FILES,
        )
    told = {"file": options.file, "acts": acts, "size": options.file.stat().st_size / 1e6}
    print(_("%(file)s: %(acts)d acts, %(size).1f MB") % told)
    return 0


def _head(connection: psycopg.Connection) -> tuple[int, str]:
    """Number of sealed acts, and the hash of the last block."""
    row = connection.execute(
        "SELECT last, hash FROM ledger_block ORDER BY number DESC LIMIT 1"
    ).fetchone()
    return (row[0], bytes(row[1]).hex()) if row else (0, "")

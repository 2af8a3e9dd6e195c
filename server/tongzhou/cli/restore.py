"""``tongzhou restore FILE``: what ``backup`` wrote comes back, all of it or nothing."""

import argparse
import shutil
from pathlib import Path

import psycopg

from tongzhou.cli import archive, notes, serve
from tongzhou.cli.ledger import sentence
from tongzhou.cli.occupied import nobody_serves
from tongzhou.kernel import database, database_programs, embedded, grants
from tongzhou.kernel.database_part import is_embedded
from tongzhou.kernel.home import home
from tongzhou.kernel.terminal import Fault, words
from tongzhou.ledger.verify import verify

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """From where, and over what."""
    parser.add_argument("file", type=Path, metavar="FILE.tar")
    parser.add_argument(
        "--force", action="store_true", help=_("replace what the database holds now")
    )


def run(options: argparse.Namespace) -> int:
    """0 when everything is back and the chain holds. 1 when it does not hold."""
    unpacked = home() / "restore.new"
    with nobody_serves(), database.told_plainly():
        if is_embedded():
            address = database.address("owner", name=embedded.OWNER)
            with psycopg.connect(address, autocommit=True) as connection:
                grants.make_database(connection, database.NAME)
        with psycopg.connect(database.address("owner"), autocommit=True) as connection:
            if not options.force and database.holds_something(connection):
                raise Fault(
                    "not-empty",
                    _("The database is not empty. --force replaces everything in it."),
                )
            major = database_programs.server_major(connection)
        try:
            manifest = archive.unpack(options.file, unpacked)
            notes.forget()
            _replace_tables(unpacked, major)
            _replace_files(unpacked)
        finally:
            shutil.rmtree(unpacked, ignore_errors=True)
        serve.migrate()
        with psycopg.connect(database.address("owner"), autocommit=True) as connection:
            found = verify(connection, head=manifest.head)
    print(sentence(found))
    return 0 if found.verified else 1


def _replace_tables(unpacked: Path, major: int) -> None:
    """Old tables away and new ones in, in one transaction: on any error nothing changes."""
    script = unpacked / "script.sql"
    database_programs.write_script(unpacked / archive.DUMP, script, major=major)
    database_programs.run(
        "psql",
        "--no-psqlrc",
        "--quiet",
        "--set=ON_ERROR_STOP=1",
        "--single-transaction",
        "--command=SET client_min_messages = warning",
        "--command=DROP SCHEMA public CASCADE",
        "--command=CREATE SCHEMA public",
        f"--file={script}",
        major=major,
    )


def _replace_files(unpacked: Path) -> None:
    files, old = home() / archive.FILES, home() / "files.old"
    shutil.rmtree(old, ignore_errors=True)
    if files.exists():
        files.rename(old)
    if (unpacked / archive.FILES).is_dir():
        (unpacked / archive.FILES).rename(files)
    shutil.rmtree(old, ignore_errors=True)

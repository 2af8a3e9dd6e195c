"""``tongzhou demo``: plays “Zhejiang, spring 2020” once, then serves it."""

import argparse
import importlib
import json
import os
import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import psycopg

from tongzhou.cli import migrated, notes, serve
from tongzhou.cli.columns import table
from tongzhou.cli.occupied import nobody_serves
from tongzhou.kernel import database
from tongzhou.kernel.database_part import VARIABLE
from tongzhou.kernel.home import home
from tongzhou.kernel.terminal import Fault, language, words

_ = words("cli")


def arguments(parser: argparse.ArgumentParser) -> None:
    """How to play, and where to serve."""
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help=_("folder with the real daily counts")
    )
    parser.add_argument("--seed", type=int, default=2020, help=_("the same seed plays the same"))
    parser.add_argument("--reset", action="store_true", help=_("forget everything and play again"))
    parser.add_argument("--no-serve", action="store_true", help=_("only play"))
    parser.add_argument(
        "--json", action="store_true", help=_("with --no-serve: print one JSON object")
    )
    serve.arguments(parser)


def run(options: argparse.Namespace) -> int:
    """Plays what was not played yet; then this process becomes ``tongzhou serve``."""
    if options.data is not None and not options.data.is_dir():
        raise Fault("no-folder", _("%(folder)s is no folder.") % {"folder": options.data})
    with nobody_serves(), database.told_plainly():
        if options.reset:
            _forget()
        if migrated.up_to_date():
            known = notes.read(_note())
        else:
            serve.migrate()
            known = None
        if known is None or options.json or options.no_serve:
            known, code = _play(options)
            if code or options.no_serve:
                return code
    if not options.json:
        print(known, flush=True)
    arguments = ["--host", options.host, "--port", str(options.port), "--web", str(options.web)]
    os.environ.pop(VARIABLE, None)
    command = [*serve.COMMAND, "serve", *arguments]
    os.execv(command[0], command)  # noqa: S606 – our own command; the supervisor stays small


def _note() -> str:
    """Under this name stands what the demonstration is and as whom one can sign in, in the
    language of the terminal: a second start need not ask the database."""
    return f"played-{language()}"


def _play(options: argparse.Namespace) -> tuple[str, int]:
    """Plays as the web role, through the act functions. Returns what there is to tell, and
    the exit code: 1 when the chain does not hold."""
    os.environ[VARIABLE] = "web"
    applications = importlib.import_module("tongzhou.cli.applications")
    applications.load()
    play = importlib.import_module("tongzhou.demo.play")
    with applications.told_plainly():
        summary: Mapping[str, object] = play.play(
            seed=options.seed, data=options.data, progress=not options.json
        )
        text = _told(summary, play.accounts())
    if options.json:
        print(json.dumps(summary), flush=True)
    elif options.no_serve or not summary["verified"]:
        print(text, flush=True)
    if summary["verified"]:
        notes.write(_note(), text)
    return text, 0 if summary["verified"] else 1


def _told(summary: Mapping[str, object], accounts: Sequence[Mapping[str, str]]) -> str:
    """What stands in the database, and as whom one can sign in."""
    chain = _("the chain of acts holds") if summary["verified"] else _("the chain is broken")
    head = _("%(acts)s acts of %(units)s units in %(areas)s areas, %(tasks)s tasks; %(chain)s.") % {
        **summary,
        "chain": chain,
    }
    rows = [(_("role"), _("username"), _("password"), _("unit"))]
    rows += [(a["role"], a["username"], a["password"], a["unit"]) for a in accounts]
    return f"{head}\n\n{table(rows)}\n"


def _forget() -> None:
    """Empties the database of a demonstration. Refuses any other that holds something."""
    with psycopg.connect(database.address("owner"), autocommit=True) as connection:
        if database.holds_something(connection) and not _is_demo(connection):
            raise Fault(
                "not-a-demo",
                _("This database holds more than the demonstration; it is left alone."),
            )
        notes.forget()
        with connection.transaction():
            connection.execute("SET LOCAL client_min_messages = warning")
            connection.execute("DROP SCHEMA IF EXISTS public CASCADE")
            connection.execute("CREATE SCHEMA public")
    shutil.rmtree(home() / "files", ignore_errors=True)


def _is_demo(connection: psycopg.Connection) -> bool:
    there = connection.execute("SELECT to_regclass('public.demo_run')").fetchone()
    if there is None or there[0] is None:
        return False
    row = connection.execute("SELECT EXISTS (SELECT 1 FROM demo_run)").fetchone()
    return bool(row and row[0])

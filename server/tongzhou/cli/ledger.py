"""``tongzhou ledger``: verify the chain, export the acts, prove one act."""

import argparse
import json
import sys
from pathlib import Path
from typing import Final
from uuid import UUID

import psycopg

from tongzhou.kernel import database
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.terminal import Fault, words
from tongzhou.ledger.export import export
from tongzhou.ledger.prove import prove
from tongzhou.ledger.verify import Verification, verify

_ = words("cli")

_ACTORS: Final = """
COPY (SELECT u.id AS unit, u.name_zh, u.name_en, u.sector, u.level, a.code AS area
    FROM actors_unit u JOIN places_area a ON a.id = u.area_id ORDER BY u.code)
TO STDOUT WITH (FORMAT csv, HEADER)
"""


def arguments(parser: argparse.ArgumentParser) -> None:
    """Three things that can be done with the ledger."""
    choices = parser.add_subparsers(dest="what", required=True, metavar="verify|export|prove")
    checking = choices.add_parser("verify", help=_("hash every act again and check every block"))
    checking.add_argument("--json", action="store_true", help=_("print one JSON object"))
    checking.add_argument(
        "--head", default="", metavar="HASH", help=_("a block hash noted earlier must be there")
    )
    writing = choices.add_parser("export", help=_("write all sealed acts as Parquet"))
    writing.add_argument("file", type=Path, metavar="FILE.parquet")
    writing.add_argument("--incident", default="", metavar="CODE", help=_("of one incident only"))
    writing.add_argument(
        "--actors", type=Path, metavar="FILE.csv", help=_("write the names of the units too")
    )
    writing.add_argument("--exercises", action="store_true", help=_("acts in exercises too"))
    proving = choices.add_parser("prove", help=_("print the proof that an act is in it"))
    proving.add_argument("act", type=UUID, metavar="ACT")
    proving.add_argument("--output", type=Path, metavar="FILE", help=_("write it to a file"))


def run(options: argparse.Namespace) -> int:
    """0: done, and for ``verify`` the chain holds. 1: it does not."""
    with (
        database.told_plainly(),
        psycopg.connect(database.address("web"), autocommit=True) as connection,
    ):
        match options.what:
            case "verify":
                return _verify(connection, options)
            case "export":
                return _export(connection, options)
            case _:
                return _prove(connection, options)


def _verify(connection: psycopg.Connection, options: argparse.Namespace) -> int:
    found = verify(connection, head=options.head)
    if options.json:
        print(json.dumps(found.to_dict()))
    else:
        print(sentence(found))
    return 0 if found.verified else 1


def sentence(found: Verification) -> str:
    """What was found, for a reader."""
    fault = found.first_fault
    if fault is None:
        return _("The chain holds: %(acts)d acts in %(blocks)d blocks. Head: %(head)s") % {
            "acts": found.acts,
            "blocks": found.blocks,
            "head": found.head,
        }
    if fault.code == "head-differs":
        return _(
            "The chain holds, but none of its %(blocks)d blocks has the hash that was given: it "
            "was mistyped, or noted from another chain."
        ) % {"blocks": found.blocks}
    return _(
        "The chain is broken (%(code)s): block %(block)s, position %(position)s, act %(act)s."
    ) % {
        "code": fault.code,
        "block": _known(fault.block),
        "position": _known(fault.position),
        "act": _known(fault.act),
    }


def _known(value: object) -> object:
    return "–" if value is None else value


def _export(connection: psycopg.Connection, options: argparse.Namespace) -> int:
    incident = _incident(connection, options.incident) if options.incident else ""
    try:
        written = export(connection, options.file, incident=incident, exercises=options.exercises)
        named = _export_actors(connection, options.actors) if options.actors else 0
    except OSError as error:
        raise Fault("cannot-write", f"{error.filename}: {error.strerror}") from error
    print(_("%(count)d acts written to %(file)s") % {"count": written, "file": options.file})
    if options.actors:
        print(_("%(count)d units written to %(file)s") % {"count": named, "file": options.actors})
    return 0


def _export_actors(connection: psycopg.Connection, target: Path) -> int:
    """All units as ``actscope`` reads a table of actors. Returns their number."""
    with connection.cursor() as cursor:
        with target.open("wb") as file, cursor.copy(_ACTORS) as copy:
            for chunk in copy:
                file.write(chunk)
        return cursor.rowcount


def _incident(connection: psycopg.Connection, code: str) -> str:
    """The id of the incident with this code. Raises Fault."""
    found = connection.execute(
        "SELECT id::text FROM incidents_incident WHERE code = %s", [code]
    ).fetchone()
    if found is None:
        raise Fault(
            "unknown-incident",
            _("No incident has the code “%(code)s”.") % {"code": code},
        )
    return str(found[0])


def _prove(connection: psycopg.Connection, options: argparse.Namespace) -> int:
    try:
        proof = prove(connection, options.act)
    except NotFound as error:
        raise Fault(
            "not-found", _("There is no sealed act %(act)s.") % {"act": options.act}
        ) from error
    text = json.dumps(proof, ensure_ascii=False, indent=1) + "\n"
    if options.output is None:
        sys.stdout.write(text)
    else:
        _write(options.output, text)
        print(_("The proof was written to %(file)s") % {"file": options.output})
    return 0


def _write(target: Path, text: str) -> None:
    try:
        target.write_text(text, encoding="utf-8")
    except OSError as error:
        raise Fault("cannot-write", f"{target}: {error.strerror}") from error

"""``actscope check ACTS [--actors A]``: what is wrong with tables, row by row, and nothing else."""

import argparse
from typing import Any

from actscope.acts.reading import TableRefusedError, check_actors, check_table
from actscope.acts.schema import SCHEMAS
from actscope.cli import options as shared
from actscope.cli.answer import Answer
from actscope.cli.main import report_lines

_REPORT = {
    "table": "which table",
    "rows": "data rows",
    "ok": "whether it can be read",
    "errors": "how many",
    "warnings": "how many",
    "counts": "problems by code",
    "issues": "the problems, at most 100 rows for each code and field",
}
SHAPE: Any = {**_REPORT, "actors": "the same of the table of actors, or null"}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "a table of acts, or of --kind")
    parser.add_argument("--kind", choices=tuple(SCHEMAS), default="acts", help="what is in it")
    parser.add_argument("--actors", help="a table of actors to check beside it")
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """The reports."""
    report = check_table(options.file, options.kind, zone=options.zone)
    actors = check_actors(options.actors, zone=options.zone) if options.actors else None
    reports = [report, *([actors] if actors else [])]
    return Answer(
        value={**report.to_dict(), "actors": actors.to_dict() if actors else None},
        lines=[line for one in reports for line in report_lines(one, options.language)],
        refused=next((TableRefusedError(one) for one in reports if not one.ok), None),
    )

"""The command ``actscope``: check a table, or sum it up."""

import argparse
import json
import sys
from collections.abc import Sequence
from typing import Any

from actscope import __version__
from actscope.acts import (
    Report,
    TableRefusedError,
    check_actors,
    check_acts,
    read_actors,
    read_acts,
)
from actscope.days import SpanTooLongError
from actscope.summary import COLUMNS, summary
from actscope.zones import UnknownZoneError

REFUSED = 1


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; gives 0, or 1 when the data were refused. Wrong usage exits with 2."""
    options = _parser().parse_args(arguments)
    return _check(options) if options.command == "check" else _summary(options)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="actscope", description="Check and sum up tables of collaborative acts."
    )
    parser.add_argument("--version", action="version", version=f"actscope {__version__}")
    commands = parser.add_subparsers(dest="command", required=True)

    shared = argparse.ArgumentParser(add_help=False)
    shared.add_argument("file", help="a Parquet, CSV or DuckDB file")
    shared.add_argument("--json", action="store_true", help="print JSON")
    shared.add_argument("--zone", help="time zone of times that carry none, e.g. Asia/Shanghai")
    shared.add_argument(
        "--language", choices=("en", "zh"), default="en", help="language of the sentences"
    )

    check = commands.add_parser("check", parents=[shared], help="say what is wrong with a table")
    check.add_argument("--kind", choices=("acts", "actors"), default="acts")

    total = commands.add_parser(
        "summary", parents=[shared], help="ties, acts per day and hand-overs of a table of acts"
    )
    total.add_argument("--actors", help="a table of units, for names and for those without acts")
    total.add_argument("--day-zone", default="UTC", help="time zone in which days begin and end")
    return parser


def _check(options: argparse.Namespace) -> int:
    check = check_acts if options.kind == "acts" else check_actors
    report = check(options.file, zone=options.zone)
    if options.json:
        _print_json(report.to_dict())
    else:
        print("\n".join(_report_lines(report, options.language)))
    return 0 if report.ok else REFUSED


def _summary(options: argparse.Namespace) -> int:
    try:
        acts = read_acts(options.file, zone=options.zone, columns=COLUMNS)
        actors = read_actors(options.actors, zone=options.zone) if options.actors else None
        result = summary(acts.table, actors=actors.table if actors else None, zone=options.day_zone)
    except TableRefusedError as error:
        print("\n".join(_report_lines(error.report, options.language)), file=sys.stderr)
        return REFUSED
    except (UnknownZoneError, SpanTooLongError) as error:
        print(f"{error.code}: {error}", file=sys.stderr)
        return REFUSED
    for reading in filter(None, (acts, actors)):
        if reading.report.issues:
            print("\n".join(_report_lines(reading.report, options.language)), file=sys.stderr)
    if options.json:
        _print_json(result)
    else:
        print("\n".join(_summary_lines(result)))
    return 0


def _print_json(value: dict[str, Any]) -> None:
    print(json.dumps(value, ensure_ascii=False, allow_nan=False, indent=2))


def _report_lines(report: Report, language: str) -> list[str]:
    head = f"{report.table}: {report.rows} rows, {report.errors} errors, {report.warnings} warnings"
    lines = [f"{i.level} {i.code}: {i.sentence(language)}" for i in report.issues]
    unlisted = report.errors + report.warnings - len(report.issues)
    return [head, *lines, *([f"… and {unlisted} more"] if unlisted else [])]


def _summary_lines(result: dict[str, Any]) -> list[str]:
    whole, tempo, moves = result["ties"]["whole"], result["tempo"], result["hand_overs"]
    days = tempo["days"]
    return [
        f"{result['acts']} acts",
        f"ties: {_shown(len(whole['ties']), whole)} among {whole['units']} units, "
        f"density {_figure(whole['density'])}, reciprocity {_figure(whole['reciprocity'])} "
        f"(n {whole['n']}, missing {whole['missing']})",
        f"tempo: {_figure(tempo['all_kinds']['total'])} acts on {len(days)} days"
        + (f", {days[0]} to {days[-1]}" if days else "")
        + f" (n {tempo['n']}, missing {tempo['missing']})",
        f"hand-overs: {_figure(moves['bottom']['number'])} in {moves['bottom']['cases']} cases, "
        f"median wait {_figure(moves['bottom']['median_wait_hours'])} h "
        f"(n {moves['n']}, missing {moves['missing']})",
    ]


def _shown(number: int, network: dict[str, Any]) -> str:
    return "suppressed" if network["suppressed"] else str(number)


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.4g}" if isinstance(value, float) else str(value)


if __name__ == "__main__":
    sys.exit(main())

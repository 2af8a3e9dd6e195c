"""``actscope process --acts F --case c --time c --resource c``: how cases pass from hand to hand,
where they wait and how long they take."""

import argparse
from datetime import UTC, datetime

import pyarrow as pa

from actscope.acts.reading import Reading, read_columns
from actscope.acts.schema import Column, Type
from actscope.cli import options as shared
from actscope.cli.answer import Answer
from actscope.cli.processes.shape import SHAPE, lines_of
from actscope.cli.processes.suppressing import suppressed
from actscope.errors import InputError
from actscope.process.blocking import blocking
from actscope.process.closing import (
    Closings,
    closed_at_last_event,
    closed_by_activity,
    closed_by_time,
    last_filled,
)
from actscope.process.conformance import conformance
from actscope.process.deadlines import deadlines
from actscope.process.directly_follows import directly_follows
from actscope.process.events import EventLog, event_log
from actscope.process.handing_over import handing_over
from actscope.process.plan import read_plan
from actscope.process.rework import rework
from actscope.process.throughput import throughput
from actscope.process.variants import variants
from actscope.results import plain

__all__ = ["SHAPE", "arguments", "run"]


class WithoutActivityError(InputError):
    """A question about activities to a log that names none."""

    code = "activity_not_given"
    en = "{value} asks for activities: name their column with --activity."
    zh = "{value} 需要活动列：请用 --activity 指明。"


class StateWithoutStreamError(InputError):
    """A state where there is no pass."""

    code = "state_without_stream"
    en = "“--state” goes with “--stream”."
    zh = "“--state”须与“--stream”同用。"


class UntilUnreadableError(InputError):
    """A day of reckoning that is no instant."""

    code = "until_unreadable"
    en = "“{value}” is not a time with a zone such as 2026-03-01T08:30:00+08:00."
    zh = "“{value}”不是形如 2026-03-01T08:30:00+08:00、带时区的时间。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    parser.add_argument(
        "--acts", required=True, help="the events: Parquet, CSV, DuckDB, XES or XLSX"
    )
    parser.add_argument("--case", required=True, metavar="COLUMN", help="column of the case")
    parser.add_argument("--time", required=True, metavar="COLUMN", help="column of the time")
    parser.add_argument("--resource", required=True, metavar="COLUMN", help="column of who acted")
    parser.add_argument("--activity", metavar="COLUMN", help="column of what was done")
    closing = parser.add_mutually_exclusive_group()
    closing.add_argument(
        "--closed",
        metavar="COLUMN",
        help="column of the time at which the case was closed; empty: it is open",
    )
    closing.add_argument(
        "--end-activity",
        action="append",
        metavar="NAME",
        help="a case is closed when this is its last activity (may be given several times); "
        "without either every case counts as closed",
    )
    parser.add_argument("--due", metavar="COLUMN", help="column of the time the case was due")
    parser.add_argument("--plan", metavar="FILE", help="a response plan (JSON) to hold cases to")
    parser.add_argument("--until", metavar="TIME", help="when open cases were last looked at")
    parser.add_argument(
        "--at-least",
        type=_positive,
        metavar="N",
        help="suppress what fewer than N resources stand behind (3 is usual)",
    )
    parser.add_argument(
        "--top", type=_positive, default=10, help="how many blocking points, variants"
    )
    parser.add_argument(
        "--stream",
        action="store_true",
        help="one pass over a log of any length, in order of time within each case: waits to 1 %%, "
        "and nothing that needs the log as a whole",
    )
    parser.add_argument(
        "--state", metavar="FILE", help="with --stream: continue from this file, and keep it there"
    )
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """All measures of the log."""
    if options.stream:
        # It compiles what it runs; a log that is read as a whole does not wait for that.
        from actscope.cli.processes import stream  # noqa: PLC0415 – compiles

        return stream.run(options)
    if options.state:
        raise StateWithoutStreamError
    for name, needed in (("--end-activity", options.end_activity), ("--plan", options.plan)):
        if needed and not options.activity:
            raise WithoutActivityError(value=name)
    until = _until(options.until)
    plan = read_plan(options.plan) if options.plan else None
    reading = _read(options)
    log = event_log(reading.table)
    closings = _closings(log, reading.table, options)
    handed = handing_over(log)
    follows = directly_follows(log)
    lasted = throughput(log, closings, until=until)
    blocked = blocking(log, closings, top=options.top, until=until)
    named = bool(options.activity)
    extra = {
        "rework": rework(log) if named else None,
        "variants": variants(log, top=options.top) if named else None,
        "conformance": conformance(log, plan, closings) if plan else None,
        "deadlines": deadlines(log, closings, last_filled(log, reading.table["due"]), until=until)
        if options.due
        else None,
    }
    value = {
        "cases": len(log.cases),
        "events": log.n,
        "missing": dict(log.missing_by),
        "resources": len(log.resources),
        "activities": len(log.activities),
        "handovers": {
            "total": handed.total,
            "cases": handed.cases_handed_over,
            "missing": handed.missing,
            "pairs": handed.pairs,
        },
        "pingpong_cases": handed.pingpong_cases,
        "throughput_days": {"mean": lasted.mean, "median": lasted.median, "p95": lasted.p95},
        "censored_days": {
            "closed": lasted.closed,
            "open": lasted.open,
            "missing": lasted.missing,
            "until": lasted.until,
            "median": lasted.censored.median,
            "lower": lasted.censored.median_lower,
            "upper": lasted.censored.median_upper,
        },
        "dfg_of": follows.of,
        "dfg": follows.rows,
        "blocking": blocked.points,
        "standing": blocked.standing,
        **extra,
        "suppressed": None,
        "one_pass": None,
        "definitions": {
            "handovers": handed.definition,
            "throughput_days": lasted.definition,
            "censored_days": lasted.censored.definition,
            "dfg": follows.definition,
            "blocking": blocked.definition,
        },
    }
    value = plain(suppressed(value, log, options.at_least))
    return Answer(
        value=value,
        lines=lines_of(value, options.top),
        warnings=[reading.report] if reading.report.issues else [],
    )


def _read(options: argparse.Namespace) -> Reading:
    roles: dict[str, Type] = {"case": "text", "resource": "text", "activity": "text"}
    roles |= {"time": "time", "closed": "time", "due": "time"}
    columns = {
        role: Column(name=getattr(options, role), type=type_, en=role, zh=role, required=True)
        for role, type_ in roles.items()
        if getattr(options, role)
    }
    return read_columns(options.acts, columns, table="acts", zone=options.zone)


def _closings(log: EventLog, table: pa.Table, options: argparse.Namespace) -> Closings:
    if options.closed:
        return closed_by_time(log, table["closed"])
    if options.end_activity:
        return closed_by_activity(log, options.end_activity)
    return closed_at_last_event(log)


def _positive(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not int(text):
        raise argparse.ArgumentTypeError(f"{text!r} is not a whole number from 1 on")
    return int(text)


def _until(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        found = datetime.fromisoformat(text)
    except ValueError as error:
        raise UntilUnreadableError(value=text) from error
    if found.tzinfo is None:
        raise UntilUnreadableError(value=text)
    return found.astimezone(UTC)

"""``actscope process --stream [--state FILE]``: a log of any length in one pass, continued from
where the last one ended."""

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from actscope.cli.answer import Answer, figure
from actscope.cli.progress import Progress
from actscope.errors import InputError
from actscope.process.onepass.figures import (
    PassedFollows,
    PassedHandOvers,
    follows_of,
    hand_overs_of,
    passed,
    spans_of,
)
from actscope.process.onepass.layout import Layout, Measure
from actscope.process.onepass.state import LogState, advance, start
from actscope.process.onepass.storage import load, save
from actscope.results import plain

_ONLY_WHOLE = ("closed", "end_activity", "due", "plan", "until", "at_least")


class NotInOnePassError(InputError):
    """A question that one pass does not answer."""

    code = "not_in_one_pass"
    en = "“--{value}” needs the log as a whole: leave out --stream."
    zh = "“--{value}”需要整体读取日志：请去掉 --stream。"


class OtherStateError(InputError):
    """A state that was made from other columns."""

    code = "state_of_other_columns"
    en = "“{value}” is the state of a log whose columns were {columns}."
    zh = "“{value}”是另一种列（{columns}）的日志的状态。"


def run(options: argparse.Namespace) -> Answer:
    """The measures that one pass gives; what it cannot give is empty."""
    for name in _ONLY_WHOLE:
        if getattr(options, name):
            raise NotInOnePassError(value=name.replace("_", "-"))
    state = _begin(options)
    if options.state:
        save(state, options.state)  # a place that cannot be written to is known before the work
    with Progress("reading") as told:
        state = advance(state, options.acts, zone=options.zone, told=told)
    if options.state:
        save(state, options.state)
    value = plain(_value(state, options))
    return Answer(value=value, lines=_lines(value))


def _begin(options: argparse.Namespace) -> LogState:
    layout = Layout(
        case=options.case, at=options.time, unit=options.resource, kind=options.activity
    )
    wanted = [Measure.HAND_OVERS, *([Measure.FOLLOWS] if options.activity else [])]
    measures = frozenset(wanted)
    if not (options.state and Path(options.state).exists()):
        return start(layout, measures)
    state = load(options.state)
    if (state.layout, state.measures) != (layout, measures):
        columns = [name for name in state.layout.to_dict().values() if isinstance(name, str)]
        raise OtherStateError(value=options.state, columns=", ".join(columns))
    return state


def _value(state: LogState, options: argparse.Namespace) -> dict[str, Any]:
    read, handed, lasted = passed(state), hand_overs_of(state), spans_of(state)
    follows = follows_of(state) if options.activity else None
    return {
        "cases": read.cases,
        "events": read.events,
        "missing": dict(read.missing_by),
        "resources": len(state.register.units),
        "activities": len(state.register.kinds),
        "handovers": {
            "total": handed.total,
            "cases": handed.cases,
            "missing": handed.missing,
            "pairs": _arcs(handed.pairs.to_pylist()),
        },
        "pingpong_cases": handed.pingpong_cases,
        "throughput_days": {"mean": lasted.mean, "median": lasted.median, "p95": lasted.p95},
        "censored_days": None,
        "dfg_of": "activity" if follows else None,
        "dfg": _arcs(follows.pairs.to_pylist()) if follows else None,
        "blocking": _blocking(handed, follows, options.top),
        **dict.fromkeys(("standing", "rework", "variants", "conformance", "deadlines")),
        "suppressed": None,
        "one_pass": {"rows": read.rows, "relative_error": handed.relative_error},
        "definitions": {
            "handovers": handed.definition,
            "throughput_days": lasted.definition,
            "dfg": follows.definition if follows else handed.definition,
        },
    }


def _arcs(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows with all keys of a pair; what was not kept of it is empty."""
    nothing = dict.fromkeys(("cases", "median_wait_hours", "p95_wait_hours"))
    return [
        {**nothing, **row, "total_wait_hours": row["mean_wait_hours"] * row["count"]}
        for row in rows
    ]


def _blocking(
    handed: PassedHandOvers, follows: PassedFollows | None, top: int
) -> list[dict[str, Any]]:
    points: list[dict[str, Any]] = []
    for of, table in (("activity", follows), ("resource", handed)):
        if table is None:
            continue
        arcs = _arcs(table.pairs.to_pylist())
        # Of the waiting between resources only what ends in a hand-over is kept.
        everything = sum(arc["total_wait_hours"] for arc in arcs) if of == "activity" else 0.0
        for arc in sorted(arcs, key=lambda arc: -float(arc["total_wait_hours"]))[:top]:
            total = arc["total_wait_hours"]
            share = total / everything if everything else None
            points.append(
                {"of": of, "n": arc["count"], "share": share}
                | {name: held for name, held in arc.items() if name != "count"}
            )
    return sorted(points, key=lambda point: -float(point["total_wait_hours"]))


def _lines(value: dict[str, Any]) -> list[str]:
    lasted = value["throughput_days"]
    return [
        f"{value['cases']} cases, {value['events']} events, {value['resources']} resources, "
        f"{value['activities']} activities; {value['one_pass']['rows']} rows read so far",
        f"hand-overs: {value['handovers']['total']} in {value['handovers']['cases']} cases; "
        f"straight back in {value['pingpong_cases']} cases",
        f"first to last event, days: mean {figure(lasted['mean'])}, median "
        f"{figure(lasted['median'])}, 95 % within {figure(lasted['p95'])}",
    ]

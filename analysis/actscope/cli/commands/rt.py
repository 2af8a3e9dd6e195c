"""``actscope rt F --date c [--cases c] [--imported c] --si-mean x --si-sd y | --si FILE
[--window 7] [--cumulative] [--forecast DAYS]``: the reproduction number R(t) with its interval."""

import argparse
from typing import Any, Literal

import pyarrow as pa

from actscope.acts.reading import TableRefusedError, read_columns
from actscope.acts.schema import Column
from actscope.cli import options as shared
from actscope.cli import where
from actscope.cli.answer import Answer, aligned
from actscope.days import LONGEST
from actscope.epidemic.forecast import Forecast, forecast
from actscope.epidemic.incidence import Incidence, incidence, numbered
from actscope.epidemic.repair import CARRY_BACK
from actscope.epidemic.reproduction import Prior, Reproduction, reproduction_numbers
from actscope.epidemic.serial_interval import SerialInterval, given, parametric
from actscope.results import plain

_DAY = "a day, ISO 8601, or a day number where the table has those"
_DEFINITION = "en, zh and source"
SHAPE: Any = {
    "windows": [
        {
            "start": _DAY,
            "end": "its last day, included",
            "mean": "mean of R; null when cases have nobody who could have infected them",
            "sd": "its standard deviation",
            "median": "its median",
            "lower": "lower end of the 95 % credible interval",
            "upper": "upper end",
            "cases": "local cases in the window",
            "prior_bound": "whether the figures rest on the prior",
        }
    ],
    "window": "days in a window",
    "prior": {"mean": "of R", "sd": "of R"},
    "si": {
        "kind": "parametric or given",
        "mean": "days",
        "sd": "days",
        "weights": "probability of 0, 1, 2 … days",
        "definition": _DEFINITION,
    },
    "first_case": "the first day with a case; its cases count as imported",
    "n": "days from the first case on",
    "missing": "days among them without a count",
    "set_aside": "days before the first case",
    "local": "local cases",
    "imported": "imported cases",
    "missing_days": "the days without a count",
    "without_day": "rows without a day, left out",
    "repaired": [
        {
            "day": _DAY,
            "series": "cases or imported",
            "reported": "the count in the table",
            "used": "the count after repair",
        }
    ],
    "repair_rule": _DEFINITION,
    "forecast": {
        "definition": _DEFINITION,
        "draws": "paths",
        "seed": "of the draws",
        "prior_bound": "whether the last window rests on the prior",
        "days": [
            {
                "day": _DAY,
                "mean": "local cases",
                "median": "local cases",
                "lower": "95 % of the paths are above",
                "upper": "and below",
                "lower_50": "the middle half of the paths begins here",
                "upper_50": "and ends here",
            }
        ],
        "score": {
            "definition": _DEFINITION,
            "origins": "cuts scored",
            "set_aside": "cuts whose last window rests on the prior",
            "days": "held-out days",
            "coverage_95": "share of held-out days inside the 95 % interval",
            "coverage_50": "inside the 50 % interval",
            "crps": "continuous ranked probability score, cases",
            "crps_naive": "that of drawing from the last window's days",
            "skill": "1 − crps / crps_naive",
        },
    },
    "definition": _DEFINITION,
    "prior_bound": _DEFINITION,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "counts by day, or one row for each case")
    parser.add_argument("--date", required=True, help="column of the day (or of day numbers)")
    parser.add_argument(
        "--cases", help="column of the cases infected here; without it each row is a case"
    )
    parser.add_argument(
        "--imported", help="column of the cases infected elsewhere, which are not among --cases"
    )
    where.argument(parser)
    parser.add_argument("--cumulative", action="store_true", help="the counts are totals to date")
    parser.add_argument(
        "--repair", action="store_true", help="take negative daily counts off the days before"
    )
    parser.add_argument(
        "--gaps", choices=("zero", "refuse"), default="zero", help="days without a count"
    )
    parser.add_argument("--si-mean", type=float, help="mean of the serial interval in days")
    parser.add_argument("--si-sd", type=float, help="its standard deviation")
    parser.add_argument("--si", help="table of the serial interval: interval_days, probability")
    parser.add_argument("--window", type=int, default=7, help="days in a window")
    parser.add_argument("--prior-mean", type=float, default=5.0, help="mean of R before any case")
    parser.add_argument("--prior-sd", type=float, default=5.0, help="its standard deviation")
    parser.add_argument("--forecast", type=int, metavar="DAYS", help="forecast so many days")
    shared.zone(parser)
    shared.seed(parser)
    parser.set_defaults(usage=parser.error)


def run(options: argparse.Namespace) -> Answer:
    """The windows, and the forecast if one is asked for."""
    cases = incidence(
        _counts(options),
        cumulative=options.cumulative,
        repair=options.repair,
        gaps=options.gaps,
        zone=options.zone or "UTC",
    )
    prior = Prior(mean=options.prior_mean, sd=options.prior_sd)
    found = reproduction_numbers(cases, _interval(options), window=options.window, prior=prior)
    ahead = None
    if options.forecast is not None:
        ahead = forecast(cases, found, days=options.forecast, seed=options.seed)
    value = plain(found) | {
        "missing_days": plain(cases.missing_days),
        "without_day": cases.missing,
        "repaired": plain(cases.repaired),
        "repair_rule": plain(CARRY_BACK),
        "forecast": plain(ahead),
    }
    return Answer(value=value, lines=_lines(cases, found, ahead))


def _counts(options: argparse.Namespace) -> pa.Table:
    """The table that ``incidence`` takes, cut to the rows asked for."""
    if options.cumulative and not options.cases:
        options.usage("--cumulative needs --cases")
    named = [name for name in (options.date, options.cases, options.imported) if name]
    if len(set(named)) < len(named):
        options.usage("--date, --cases and --imported must be different columns")
    columns = {
        name: Column(name=column, type="number", en=name, zh=name, required=True)
        for name, column in (("cases", options.cases), ("imported", options.imported))
        if column
    }
    columns |= where.columns(options, (options.date, options.cases, options.imported))
    return where.kept(numbered(_with_days(options, columns)), options)


def _with_days(options: argparse.Namespace, columns: dict[str, Column]) -> pa.Table:
    """Days that are small whole numbers count days; anything else must be dates."""
    number = _day(options, "whole")
    try:
        table = read_columns(options.file, {"day": number, **columns}).table
        held = [day for day in table["day"].to_pylist() if day is not None]
        if held and all(abs(day) <= LONGEST for day in held):
            return table
    except TableRefusedError:
        pass  # not numbers: what is wrong besides is said when they are read as dates
    day = _day(options, "time")
    return read_columns(options.file, {"day": day, **columns}, zone=options.zone or "UTC").table


def _day(options: argparse.Namespace, type_: Literal["whole", "time"]) -> Column:
    return Column(
        name=options.date, type=type_, en="day", zh="日", required=True, filled=bool(options.cases)
    )


def _interval(options: argparse.Namespace) -> SerialInterval:
    by_moments = options.si_mean is not None and options.si_sd is not None
    if bool(options.si) == by_moments:
        options.usage("one of --si FILE, or both --si-mean and --si-sd")
    if not options.si:
        return parametric(mean=options.si_mean, sd=options.si_sd)
    names = ("interval_days", "probability")
    columns = {
        name: Column(name=name, type="number", en=name, zh=name, required=True, filled=True)
        for name in names
    }
    table = read_columns(options.si, columns).table
    return given(*(table[name].to_pylist() for name in names))


def _lines(cases: Incidence, found: Reproduction, ahead: Forecast | None) -> list[str]:
    lines = [
        f"{found.local} local and {found.imported} imported cases on {found.n} days from "
        f"{found.first_case} on; serial interval {found.si.mean:.4g} ± {found.si.sd:.4g} days",
        *(
            f"repaired: {one.day} {one.series} {one.reported} → {one.used}"
            for one in cases.repaired
        ),
    ]
    if cases.missing_days:
        shown = ", ".join(map(str, cases.missing_days[:10]))
        more = f" … {len(cases.missing_days)} in all" if len(cases.missing_days) > 10 else ""
        lines.append(f"days without a count, taken as 0: {shown}{more}")
    head = ("from", "to", "R", "lower", "upper", "cases", "")
    rows = [
        (*map(str, (w.start, w.end)), w.mean, w.lower, w.upper, w.cases, _mark(w.prior_bound))
        for w in found.windows
    ]
    lines += ["", *aligned(head, rows)]
    if ahead:
        days = [(str(day.day), day.mean, day.lower, day.upper) for day in ahead.days]
        title = f"forecast, if R stays {_mark(ahead.prior_bound)}".rstrip()
        lines += ["", title, *aligned(("day", "mean", "lower", "upper"), days)]
        lines += _score_lines(ahead)
    return lines


def _score_lines(ahead: Forecast) -> list[str]:
    score = ahead.score
    if score is None:
        return ["no held-out days to score it on"]
    return [
        f"held out: {score.days} days after {score.origins} cuts; inside the 95 % interval "
        f"{score.coverage_95:.0%}, inside the 50 % interval {score.coverage_50:.0%}; "
        f"CRPS {score.crps:.4g} (naive {score.crps_naive:.4g})",
        *(
            ["worse than drawing from the last days: R did not stay as it was"]
            if score.crps > score.crps_naive
            else []
        ),
    ]


def _mark(bound: bool) -> str:
    return "rests on the prior" if bound else ""

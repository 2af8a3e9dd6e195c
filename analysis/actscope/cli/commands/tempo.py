"""``actscope tempo ACTS [--cases F]``: acts per day, cooperation per open case with its peak, rise
and fall, and the mix of kinds from phase to phase."""

import argparse
from typing import Any

from actscope.acts.reading import read_acts, read_cases
from actscope.acts.schema import KINDS
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure
from actscope.tempo.cooperation import Cooperation, cooperation
from actscope.tempo.joint import SILENCE
from actscope.tempo.per_day import Tempo, acts_per_day
from actscope.tempo.phase_mix import PhaseMixes, phase_mixes

COLUMNS = (
    *("position", "id", "at", "by_unit", "with_units", "kind", "phase"),
    *("about_kind", "about_id", "outcome"),
)

_DEFINITION = {"en": "meaning", "zh": "含义", "source": "where it comes from"}
_COUNTS = {
    "definition": _DEFINITION,
    "n": "acts used",
    "missing": "acts that lack something",
    "missing_by": "what they lack",
    "set_aside": "acts not asked about",
}
_SERIES = {
    "kind": "kind of act, null for all",
    "total": "acts, null if suppressed",
    "numbers": "acts of each day",
    "suppressed": "why it is not shown",
}
_ESTIMATE = {"value": "the figure", "lower": "95 % interval", "upper": "95 % interval"}
_SLOPE = {**_ESTIMATE, "n": "days with open cases", "missing": "days without"}
SHAPE: Any = {
    "per_day": {
        **_COUNTS,
        "at_least": "organisations behind a figure that is shown",
        "zone": "time zone of the days",
        "days": "the days",
        "all_kinds": _SERIES,
        "by_kind": [_SERIES],
    },
    "cooperation": {
        **_COUNTS,
        "days": "the days",
        "joint": "joint acts of each day",
        "load": {
            "source": "cases, closing_acts or last_acts",
            "numbers": "cases open on each day",
            "n": "cases open on one of the days",
            "still_open": "cases that nobody closed",
            "missing": "acts that are about no case",
            "definition": _DEFINITION,
        },
        "ratio": "joint acts per open case; null on days without one",
        "smoothed": "its mean over 7 days",
        "units": "organisations in joint acts",
        "outside": "joint acts parted from these days by a long silence",
        "without_load": "joint acts on days without an open case",
        "peak": {"day": "the day", "value": "the mean of 7 days"},
        "rise": _SLOPE,
        "decay": _SLOPE,
        "half_life_days": _ESTIMATE,
        "test": {
            "curvature": _ESTIMATE,
            "turn": _ESTIMATE,
            "dispersion": "1 where counts scatter as Poisson's",
            "p": "of the curvature",
            "found": "whether it rises and then falls",
            "n": "days with open cases",
            "missing": "days without",
        },
        "alerts": [{"day": "last of seven days", "fall": "how far below the seven before"}],
        "breaks": [
            {
                "day": "last day of the old level",
                "lower": "95 % interval",
                "upper": "95 % interval",
                "before": "mean ratio before",
                "after": "mean ratio after",
            }
        ],
        "why": [
            {
                "part": "what could not be computed",
                "code": "why not",
                "en": "in words",
                "zh": "说明",
            }
        ],
        "suppressed": "whether too few organisations stand behind it",
    },
    "phases": {
        **_COUNTS,
        "threshold": "divergence above which the mix has shifted",
        "phases": [
            {
                "phase": "name",
                "n": "acts",
                "units": "organisations",
                "shares": "part of each kind",
                "core": "kinds with the largest part",
                "suppressed": "whether too few organisations stand behind it",
            }
        ],
        "shifts": [
            {
                "before": "phase",
                "after": "the next phase",
                "divergence": "Jensen–Shannon, in bits",
                "p": "of numbers so unlike by chance",
                "core_changed": "whether no core task is the same",
                "shifted": "whether the divergence is above the threshold",
            }
        ],
    },
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "a table of acts")
    parser.add_argument("--cases", help="a table of cases, for the load of open work")
    parser.add_argument(
        "--kind", action="append", choices=KINDS, help="only acts of this kind; may be repeated"
    )
    parser.add_argument(
        "--threshold", type=float, default=0.1, help="shift of the mix, in bits (0.1)"
    )
    parser.add_argument("--day-zone", help="time zone in which days begin and end (--zone, or UTC)")
    parser.add_argument(
        "--at-least", type=int, default=1, help="hide figures of fewer organisations, e.g. 3"
    )
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """The three parts."""
    acts = read_acts(options.file, zone=options.zone, columns=COLUMNS)
    cases = read_cases(options.cases, zone=options.zone) if options.cases else None
    zone = options.day_zone or options.zone or "UTC"
    per_day = acts_per_day(acts.table, zone=zone, kinds=options.kind, at_least=options.at_least)
    curve = cooperation(
        acts.table,
        cases=cases.table if cases else None,
        zone=zone,
        kinds=options.kind,
        at_least=options.at_least,
    )
    phases = phase_mixes(
        acts.table, kinds=options.kind, threshold=options.threshold, at_least=options.at_least
    )
    return Answer(
        value={
            "per_day": per_day.to_dict(),
            "cooperation": curve.to_dict(),
            "phases": phases.to_dict(),
        },
        lines=[*_day_lines(per_day), *_curve_lines(curve), *_phase_lines(phases)],
        warnings=[one.report for one in (acts, cases) if one and one.report.issues],
    )


def _day_lines(tempo: Tempo) -> list[str]:
    span = f", {tempo.days[0]} to {tempo.days[-1]}" if tempo.days else ""
    return [f"{tempo.n} acts on {len(tempo.days)} days{span} (missing {tempo.missing})"]


def _curve_lines(curve: Cooperation) -> list[str]:
    rows: list[tuple[object, ...]] = []
    if curve.peak:
        rows.append((f"peak, {curve.peak.day}", curve.peak.value, None, None))
    estimates = {
        "rise of log r per day": curve.rise,
        "fall of log r per day": curve.decay,
        "half-life in days": curve.half_life_days,
        "curvature": curve.test.curvature if curve.test else None,
    }
    rows += [(name, e.value, e.lower, e.upper) for name, e in estimates.items() if e]
    verdict = "" if curve.test is None else f"; rises and then falls: {figure(curve.test.found)}"
    span = f", {curve.days[0]} to {curve.days[-1]}" if curve.days else ""
    left_out = (
        f"{curve.outside} joint acts before or after more than {SILENCE} days of silence "
        "are left out"
    )
    return [
        f"{curve.n} joint acts of {curve.units} units{span}; {curve.load.n} cases open, "
        f"{curve.load.still_open} still{verdict}",
        *([left_out] if curve.outside else []),
        *aligned(("joint acts per open case", "value", "lower", "upper"), rows),
        *(f"alert {alert.day}: {alert.fall:.0%} below the week before" for alert in curve.alerts),
        *(
            f"level changes after {b.day} ({b.lower} to {b.upper}): "
            f"{figure(b.before)} → {figure(b.after)}"
            for b in curve.breaks or ()
        ),
        *(f"no {why.part}: {why.en}" for why in curve.why),
    ]


def _phase_lines(mixes: PhaseMixes) -> list[str]:
    shift = {s.after: s for s in mixes.shifts}
    rows = [
        (
            mix.phase,
            mix.n,
            "suppressed" if mix.suppressed else ", ".join(mix.core),
            shift[mix.phase].divergence if mix.phase in shift else None,
            shift[mix.phase].shifted if mix.phase in shift else None,
        )
        for mix in mixes.phases
    ]
    return ["", *aligned(("phase", "acts", "core task", "shift from before", "shifted"), rows)]

"""``actscope dimensions ACTS --actors A [--plan P]``: the four gaps, the three mechanisms, and the
constructs of the theories as far as a log carries them."""

import argparse
from typing import Any

from actscope.acts.reading import read_actors, read_acts, read_ties
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned
from actscope.dimensions.boundaries import Boundary
from actscope.dimensions.gaps import PARTS
from actscope.dimensions.measured import DRAWS, Dimensions, dimensions
from actscope.dimensions.mechanisms import Mechanism
from actscope.dimensions.theories import Theory

COLUMNS = (
    *("position", "id", "at", "by_unit", "with_units", "kind", "phase", "about_kind", "about_id"),
    *("basis", "due_at", "outcome"),
)

_DEFINITION = {"en": "meaning", "zh": "含义", "source": "where it comes from"}
_GAP = {
    "index": "0 to 1, null where nothing tells",
    "lower": "95 % interval",
    "upper": "95 % interval",
    "n": "pairs of organisations across the boundary",
    "units": "organisations in them",
    "missing": "pairs of which a deciding attribute is missing",
    "parts": dict.fromkeys(PARTS, "0 to 1, null where nothing tells"),
    "part_intervals": dict.fromkeys(PARTS, "95 % interval: lower and upper"),
    "part_n": dict.fromkeys(PARTS, "planned ties, requests or pairs it rests on"),
    "worst": [
        {
            "source": "who asks",
            "target": "who is asked",
            "asked": "requests",
            "answered": "of these",
            "late": "answered after the date",
            "refused": "passed back",
            "median_hours": "to the answer",
            "silent": "a planned tie without any act",
        }
    ],
    "suppressed": "whether too few organisations stand behind it",
}
_MECHANISM = {
    "index": "0 to 1, null where nothing tells",
    "lower": "95 % interval",
    "upper": "95 % interval",
    "n": "acts",
    "units": "organisations",
    "missing": "acts without unit or time",
    "parts": "name and figure of each part",
    "suppressed": "whether too few organisations stand behind it",
    "definition": _DEFINITION,
}
_CONSTRUCT = {
    "theory": "where it comes from",
    "name": "which construct",
    "value": "the figure, null where the log does not carry it",
    "lower": "95 % interval, null where there is none",
    "upper": "95 % interval, null where there is none",
    "n": "acts, cases, requests or organisations it rests on",
    "units": "organisations behind these",
    "suppressed": "whether these are too few",
    "measurable": "whether the log carries it",
    "needs": {"en": "what would have to be known", "zh": "所需信息"},
    "ask": {"en": "the survey item", "zh": "问卷题目"},
    "definition": _DEFINITION,
}
SHAPE: Any = {
    "gaps": {boundary.value: _GAP for boundary in Boundary},
    "mechanisms": {mechanism.value: _MECHANISM for mechanism in Mechanism},
    "constructs": {theory.value: [_CONSTRUCT] for theory in Theory},
    "unmeasured": [
        {
            "where": "gap or mechanism",
            "part": "a part that is not in its index",
            "en": "what is missing for it",
            "zh": "所缺信息",
        }
    ],
    "n": "acts used",
    "missing": "acts without unit or time",
    "missing_by": "which of the two",
    "set_aside": "acts that are no collaboration",
    "organisations": "in all",
    "listed": "in the table of actors",
    "taking_part": "in acts",
    "requests": "of one organisation to another",
    "without_case": "requests about no case, whose answers cannot be recognised",
    "coverage": "requests that both sides confirmed ÷ requests",
    "draws": "of the intervals",
    "seed": "of the draws",
    "at_least": "organisations behind a figure that is shown",
    "definition": _DEFINITION,
    "boundaries": _DEFINITION,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "a table of acts")
    parser.add_argument("--actors", required=True, help="units with sector, level and area")
    parser.add_argument("--plan", help="a table of planned ties (source, target)")
    parser.add_argument(
        "--draws", type=int, default=DRAWS, help=f"draws of the intervals ({DRAWS})"
    )
    parser.add_argument(
        "--at-least", type=int, default=1, help="hide figures of fewer organisations, e.g. 3"
    )
    shared.seed(parser)
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """The dimensions."""
    acts = read_acts(options.file, zone=options.zone, columns=COLUMNS)
    actors = read_actors(options.actors)
    plan = read_ties(options.plan) if options.plan else None
    result = dimensions(
        acts.table,
        actors.table,
        plan=plan.table if plan else None,
        seed=options.seed,
        draws=options.draws,
        at_least=options.at_least,
    )
    return Answer(
        value=result.to_dict(),
        lines=_lines(result, options.language),
        warnings=[one.report for one in (acts, actors, plan) if one and one.report.issues],
    )


def _lines(result: Dimensions, language: str) -> list[str]:
    chinese = language == "zh"
    gaps = [
        (name.value, g.index, g.lower, g.upper, g.n, g.missing, *g.parts.values())
        for name, g in result.gaps.items()
    ]
    mechanisms = [
        (name.value, m.index, m.lower, m.upper, _parts(m.parts))
        for name, m in result.mechanisms.items()
    ]
    constructs = [c for held in result.constructs.values() for c in held]
    worst = [
        (name.value, w.source, w.target, w.asked, w.answered, w.late, w.refused, w.silent)
        for name, g in result.gaps.items()
        for w in g.worst
    ]
    return [
        f"{result.n} acts (missing {result.missing}), {result.requests} requests, "
        f"{result.taking_part} of {result.organisations} organisations took part",
        "",
        *aligned(("gap", "index", "lower", "upper", "pairs", "missing", *PARTS), gaps),
        "",
        *aligned(
            ("gap", "source", "target", "asked", "answered", "late", "refused", "silent"), worst
        ),
        "",
        *aligned(("mechanism", "index", "lower", "upper", "parts"), mechanisms),
        "",
        *aligned(
            ("theory", "construct", "value", "lower", "upper", "n"),
            [
                (c.theory.value, c.name, c.value, c.lower, c.upper, c.n)
                for c in constructs
                if c.measurable
            ],
        ),
        "",
        *aligned(
            ("not in the log", "needs", "ask people"),
            [
                (
                    f"{c.theory.value} {c.name}",
                    c.needs["zh" if chinese else "en"],
                    c.ask["zh" if chinese else "en"] if c.ask else None,
                )
                for c in constructs
                if c.needs
            ],
        ),
    ]


def _parts(parts: dict[str, float | None]) -> str:
    return ", ".join(f"{name} {value:.2f}" for name, value in parts.items() if value is not None)

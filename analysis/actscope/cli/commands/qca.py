"""``actscope qca F --case c --outcome c --conditions c,c… [--calibrate c=a,b,c]… [--incl 0.8]
[--n-cut 1] [--solution conservative|parsimonious|intermediate]``: which conditions are needed for
an outcome, and which combinations are enough."""

import argparse
from typing import Any

from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned
from actscope.compare.calibration import AnchorsNumberError, Calibration, calibration
from actscope.compare.qca import Qca, qca
from actscope.compare.solutions import KINDS
from actscope.compare.truth_table import Cuts
from actscope.results import plain

_DEFINITION = "en, zh and source"
_SHARE = "0–1, or null where it cannot be computed"
SHAPE: Any = {
    "n": "cases with all figures",
    "missing": "cases set aside",
    "incomplete": [{"case": "which", "fields": "what it lacks"}],
    "outcome": "with ~ when its absence is explained",
    "conditions": "in order",
    "calibrations": "by column: out, crossover and full, or threshold",
    "memberships": [{"case": "which", "values": "by condition and outcome, 0–1"}],
    "necessity": [
        {
            "condition": "with ~ for its absence",
            "inclusion": _SHARE,
            "coverage": _SHARE,
            "relevance": "RoN, " + _SHARE,
        }
    ],
    "truth_table": [
        {
            "number": "place among all configurations, from 1",
            "configuration": "0 or 1 for each condition",
            "out": "1, 0, or null for a remainder",
            "n": "cases",
            "inclusion": _SHARE,
            "pri": _SHARE,
            "cases": "which",
            "contradiction": "whether its cases differ in the outcome",
        }
    ],
    "cuts": {"inclusion": "at least", "pri": "at least", "n": "cases at least"},
    "diversity": {
        "possible": "configurations there could be",
        "observed": "those with cases",
        "remainders": "those without, or with too few",
        "contradictions": "rows whose cases differ in the outcome",
    },
    "unassigned": "cases with a membership of exactly 0.5, in no configuration",
    "solution": "conservative, parsimonious or intermediate",
    "expected": "what should help, for an intermediate solution; null otherwise",
    "models": [
        {
            "formula": "the solution; <-> when it is necessary too",
            "inclusion": _SHARE,
            "pri": _SHARE,
            "coverage": _SHARE,
            "remainders_used": "configurations without cases that it holds",
            "terms": [
                {
                    "term": "a combination",
                    "inclusion": _SHARE,
                    "pri": _SHARE,
                    "coverage": _SHARE,
                    "unique_coverage": _SHARE,
                    "cases": "which have more than half of it",
                    "deviant": "those among them with less than half of the outcome",
                }
            ],
        }
    ],
    "complete": "whether all equally short models are listed",
    "without": "why there is no model, or null",
    "robustness": [
        {
            "change": "what was changed",
            "models": "the formulas then",
            "inclusion": "of the first",
            "coverage": "of the first",
            "same": "whether they are those of the analysis",
        }
    ],
    "definitions": "of sufficiency, necessity, truth table, solution and robustness",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "one row for each case")
    parser.add_argument("--case", required=True, help="column that names the case")
    parser.add_argument("--outcome", required=True, help="column; ~NAME explains its absence")
    parser.add_argument("--conditions", required=True, help="columns, divided by commas")
    parser.add_argument(
        "--calibrate",
        action="append",
        default=[],
        metavar="COLUMN=A,B,C",
        help="full non-membership, crossover and full membership; or one threshold",
    )
    parser.add_argument("--incl", type=float, default=0.8, help="inclusion that a row must reach")
    parser.add_argument("--pri", type=float, default=0.0, help="PRI that a row must reach")
    parser.add_argument("--n-cut", type=int, default=1, help="cases that a row must have")
    parser.add_argument(
        "--solution",
        choices=KINDS,
        default="conservative",
        help="which rows without cases may simplify: none, all, or those that --expect allows",
    )
    parser.add_argument(
        "--expect",
        help="conditions that should help, ~NAME where absence should; all present by default "
        "(intermediate solution)",
    )
    parser.set_defaults(usage=parser.error)


def run(options: argparse.Namespace) -> Answer:
    """The analysis."""
    conditions = [name.strip() for name in options.conditions.split(",") if name.strip()]
    outcome = options.outcome.removeprefix("~")
    calibrations: dict[str, Calibration] = {}
    for text in options.calibrate:
        name, anchors = _calibration(text)
        if name in calibrations:
            options.usage(f"--calibrate {text}: the column is calibrated already")
        calibrations[name] = anchors
    names = dict.fromkeys((*conditions, outcome))
    case = Column(
        name=options.case,
        type="text",
        en="case",
        zh="案例",
        required=True,
        filled=True,
        unique=True,
    )
    if options.case in names:
        options.usage(f"--case {options.case}: the column is a condition or the outcome already")
    figures = {
        f"value {name}": Column(name=name, type="number", en=name, zh=name, required=True)
        for name in names
    }
    table = read_columns(options.file, {"case": case, **figures}).table
    found = qca(
        {name: table[f"value {name}"].to_numpy() for name in names},
        cases=table["case"].to_pylist(),
        outcome=outcome,
        conditions=conditions,
        negated=options.outcome != outcome,
        calibrations=calibrations,
        cuts=Cuts(inclusion=options.incl, pri=options.pri, n=options.n_cut),
        kind=options.solution,
        expected=_expected(options, conditions),
    )
    return Answer(value=_value(found, options), lines=_lines(found))


def _calibration(text: str) -> tuple[str, Calibration]:
    name, _, anchors = text.rpartition("=")
    try:
        numbers = tuple(float(anchor) for anchor in anchors.split(","))
    except ValueError:
        raise AnchorsNumberError(field=name, value=anchors) from None
    return name, calibration(name, numbers)


def _expected(options: argparse.Namespace, conditions: list[str]) -> list[int | None] | None:
    if options.expect is None:
        return None
    said = [name.strip() for name in options.expect.split(",") if name.strip()]
    for name in said:
        if name.removeprefix("~") not in conditions:
            options.usage(f"--expect {name}: no such condition")
    return [1 if name in said else 0 if f"~{name}" in said else None for name in conditions]


def _value(found: Qca, options: argparse.Namespace) -> dict[str, Any]:
    names = (*found.conditions, options.outcome.removeprefix("~"))
    table, solution = found.table, found.solution
    hopes = _expected(options, list(found.conditions)) or [1] * len(found.conditions)
    value = {
        "n": found.n,
        "missing": found.missing,
        "incomplete": found.incomplete,
        "outcome": found.outcome,
        "conditions": found.conditions,
        "calibrations": found.calibrations,
        "memberships": [
            {"case": case, "values": dict(zip(names, row.tolist(), strict=True))}
            for case, row in zip(found.cases, found.memberships, strict=True)
        ],
        "necessity": [
            {"condition": one.condition, **one.necessity.to_dict()} for one in found.necessary
        ],
        "truth_table": [
            {
                "number": row.number,
                "configuration": dict(zip(found.conditions, row.values, strict=True)),
                **{
                    key: held
                    for key, held in row.to_dict().items()
                    if key not in ("number", "values")
                },
            }
            for row in table.rows
        ],
        "cuts": table.cuts,
        "diversity": {
            "possible": table.possible,
            "observed": len(table.rows),
            "remainders": table.possible - len(table.positive) - len(table.negative),
            "contradictions": sum(row.contradiction for row in table.rows),
        },
        "unassigned": table.unassigned,
        "solution": solution.kind,
        "expected": dict(zip(found.conditions, hopes, strict=True))
        if solution.kind == "intermediate"
        else None,
        "models": solution.models,
        "complete": solution.complete,
        "without": solution.without,
        "robustness": found.robustness,
        "definitions": {
            "sufficiency": found.sufficiency,
            "necessity": found.necessity,
            "truth_table": table.definition,
            "solution": solution.definition,
            "robustness": found.robustness_definition,
        },
    }
    return {key: plain(held) for key, held in value.items()}


def _lines(found: Qca) -> list[str]:
    table, solution = found.table, found.solution
    lines = [f"{found.n} cases, {found.missing} set aside for missing figures", ""]
    lines += aligned(
        ("necessary?", "inclusion", "RoN", "coverage"),
        [
            (
                one.condition,
                one.necessity.inclusion,
                one.necessity.relevance,
                one.necessity.coverage,
            )
            for one in found.necessary
        ],
    )
    rows = [
        (
            str(row.number),
            *map(str, row.values),
            "?" if row.out is None else str(row.out),
            row.n,
            row.inclusion,
            row.pri,
            ", ".join(row.cases) + (" (contradictory)" if row.contradiction else ""),
        )
        for row in table.rows
    ]
    head = ("row", *found.conditions, "out", "n", "inclusion", "PRI", "cases")
    lines += ["", *aligned(head, rows)]
    lines.append(f"{len(table.rows)} of {table.possible} configurations occur")
    if table.unassigned:
        lines.append(f"in no configuration (0.5 somewhere): {', '.join(table.unassigned)}")
    for model in solution.models:
        terms = [
            (one.term, one.inclusion, one.pri, one.coverage, one.unique_coverage)
            for one in model.terms
        ]
        terms.append(("all", model.inclusion, model.pri, model.coverage, None))
        lines += ["", f"{solution.kind}: {model.formula}"]
        lines += aligned(("term", "inclusion", "PRI", "coverage", "unique"), terms)
    if solution.without:
        lines += ["", f"{solution.kind}: no solution, {solution.without.replace('_', ' ')}"]
    if not solution.complete:
        lines.append("there are more models as short as these, or shorter ones")
    changed = [
        f"with {one.change}: {'; '.join(one.models) or 'no solution'}"
        for one in found.robustness
        if not one.same
    ]
    lines += [
        "",
        f"{len(found.robustness) - len(changed)} of {len(found.robustness)} changes of the "
        "cuts leave it as it is",
        *changed,
    ]
    return lines

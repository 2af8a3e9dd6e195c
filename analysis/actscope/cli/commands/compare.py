"""``actscope compare F --place c [--indicator NAME[:cost]]… [--weights entropy|equal]
[--subsystem NAME=c,c]…``: places ranked by several indicators, and how firm the ranks are."""

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.acts.sources import column_names
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned
from actscope.compare.comparison import Comparison, compare_places
from actscope.compare.indicators import Indicators
from actscope.compare.normalising import METHODS
from actscope.compare.weighting import WEIGHTINGS
from actscope.results import plain

_DEFINITION = "en, zh and source"
SHAPE: Any = {
    "n": "places ranked",
    "missing": "places that lack an indicator and are not ranked",
    "places": [
        {
            "place": "name",
            "rank": "1 is best; null with a missing indicator",
            "score": "TOPSIS closeness, 0–1",
            "rank_equal": "the rank with equal weights",
            "rank_low": "best rank in the middle 95 % under errors",
            "rank_high": "worst rank in it",
            "missing": "the indicators it lacks",
            "values": "by indicator; null where missing",
            "normalised": "by indicator, larger is better; null for a place not ranked",
        }
    ],
    "indicators": [
        {
            "indicator": "name",
            "direction": "benefit or cost",
            "weight": "all sum to 1",
            "weight_low": "lower end of the middle 95 % under errors",
            "weight_high": "upper end",
            "entropy": "0–1; 1 when all places have the same share",
            "n": "places that have it",
            "missing": "places that do not",
        }
    ],
    "dropped": "indicators left out since they are constant",
    "stability": {
        "definition": _DEFINITION,
        "draws": "times the figures were shaken",
        "seed": "of the draws",
        "first_stays": "share of the draws in which the first place is first",
        "without": [
            {
                "without": "indicator left out",
                "rank_correlation": "Spearman's ρ with the ranks of all",
                "first": "who is first then",
                "largest_move": "ranks that a place moves at most",
            }
        ],
    },
    "coupling": [
        {
            "place": "name",
            "scores": "by subsystem, 0–1",
            "coupling": "C",
            "development": "T",
            "coordination": "D",
            "grade_en": "of D",
            "grade_zh": "协调等级",
        }
    ],
    "definition": _DEFINITION,
    "normalisation": _DEFINITION,
    "weighting": _DEFINITION,
    "coupling_definition": _DEFINITION,
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "one row for each place")
    parser.add_argument("--place", required=True, help="column that names the place")
    parser.add_argument(
        "--indicator",
        action="append",
        metavar="NAME[:cost]",
        help="a column, of which less is better with :cost; without any, all other columns",
    )
    parser.add_argument(
        "--weights", choices=WEIGHTINGS, default="entropy", help="how much each indicator counts"
    )
    parser.add_argument(
        "--normalise", choices=METHODS, default="vector", help="how units are made comparable"
    )
    parser.add_argument(
        "--constant",
        choices=("refuse", "drop"),
        default="refuse",
        help="indicators in which all places are alike",
    )
    parser.add_argument(
        "--subsystem",
        action="append",
        default=[],
        metavar="NAME=c,c",
        help="indicators that make a subsystem, for coupling coordination",
    )
    shared.seed(parser)
    parser.set_defaults(usage=parser.error)


def run(options: argparse.Namespace) -> Answer:
    """The ranks, the weights, and how firm they are."""
    place = Column(
        name=options.place,
        type="text",
        en="place",
        zh="地区",
        required=True,
        filled=True,
        unique=True,
    )
    names, cost = _indicators(options, place)
    figures = {
        f"value {name}": Column(name=name, type="number", en=name, zh=name, required=True)
        for name in names
    }
    table = read_columns(options.file, {"place": place, **figures}).table
    values = [table[f"value {name}"].to_numpy() for name in names]
    found = compare_places(
        Indicators(
            tuple(table["place"].to_pylist()),
            tuple(names),
            np.array(values, np.float64).reshape(len(names), table.num_rows).T,
            tuple(name in cost for name in names),
        ),
        weighting=options.weights,
        method=options.normalise,
        constant=options.constant,
        subsystems=_subsystems(options),
        seed=options.seed,
    )
    value = plain(found)
    for beside in ("ranks", "weights"):  # they stand with the places and the indicators
        del value["stability"][beside]
    return Answer(value=value, lines=_lines(found))


def _indicators(options: argparse.Namespace, place: Column) -> tuple[list[str], set[str]]:
    """The names of the indicators in order, and those of which less is better."""
    if options.indicator is None:
        read_columns(options.file, {"place": place})  # refuses a file that cannot be read
        return [n for n in column_names(Path(options.file)) if n != options.place], set()
    names, cost = [], set()
    for text in options.indicator:
        name = text.removesuffix(":cost").removesuffix(":benefit")
        if name == options.place:
            options.usage(f"--indicator {name}: the column names the places")
        names.append(name)
        if text.endswith(":cost"):
            cost.add(name)
    return names, cost


def _subsystems(options: argparse.Namespace) -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for text in options.subsystem:
        name, sign, columns = text.partition("=")
        members = tuple(column.strip() for column in columns.split(",") if column.strip())
        if not sign or not members or name in found:
            options.usage(f"--subsystem {text}: NAME=column,column is meant, each name once")
        found[name] = members
    return found


def _lines(found: Comparison) -> list[str]:
    rows = [
        (
            one.place,
            one.rank,
            one.score,
            f"{one.rank_low}–{one.rank_high}" if one.rank else "",
            one.rank_equal,
            f"lacks {', '.join(one.missing)}" if one.missing else "",
        )
        for one in found.places
    ]
    lines = aligned(("place", "rank", "score", "under errors", "equal weights", ""), rows)
    weights = [
        (one.indicator, one.direction, one.weight, one.weight_low, one.weight_high, one.missing)
        for one in found.indicators
    ]
    head = ("indicator", "direction", "weight", "from", "to", "missing")
    lines += ["", *aligned(head, weights)]
    if found.dropped:
        lines.append(f"left out, constant: {', '.join(found.dropped)}")
    without = [
        (one.without, one.rank_correlation, ", ".join(one.first), one.largest_move)
        for one in found.stability.without
    ]
    if without:
        moved = ("without", "rank correlation", "first", "largest move")
        lines += ["", *aligned(moved, without)]
    lines.append(f"the first stays first in {found.stability.first_stays:.0%} of the draws")
    if found.coupling is not None:
        coupled = [
            (one.place, one.coupling, one.development, one.coordination, one.grade_en)
            for one in found.coupling
        ]
        title = ("place", "coupling C", "development T", "coordination D", "grade")
        lines += ["", *aligned(title, coupled)]
    return lines

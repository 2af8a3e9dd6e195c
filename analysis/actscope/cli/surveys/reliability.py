"""Alpha with its interval, omega, alpha if an item is dropped, and each item against the rest."""

import argparse
from typing import Any

from actscope.cli.answer import Answer, aligned, figure
from actscope.cli.surveys import asking
from actscope.survey.answers import answer_columns, read_answers
from actscope.survey.reliability import RELIABILITY, Reliability, reliability
from actscope.survey.selection import scales_of

ACCEPTABLE = 0.7
"""Under this alpha a reader is told (Nunnally's convention)."""

SHAPE: Any = {
    "<scale>": {
        "definition": "what the figures mean, en, zh and source",
        "use": "pairwise or listwise",
        "items": "the items, in order",
        "reversed": "those that were turned",
        "n": "people used: pairwise with at least one answer, listwise with all",
        "missing": "people who left at least one item out",
        "missing_by_item": "how many left each item out",
        "n_weakest": "people behind the covariance with the fewest",
        "alpha": "Cronbach's alpha",
        "alpha_ci": "its 95 % interval (Feldt), from n_weakest",
        "alpha_standardized": "alpha of the correlations",
        "omega": "McDonald's omega, one factor; null under three items",
        "alpha_if_dropped": "per item, alpha of the others",
        "item_rest": "per item, its correlation with the sum of the others",
        "likely_reversed": "items with a negative one: reversal probably missed",
        "mean": "mean over people of their mean answer",
        "sd": "standard deviation of the same",
        "low": "least answer, declared or found",
        "high": "greatest answer, declared or found",
        "hierarchy": {
            "definition": "what the figures mean, en, zh and source",
            "omega_hierarchical": "share of the general factor in the scale",
            "omega_total": "share of all factors",
            "general": "per item, its loading on the general factor",
            "groups": "per item, its loadings on the group factors",
            "unique": "per item, what is left",
        },
    }
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the action takes."""
    asking.answers(parser)
    parser.add_argument(
        "--scale",
        action="append",
        required=True,
        metavar="NAME=COL,COL,-REVERSED",
        help="a scale and its items, the reversed ones with a minus; may be given several times",
    )
    parser.add_argument("--min", type=float, help="least answer allowed")
    parser.add_argument("--max", type=float, help="greatest answer allowed")
    parser.add_argument(
        "--factors", type=int, help="also omega hierarchical, with so many group factors"
    )
    asking.use(parser, "pairwise")


def run(options: argparse.Namespace) -> Answer:
    """Each scale by its name."""
    scales = scales_of(options.scale, answer_columns(options.file))
    every = tuple(dict.fromkeys(item for scale in scales for item in scale.items))
    answers = read_answers(options.file, every)
    found = {
        scale.name: reliability(
            answers.only(scale.items),
            reversed_items=scale.reversed,
            low=options.min,
            high=options.max,
            use=options.missing,
            factors=options.factors,
        )
        for scale in scales
    }
    return Answer(
        value={name: result.to_dict() for name, result in found.items()},
        lines=[line for name, result in found.items() for line in _lines(name, result)]
        + [getattr(RELIABILITY, options.language)],
    )


def _lines(name: str, result: Reliability) -> list[str]:
    low, high = result.alpha_ci
    rows = [
        (
            ("-" if item in result.reversed else "") + item,
            result.missing_by_item[item],
            result.item_rest[item],
            result.alpha_if_dropped[item],
            "reversed the wrong way?" if item in result.likely_reversed else "",
        )
        for item in result.items
    ]
    hierarchy = result.hierarchy
    return [
        f"{name}: alpha {figure(result.alpha)} ({figure(low)} to {figure(high)}"
        f"{', low' if result.alpha < ACCEPTABLE else ''}), omega {figure(result.omega)}"
        f" (n {result.n}, {result.missing} with missing answers, {result.use})",
        *(
            [
                f"omega hierarchical {figure(hierarchy.omega_hierarchical)}, "
                f"total {figure(hierarchy.omega_total)}"
            ]
            if hierarchy
            else []
        ),
        *aligned(("item", "missing", "item-rest", "alpha if dropped", ""), rows),
        "",
    ]

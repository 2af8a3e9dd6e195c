"""``actscope coding FILE --raters c,c[,c]``: whether people who coded the same units agree –
kappa of Cohen (plain and weighted) and of Fleiss, alpha of Krippendorff."""

import argparse
from pathlib import Path
from typing import Any

from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure
from actscope.survey.codings import Level, RaterRepeatedError, codings
from actscope.survey.labels import read_labels
from actscope.survey.raters import RATERS, Agreement, agreement

SHAPE: Any = {
    "definition": "what the figures mean, en, zh and source",
    "level": "nominal, ordinal or interval",
    "raters": "the columns compared",
    "codes": "all codes, in their order where they have one",
    "units": "rows of the file",
    "n": "units coded by at least two raters",
    "n_complete": "units coded by all raters, on which the kappas rest",
    "missing": "codes that are not there",
    "missing_by_rater": "the same per rater",
    "agreement": "share of units on which two raters agree",
    "cohen": "Cohen's kappa; null unless there are two raters",
    "cohen_ci": "its 95 % interval",
    "weighted": "kappa with quadratic weights; null unless two raters and codes in an order",
    "weighted_ci": "its 95 % interval",
    "weighted_linear": "kappa with linear weights",
    "weighted_linear_ci": "its 95 % interval",
    "fleiss": "Fleiss' kappa",
    "krippendorff": "Krippendorff's alpha at the level",
    "krippendorff_ci": "its 95 % interval over samples of units",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    shared.file(parser, "file", "a table of codes, one row per unit")
    parser.add_argument("--raters", required=True, help="columns of codes, separated by commas")
    parser.add_argument("--unit", help="column that names the unit, once each")
    parser.add_argument(
        "--level",
        choices=("nominal", "ordinal", "interval"),
        help="what codes are; undeclared they are names for alpha (nominal), and weighted kappa is "
        "given where all of them are numbers",
    )
    parser.add_argument("--order", help="ordinal words from lowest to highest, with commas")
    shared.seed(parser)


def run(options: argparse.Namespace) -> Answer:
    """The agreement."""
    raters = [rater.strip() for rater in options.raters.split(",")]
    for place, rater in enumerate(raters):
        if rater in raters[:place] or rater == options.unit:
            raise RaterRepeatedError(field=rater)
    order = [word.strip() for word in options.order.split(",")] if options.order else []
    named = [*raters, *([options.unit] if options.unit else [])]
    columns = read_labels(Path(options.file), named, unique=options.unit)
    found = codings({r: columns[r] for r in raters}, level=options.level, order=order)
    level: Level = options.level or ("ordinal" if order else "nominal")
    result = agreement(found, level=level, seed=options.seed)
    return Answer(
        value=result.to_dict(), lines=[*_lines(result), getattr(RATERS, options.language)]
    )


def _lines(result: Agreement) -> list[str]:
    measures = [
        ("Cohen's kappa", result.cohen, result.cohen_ci),
        ("weighted kappa, quadratic", result.weighted, result.weighted_ci),
        ("weighted kappa, linear", result.weighted_linear, result.weighted_linear_ci),
        ("Fleiss' kappa", result.fleiss, None),
        (f"Krippendorff's alpha, {result.level}", result.krippendorff, result.krippendorff_ci),
    ]
    rows = [(name, value, *(interval or (None, None))) for name, value, interval in measures]
    return [
        f"{len(result.raters)} raters, {result.units} units: {result.n} coded at least twice, "
        f"{result.n_complete} by all, {result.missing} codes missing; agreement "
        f"{figure(result.agreement)}",
        *aligned(("measure", "value", "from", "to"), rows),
    ]

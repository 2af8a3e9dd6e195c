"""KMO, Bartlett's test, eigenvalues, and loadings on rotated factors."""

import argparse
from typing import Any

from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure
from actscope.cli.surveys import asking
from actscope.survey.answers import answer_columns, read_answers
from actscope.survey.factors import FACTORS, Factors, factors
from actscope.survey.selection import items_of

SHAPE: Any = {
    "definition": "what the figures mean, en, zh and source",
    "use": "pairwise or listwise",
    "n": "people used",
    "missing": "people who left at least one item out",
    "missing_by_item": "how many left each item out",
    "kmo": "Kaiser–Meyer–Olkin measure",
    "kmo_items": "the same per item",
    "bartlett": {"chi2": "statistic", "df": "degrees of freedom", "p": "p value"},
    "eigenvalues": "of the correlations, largest first",
    "chance": "what those of uncorrelated items would reach",
    "factors": "how many were drawn",
    "factors_given": "whether that was asked for; else parallel analysis",
    "method": "minres or ml",
    "rotation": "varimax, oblimin or none",
    "loadings": "per item, one for each factor",
    "communalities": "per item, the share that the factors explain",
    "ss_loadings": "variance explained by each factor",
    "factor_correlations": "of the factors with each other",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the action takes."""
    asking.answers(parser)
    asking.items(parser)
    parser.add_argument("--factors", type=int, help="how many; else by parallel analysis")
    parser.add_argument(
        "--rotation", choices=("varimax", "oblimin", "none"), default="varimax", help="rotation"
    )
    parser.add_argument("--method", choices=("minres", "ml"), default="minres", help="extraction")
    asking.use(parser, "listwise")
    shared.seed(parser)


def run(options: argparse.Namespace) -> Answer:
    """The factors."""
    items = items_of(options.items, answer_columns(options.file))
    result = factors(
        read_answers(options.file, items),
        number=options.factors,
        method=options.method,
        rotation=options.rotation,
        use=options.missing,
        seed=options.seed,
    )
    return Answer(
        value=result.to_dict(), lines=[*_lines(result), getattr(FACTORS, options.language)]
    )


def _lines(result: Factors) -> list[str]:
    test = result.bartlett
    chosen = "as asked" if result.factors_given else "by parallel analysis"
    names = [f"F{number}" for number in range(1, result.factors + 1)]
    rows = [
        (item, result.kmo_items[item], *loadings, result.communalities[item])
        for item, loadings in result.loadings.items()
    ]
    return [
        f"KMO {figure(result.kmo)}; Bartlett χ² {figure(test.chi2)}, df {test.df}, "
        f"p {figure(test.p)} (n {result.n}, {result.missing} with missing answers, {result.use})",
        "eigenvalues " + " ".join(map(figure, result.eigenvalues.tolist())),
        f"{result.factors} factors {chosen}, {result.method}, {result.rotation}; variance "
        + " ".join(map(figure, result.ss_loadings.tolist())),
        *aligned(("item", "KMO", *names, "communality"), rows),
    ]

"""Whether groups differ in an answer or a score, all together and pair by pair."""

import argparse
from typing import Any

from actscope.cli.answer import Answer, aligned, figure
from actscope.cli.surveys import asking
from actscope.survey.answers import read_answers
from actscope.survey.comparison import COMPARISON, Comparison, Test, comparison
from actscope.survey.labels import read_labels

_TEST = {
    "statistic": "the statistic",
    "df": "degrees of freedom",
    "df_within": "those within groups",
    "p": "p value",
}
SHAPE: Any = {
    "definition": "what the figures mean, en, zh and source",
    "outcome": "the column compared",
    "group": "the column of groups",
    "n": "people with both",
    "missing": "people without one of them",
    "groups": [
        {
            "group": "its name",
            "n": "people",
            "mean": "mean",
            "sd": "standard deviation",
            "median": "median",
            "tested": "whether it is in the tests: two people or more",
        }
    ],
    "anova": _TEST,
    "welch_anova": _TEST,
    "kruskal": _TEST,
    "eta_squared": "share of the variance between groups",
    "pairs": [
        {
            "a": "one group",
            "b": "the other",
            "difference": "of means, a − b",
            "ci": "its 95 % interval (Welch)",
            "t": "Welch's t",
            "df": "its degrees of freedom",
            "p": "its p value",
            "p_corrected": "the same, corrected for the number of pairs",
            "w": "Wilcoxon's rank sum of a",
            "p_wilcoxon": "its p value",
            "p_wilcoxon_corrected": "the same, corrected",
            "wilcoxon_exact": "whether that p is exact",
            "tukey_ci": "95 % interval of the difference for all pairs together (Tukey)",
            "p_tukey": "Tukey's p, for all pairs together",
        }
    ],
    "pairs_tested": "how many pairs",
    "correction": "holm or bh",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the action takes."""
    asking.answers(parser)
    parser.add_argument("--outcome", required=True, help="column of numbers to compare")
    parser.add_argument("--group", required=True, help="column of the groups")
    parser.add_argument(
        "--correction",
        choices=("holm", "bh"),
        default="holm",
        help="of the p of pairs: Holm, or Benjamini–Hochberg",
    )


def run(options: argparse.Namespace) -> Answer:
    """The comparison."""
    values = read_answers(options.file, [options.outcome]).values[:, 0]
    result = comparison(
        values,
        read_labels(options.file, [options.group])[options.group],
        outcome=options.outcome,
        group=options.group,
        correction=options.correction,
    )
    return Answer(
        value=result.to_dict(), lines=[*_lines(result), getattr(COMPARISON, options.language)]
    )


def _lines(result: Comparison) -> list[str]:
    groups = [(g.group, g.n, g.mean, g.sd, g.median) for g in result.groups]
    pairs = [
        (f"{p.a} – {p.b}", p.difference, p.p, p.p_corrected, p.p_wilcoxon_corrected, p.p_tukey)
        for p in result.pairs
    ]
    head = ("pair", "difference", "p", "p corrected", "Wilcoxon corrected", "Tukey")
    return [
        *aligned(("group", "n", "mean", "sd", "median"), groups),
        f"n {result.n}, missing {result.missing}; variance between groups "
        f"{figure(result.eta_squared)}",
        f"analysis of variance: {_told('F', result.anova)}",
        f"Welch's: {_told('F', result.welch_anova)}",
        f"Kruskal–Wallis: {_told('χ²', result.kruskal)}",
        f"{result.pairs_tested} pairs tested, corrected by {result.correction}",
        *aligned(head, pairs),
    ]


def _told(name: str, test: Test | None) -> str:
    if test is None:
        return "–"
    within = f" and {figure(test.df_within)}" if test.df_within is not None else ""
    return f"{name} {figure(test.statistic)}, df {figure(test.df)}{within}, p {figure(test.p)}"

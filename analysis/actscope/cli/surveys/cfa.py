"""How well answers fit a model of factors that is written down in lavaan's syntax."""

import argparse
from pathlib import Path
from typing import Any

from actscope.cli.answer import Answer, aligned, figure
from actscope.cli.surveys import asking
from actscope.errors import InputError
from actscope.survey.answers import answer_columns, read_answers
from actscope.survey.confirmatory import CONFIRMATORY, Confirmatory, confirmatory
from actscope.survey.structure import structure_of

SHAPE: Any = {
    "definition": "what the figures mean, en, zh and source",
    "n": "people with all answers",
    "missing": "people without",
    "chi2": "n × discrepancy",
    "df": "degrees of freedom",
    "p": "p value; null when nothing is left to test",
    "cfi": "comparative fit index",
    "tli": "Tucker–Lewis index",
    "rmsea": "root mean square error of approximation",
    "rmsea_ci": "its 90 % interval",
    "srmr": "standardised root mean square residual",
    "baseline_chi2": "the same of uncorrelated items",
    "baseline_df": "degrees of freedom of that",
    "loadings": "per factor and item, as estimated",
    "errors": "their standard errors; null where fixed",
    "loadings_std": "per factor and item, standardised",
    "factor_correlations": "per factor and factor",
    "cr": "composite reliability per factor",
    "ave": "average variance extracted per factor",
    "improper": "variances under zero, correlations beyond one",
}


class ModelFileUnreadableError(InputError):
    """A model that cannot be opened or is no text."""

    code = "model_file_unreadable"
    en = "The model “{value}” cannot be read as text in UTF-8."
    zh = "模型文件“{value}”无法按 UTF-8 文本读取。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the action takes."""
    asking.answers(parser)
    parser.add_argument(
        "--model",
        required=True,
        help="text file: f =~ x1 + x2 (f is measured by), x1 ~~ x2 (covary), # comment",
    )


def run(options: argparse.Namespace) -> Answer:
    """The fit."""
    structure = structure_of(_text(Path(options.model)))
    structure.refuse_unknown(answer_columns(options.file))
    result = confirmatory(read_answers(options.file, structure.observed), structure)
    return Answer(
        value=result.to_dict(), lines=[*_lines(result), getattr(CONFIRMATORY, options.language)]
    )


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise ModelFileUnreadableError(value=path.name) from error


def _lines(result: Confirmatory) -> list[str]:
    fit = result.fit
    low, high = fit.rmsea_ci
    rows = [
        (factor, item, result.loadings[factor][item], result.errors[factor][item], loading)
        for factor, items in result.loadings_std.items()
        for item, loading in items.items()
    ]
    of_factors = [(factor, result.cr[factor], result.ave[factor]) for factor in result.cr]
    mixed = [
        f"{factor}: loadings of both signs cancel in CR; were items to be reversed?"
        for factor, items in result.loadings_std.items()
        if min(items.values()) < 0 < max(items.values())
    ]
    return [
        f"χ² {figure(fit.chi2)}, df {fit.df}, p {figure(fit.p)} "
        f"(n {result.n}, {result.missing} left out for missing answers)",
        f"CFI {figure(fit.cfi)}, TLI {figure(fit.tli)}, RMSEA {figure(fit.rmsea)} "
        f"({figure(low)} to {figure(high)}), SRMR {figure(fit.srmr)}",
        *([f"improper: {', '.join(result.improper)}"] if result.improper else []),
        *aligned(("factor", "item", "loading", "error", "standardised"), rows),
        "",
        *aligned(("factor", "CR", "AVE"), of_factors),
        *mixed,
    ]

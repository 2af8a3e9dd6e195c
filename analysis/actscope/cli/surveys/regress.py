"""What goes with an answer or a score: linear regression with robust errors (HC3)."""

import argparse
import importlib
from typing import Any

from actscope.cli.answer import Answer, aligned, figure
from actscope.cli.surveys import asking
from actscope.survey.answers import answer_columns, read_answers
from actscope.survey.labels import read_labels
from actscope.survey.selection import items_of

SHAPE: Any = {
    "definition": "what the figures mean, en, zh and source",
    "outcome": "the column explained",
    "n": "complete rows",
    "missing": "rows that lack something",
    "errors": "hc3 or classical",
    "coefficients": [
        {
            "term": "(intercept), a column, or column[word]",
            "estimate": "the coefficient",
            "error": "its standard error",
            "t": "estimate ÷ error",
            "p": "its p value",
            "ci": "95 % interval",
        }
    ],
    "df": "degrees of freedom that are left",
    "r_squared": "share of the variance explained",
    "r_squared_adjusted": "the same, less what chance would explain",
    "f": "test of all predictors together, by the same errors",
    "f_p": "its p value",
}


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the action takes."""
    asking.answers(parser)
    parser.add_argument("--outcome", required=True, help="column of numbers to explain")
    parser.add_argument(
        "--predictors", required=True, help="columns, separated by commas; a-b is a range"
    )
    parser.add_argument(
        "--categories", default="", help="those of the predictors that are words or codes"
    )
    parser.add_argument(
        "--errors", choices=("hc3", "classical"), default="hc3", help="standard errors"
    )


def run(options: argparse.Namespace) -> Answer:
    """The regression."""
    # statsmodels takes two seconds to load: only who regresses waits for it.
    module = importlib.import_module("actscope.survey.regression")
    columns = answer_columns(options.file)
    predictors = items_of(options.predictors, columns)
    words = items_of(options.categories, columns) if options.categories else ()
    if options.outcome in predictors:
        raise module.PredictorRepeatedError(field=options.outcome)
    for word in words:
        if word not in predictors:
            raise module.CategoryUnknownError(field=word)
    numbers = [name for name in predictors if name not in words]
    answers = read_answers(options.file, [options.outcome, *numbers])
    labels = read_labels(options.file, words) if words else {}
    given = {
        name: labels[name] if name in words else answers.only([name]).values[:, 0]
        for name in predictors
    }
    result = module.regression(
        answers.values[:, 0], given, name=options.outcome, errors=options.errors
    )
    rows = [(c.term, c.estimate, c.error, c.t, c.p, *c.ci) for c in result.coefficients]
    lines = [
        *aligned(("term", "estimate", "error", "t", "p", "from", "to"), rows),
        f"errors {result.errors}, df {result.df}; R² {figure(result.r_squared)}, adjusted "
        f"{figure(result.r_squared_adjusted)}; F {figure(result.f)}, p {figure(result.f_p)} "
        f"(n {result.n}, missing {result.missing})",
        getattr(result.definition, options.language),
    ]
    return Answer(value=result.to_dict(), lines=lines)

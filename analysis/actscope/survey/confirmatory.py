"""Whether answers fit a model of factors that was written down before."""

from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.results import Result
from actscope.survey.answers import Answers, AnswersTooFewError, Matrix, normalised
from actscope.survey.factorability import refuse_singular
from actscope.survey.fit_indices import Fit, fit_of
from actscope.survey.fitting import Estimate, fitted
from actscope.survey.structure import Structure

CONFIRMATORY = Definition(
    en=(
        "The loadings that make the observed covariances most likely (normal maximum likelihood), "
        "and how far the model then is from them: χ² = n · discrepancy. CR is (Σλ)² ÷ ((Σλ)² + "
        "Σ residual variances and covariances), AVE is Σλ² ÷ (Σλ² + Σ residual variances), of "
        "standardised loadings λ. People with a missing answer are left out."
    ),
    zh=(
        "以正态最大似然求载荷，再看模型与观察协方差的差距：χ²＝n·差异函数值。"
        "CR＝(Σλ)²÷((Σλ)²＋残差方差与协方差之和)，AVE＝Σλ²÷(Σλ²＋残差方差之和)，λ 为标准化载荷。"
        "有缺失回答者不计入。"
    ),
    source=(
        "Jöreskog 1969, Psychometrika 34, 183–202; Fornell & Larcker 1981, Journal of Marketing "
        "Research 18, 39–50; conventions of lavaan (Rosseel 2012, Journal of Statistical Software "
        "48(2))."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmatory(Result):
    """``fit`` (its indices stand beside the others in ``to_dict``), loadings and what follows.

    ``n``: people with all answers, ``missing``: those without. ``loadings`` and ``loadings_std``:
    per factor and indicator, ``errors`` the standard errors of the former (``None`` where fixed).
    ``cr`` and ``ave``: composite reliability and average variance extracted per factor, ``None``
    for factors of factors or of one item, and where the estimate is improper. ``improper``:
    variances under zero and correlations beyond one, signs of a wrong model or too few answers.
    """

    definition: Definition
    n: int
    missing: int
    fit: Fit
    loadings: dict[str, dict[str, float]]
    errors: dict[str, dict[str, float | None]]
    loadings_std: dict[str, dict[str, float]]
    factor_correlations: dict[str, dict[str, float]]
    cr: dict[str, float | None]
    ave: dict[str, float | None]
    improper: tuple[str, ...]

    def to_dict(self) -> dict[str, object]:
        """Everything by its name, the indices of fit among it."""
        told = Result.to_dict(self)
        return {**told.pop("fit"), **told}


def confirmatory(answers: Answers, structure: Structure) -> Confirmatory:
    """Fit a model (see ``structure_of``) to the answers to its items.

    ``answers`` hold at least the items of the model. Raises ``ModelVariableUnknownError``, what
    ``fitted`` raises, ``ItemEmptyError``, ``ItemConstantError``, ``AnswersTooFewError``,
    ``ItemsCollinearError``.
    """
    structure.refuse_unknown(answers.items)
    chosen = answers.only(structure.observed).varying(least=1)
    complete = Answers(chosen.items, chosen.complete)
    items = len(chosen.items)
    if len(complete.values) <= items:
        raise AnswersTooFewError(
            value=len(complete.values), items=items, use="listwise", least=items + 1
        )
    complete.varying(least=1)
    covariances = np.atleast_2d(np.cov(complete.values, rowvar=False, ddof=0))
    return confirmed(structure, covariances, len(complete.values), missing=chosen.incomplete)


def confirmed(
    structure: Structure, covariances: Matrix, people: int, *, missing: int = 0
) -> Confirmatory:
    """The same from covariances (divisor n) of the observed variables of the structure, in its
    order, among so many people."""
    refuse_singular(normalised(covariances), structure.observed)
    estimate = fitted(structure, covariances, people)
    size = len(covariances)
    df = size * (size + 1) // 2 - structure.parameters
    deviation = np.sqrt(np.maximum(np.diag(estimate.whole), 0))
    with np.errstate(invalid="ignore", divide="ignore"):
        correlations = estimate.whole / np.outer(deviation, deviation)
    improper = _improper(structure, estimate, correlations)
    paths, left_over = structure.matrices(estimate.values)
    with np.errstate(invalid="ignore", divide="ignore"):
        standard = paths * deviation[None, :] / deviation[:, None]
        left_over = left_over / np.outer(deviation, deviation)
    variables = structure.variables
    of_factor = {
        factor: [variables.index(item) for item in items]
        for factor, items in structure.measured.items()
    }
    column = {factor: variables.index(factor) for factor in structure.factors}

    def table(values: Matrix) -> dict[str, dict[str, float]]:
        return {
            factor: {variables[row]: float(values[row, column[factor]]) for row in rows}
            for factor, rows in of_factor.items()
        }

    cr: dict[str, float | None] = {}
    ave: dict[str, float | None] = {}
    for factor, rows in of_factor.items():
        usable = not improper and len(rows) > 1 and max(rows) < size
        own = standard[rows, column[factor]]
        rest = left_over[np.ix_(rows, rows)]
        cr[factor] = float(own.sum() ** 2 / (own.sum() ** 2 + rest.sum())) if usable else None
        ave[factor] = float((own**2).sum() / ((own**2).sum() + np.trace(rest))) if usable else None
    return Confirmatory(
        definition=CONFIRMATORY,
        n=people,
        missing=missing,
        fit=fit_of(estimate.loss, df, covariances, estimate.implied, people),
        loadings=table(paths),
        errors=_errors(structure, estimate),
        loadings_std=table(standard),
        factor_correlations={
            one: {two: float(correlations[column[one], column[two]]) for two in column}
            for one in column
        },
        cr=cr,
        ave=ave,
        improper=improper,
    )


def _errors(structure: Structure, estimate: Estimate) -> dict[str, dict[str, float | None]]:
    errors: dict[str, dict[str, float | None]] = {factor: {} for factor in structure.factors}
    for found in structure.coefficients:
        if found.operator == "=~":
            free = found.parameter >= 0
            errors[found.left][found.right] = (
                float(estimate.errors[found.parameter]) if free else None
            )
    return errors


def _improper(structure: Structure, estimate: Estimate, correlations: Matrix) -> tuple[str, ...]:
    signs = [
        f"{found.left} ~~ {found.right}"
        for found in structure.coefficients
        if found.left == found.right
        and found.operator == "~~"
        and found.parameter >= 0
        and estimate.values[found.parameter] < 0
    ]
    first = len(structure.observed)
    for i, one in enumerate(structure.factors):
        for j, two in enumerate(structure.factors[:i]):
            if not abs(correlations[first + i, first + j]) <= 1 + 1e-9:
                signs.append(f"{two} ~~ {one}")
    return tuple(signs)

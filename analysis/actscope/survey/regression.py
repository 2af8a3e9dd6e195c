"""What goes with an answer or a score: linear regression with errors that do not assume much."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from statsmodels.regression.linear_model import OLS

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result
from actscope.survey.answers import Matrix, OutcomeUnvaryingError
from actscope.survey.labels import Labels

Errors = Literal["hc3", "classical"]
"""``hc3`` holds when the spread differs between people (MacKinnon & White 1985, Journal of
Econometrics 29, 305–325); ``classical`` assumes that it does not."""

COLLINEAR = 1e-8
"""A predictor of which the others leave less than this share of its length is theirs."""

REGRESSION = Definition(
    en=(
        "The coefficients that leave the least sum of squared residuals; errors are HC3 (each "
        "squared residual ÷ (1 − leverage)²) unless classical ones are asked for; t with n − k "
        "degrees of freedom. A category is compared with the first of its kind. Coefficients tell "
        "what goes together, not what causes what."
    ),
    zh=(
        "最小二乘系数；标准误默认为 HC3（残差平方÷(1−杠杆值)²），可改用经典标准误；"
        "t 的自由度为 n−k。"
        "类别变量与首个类别比较。系数表示关联，不表示因果。"
    ),
    source="MacKinnon & White 1985; Long & Ervin 2000, The American Statistician 54, 217–224.",
)


class PredictorConstantError(InputError):
    """A predictor that differs between nobody."""

    code = "predictor_constant"
    en = "The predictor “{field}” is the same for everybody who is left; leave it out."
    zh = "预测变量“{field}”在有效样本中没有变化，请去掉。"


class PredictorCollinearError(InputError):
    """A predictor that follows from others."""

    code = "predictor_collinear"
    en = "The predictor “{field}” follows from {value}; leave one of them out."
    zh = "预测变量“{field}”可由 {value} 推出，请去掉其中一个。"


class PredictorRepeatedError(InputError):
    """An outcome that would explain itself."""

    code = "predictor_repeated"
    en = "“{field}” is both the outcome and a predictor."
    zh = "“{field}”既是结果变量又是预测变量。"


class CategoryUnknownError(InputError):
    """A category that is no predictor."""

    code = "category_unknown"
    en = "“{field}” is named as a category and is not among the predictors."
    zh = "“{field}”被列为类别变量，但不在预测变量中。"


class RowsTooFewError(InputError):
    """Not more people than coefficients."""

    code = "rows_too_few"
    en = "{value} complete rows cannot determine {coefficients} coefficients and their errors."
    zh = "{value} 行完整数据不足以估计 {coefficients} 个系数及其标准误。"


class RowDecidesError(InputError):
    """One person to whom a coefficient belongs alone."""

    code = "row_decides_alone"
    en = (
        "Row {row} alone decides a coefficient (its leverage is 1), so that HC3 errors do not "
        "exist: merge a category of one, or ask for classical errors."
    )
    zh = (
        "第 {row} 行独自决定了某个系数（杠杆值为 1），HC3 标准误不存在："
        "请合并只有一人的类别，或改用经典标准误。"
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Coefficient(Result):
    """An ``estimate`` with its standard ``error``, ``t``, ``p`` and 95 % interval."""

    term: str
    estimate: float
    error: float
    t: float
    p: float
    ci: tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Regression(Result):
    """``n``: complete rows; ``missing``: rows that lack something. The first coefficient is the
    intercept; the terms of a category are ``column[word]``. ``f`` tests all others together by the
    same errors."""

    definition: Definition
    outcome: str
    n: int
    missing: int
    errors: Errors
    coefficients: tuple[Coefficient, ...]
    df: int
    r_squared: float
    r_squared_adjusted: float
    f: float
    f_p: float


def regression(
    outcome: Matrix,
    predictors: Mapping[str, Matrix | Labels],
    *,
    name: str = "outcome",
    errors: Errors = "hc3",
) -> Regression:
    """Regress the outcome on the predictors: numbers as they are (not-a-number is missing), words
    as categories (``None`` is missing). Rows with anything missing are left out.

    Raises ``PredictorConstantError``, ``PredictorCollinearError``, ``RowsTooFewError``,
    ``OutcomeUnvaryingError``, ``RowDecidesError``.
    """
    complete = ~np.isnan(outcome)
    for given in predictors.values():
        complete &= _present(given)
    rows = np.flatnonzero(complete)
    names, columns = ["(intercept)"], [np.ones(len(rows))]
    for predictor, given in predictors.items():
        for term, column in _terms(predictor, given, rows):
            names.append(term)
            columns.append(column)
    if len(rows) <= len(names):
        raise RowsTooFewError(value=len(rows), coefficients=len(names))
    if np.ptp(outcome[rows]) == 0:
        raise OutcomeUnvaryingError(field=name)
    design = np.column_stack(columns)
    _refuse_collinear(design, names)
    if errors == "hc3":
        _refuse_deciding(design, rows)
    fit = OLS(outcome[rows], design).fit()
    robust = fit.get_robustcov_results("HC3", use_t=True) if errors == "hc3" else fit
    together = robust.f_test(np.eye(len(names))[1:])
    ends = robust.conf_int()
    return Regression(
        definition=REGRESSION,
        outcome=name,
        n=len(rows),
        missing=len(outcome) - len(rows),
        errors=errors,
        coefficients=tuple(
            Coefficient(
                term=term,
                estimate=float(robust.params[i]),
                error=float(robust.bse[i]),
                t=float(robust.tvalues[i]),
                p=float(robust.pvalues[i]),
                ci=(float(ends[i][0]), float(ends[i][1])),
            )
            for i, term in enumerate(names)
        ),
        df=int(fit.df_resid),
        r_squared=float(fit.rsquared),
        r_squared_adjusted=float(fit.rsquared_adj),
        f=float(together.fvalue),
        f_p=float(together.pvalue),
    )


def _present(given: Matrix | Labels) -> npt.NDArray[np.bool_]:
    if isinstance(given, tuple):
        return np.array([word is not None for word in given], np.bool_)
    return ~np.isnan(given)


def _terms(
    name: str, given: Matrix | Labels, rows: npt.NDArray[np.int64]
) -> Sequence[tuple[str, Matrix]]:
    """The columns of a predictor among the rows that are left."""
    if not isinstance(given, tuple):
        values = given[rows]
        if len(values) and np.ptp(values) == 0:
            raise PredictorConstantError(field=name)
        return [(name, values)]
    words = [given[row] for row in rows.tolist()]
    kinds = sorted({word for word in words if word is not None})
    if len(kinds) == 1:
        raise PredictorConstantError(field=name)
    return [
        (f"{name}[{kind}]", np.array([word == kind for word in words], np.float64))
        for kind in kinds[1:]
    ]


def _refuse_collinear(design: Matrix, names: Sequence[str]) -> None:
    """Each column in turn against those before it, around the mean and of length one."""
    centred = design[:, 1:] - design[:, 1:].mean(axis=0)
    centred /= np.sqrt((centred**2).sum(axis=0))
    for place in range(1, centred.shape[1]):
        before, column = centred[:, :place], centred[:, place]
        by, *_ = np.linalg.lstsq(before, column, rcond=None)
        if np.linalg.norm(column - before @ by) < COLLINEAR:
            others = [names[1 + i] for i in np.flatnonzero(np.abs(by) > 1e-6).tolist()]
            raise PredictorCollinearError(field=names[1 + place], value=", ".join(others))


def _refuse_deciding(design: Matrix, rows: npt.NDArray[np.int64]) -> None:
    basis, _ = np.linalg.qr(design)
    leverage = (basis**2).sum(axis=1)
    place = int(np.argmax(leverage))
    if leverage[place] > 1 - 1e-9:
        raise RowDecidesError(row=int(rows[place]) + 1)

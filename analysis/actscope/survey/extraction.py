"""Common factors drawn out of correlations: what the items share, before any rotation."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.optimize import minimize

from actscope.errors import InputError
from actscope.survey.answers import Matrix

Method = Literal["minres", "ml"]
"""``minres``: least squares on the correlations off the diagonal (Harman & Jones 1966,
Psychometrika 31, 351–368). ``ml``: maximum likelihood (Jöreskog 1967, Psychometrika 32,
443–482)."""

LEAST_UNIQUE = {"minres": 0.0, "ml": 0.005}
"""How little of an item may be its own. The likelihood has no maximum at nothing at all."""


class FactorsTooManyError(InputError):
    """More factors than the correlations can determine."""

    code = "factors_too_many"
    en = "{items} items determine at most {most} factors, not {value}."
    zh = "{items} 个题目最多可确定 {most} 个因子，不能提取 {value} 个。"


class FactorsTooFewError(InputError):
    """No factor, or fewer than the model has."""

    code = "factors_too_few"
    en = "{value} factors were asked for; at least {least} are needed."
    zh = "要求提取 {value} 个因子，至少需要 {least} 个。"


class FactorsNotFoundError(InputError):
    """The extraction did not settle."""

    code = "factors_not_found"
    en = "No solution with {value} factors was found; ask for fewer factors."
    zh = "未能得到 {value} 个因子的解，请减少因子数。"


@dataclass(frozen=True, slots=True)
class Extraction:
    """``loadings[i, j]``: how much item i carries of factor j, the strongest factor first, each
    with a positive sum. ``unique``: the share of each item that no factor explains."""

    loadings: Matrix
    unique: Matrix


def most_factors(items: int) -> int:
    """How many factors leave the model of so many items at least no fewer equations than
    unknowns: ((p − k)² − (p + k)) ÷ 2 ≥ 0."""
    return max(k for k in range(items) if k == 0 or (items - k) ** 2 >= items + k)


def extracted(correlations: Matrix, factors: int, method: Method = "minres") -> Extraction:
    """The factors of a correlation matrix of p items.

    The uniquenesses are sought that leave the least residual: for ``minres`` the squares of what
    remains off the diagonal, for ``ml`` minus the log likelihood; given them, the loadings are the
    leading eigenvectors. Raises ``FactorsTooManyError``, ``FactorsTooFewError``,
    ``FactorsNotFoundError``.
    """
    items = len(correlations)
    if factors < 1:
        raise FactorsTooFewError(value=factors, least=1)
    if factors > (most := most_factors(items)):
        raise FactorsTooManyError(value=factors, items=items, most=most)
    loss = _residual if method == "minres" else _unlikelihood
    # What is unique to an item is at most what the others do not predict.
    start = np.clip(1 / np.diag(_inverse(correlations)), 0.05, 1.0)
    found = minimize(
        loss,
        start,
        args=(correlations, factors),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUE[method], 1.0)] * items,
        options={"maxiter": 5_000, "maxfun": 20_000, "ftol": 1e-15, "gtol": 1e-9},
    )
    if not np.all(np.isfinite(found.x)):
        raise FactorsNotFoundError(value=factors)
    draw = _by_least_squares if method == "minres" else _by_likelihood
    loadings = draw(found.x, correlations, factors)
    signs = np.where(loadings.sum(axis=0) < 0, -1.0, 1.0)
    return Extraction(loadings * signs, found.x)


def _inverse(correlations: Matrix) -> Matrix:
    """The inverse, or what comes nearest to it where items repeat each other."""
    return _floats(np.linalg.pinv(correlations, hermitian=True))


def _by_least_squares(unique: Matrix, correlations: Matrix, factors: int) -> Matrix:
    values, vectors = np.linalg.eigh(correlations - np.diag(unique))
    leading = values[::-1][:factors]
    return _floats(vectors[:, ::-1][:, :factors] * np.sqrt(np.maximum(leading, 0)))


def _residual(unique: Matrix, correlations: Matrix, factors: int) -> tuple[float, Matrix]:
    loadings = _by_least_squares(unique, correlations, factors)
    residual = correlations - loadings @ loadings.T - np.diag(unique)
    return float((residual**2).sum()) / 2, -np.diag(residual)


def _by_likelihood(unique: Matrix, correlations: Matrix, factors: int) -> Matrix:
    root = np.sqrt(unique)
    values, vectors = np.linalg.eigh(correlations / np.outer(root, root))
    leading = np.sqrt(np.maximum(values[::-1][:factors] - 1, 0))
    return _floats(root[:, None] * vectors[:, ::-1][:, :factors] * leading)


def _unlikelihood(unique: Matrix, correlations: Matrix, factors: int) -> tuple[float, Matrix]:
    root = np.sqrt(unique)
    rest = np.linalg.eigvalsh(correlations / np.outer(root, root))[: len(unique) - factors]
    loadings = _by_likelihood(unique, correlations, factors)
    model = loadings @ loadings.T + np.diag(unique)
    loss = float(np.sum(rest - np.log(np.maximum(rest, 1e-12)) - 1))
    return loss, np.diag(model - correlations) / unique**2


def _floats(values: npt.ArrayLike) -> Matrix:
    return np.asarray(values, np.float64)

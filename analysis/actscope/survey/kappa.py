"""Agreement of two raters, or of several, beyond what their habits would give by chance."""

from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy.sparse import csr_array
from scipy.stats import norm

from actscope.results import Result
from actscope.survey.answers import Matrix

Weights = Literal["none", "linear", "quadratic"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Kappa(Result):
    """``kappa`` with its 95 % interval; ``observed`` and ``expected`` (weighted) agreement. Not-a-
    number where chance alone would give full agreement: nothing was there to agree on."""

    kappa: float
    ci: tuple[float, float]
    observed: float
    expected: float


def cohen(table: Matrix, weights: Weights = "none", values: Matrix | None = None) -> Kappa:
    """Cohen's kappa of two raters: (observed − expected) ÷ (1 − expected).

    ``table[i, j]``: how many units the first rater gave code i and the second code j. ``weights``:
    what two different codes are worth, 1 − |v_i − v_j| ÷ range, or 1 − (v_i − v_j)² ÷ range²;
    ``values`` are the v, by default the places of the codes. The interval is that of the
    large-sample variance. Cohen 1960, Educational and Psychological Measurement 20, 37–46; Cohen
    1968, Psychological Bulletin 70, 213–220; Fleiss, Cohen & Everitt 1969, Psychological Bulletin
    72, 323–327.
    """
    units = table.sum()
    share = table / units
    first, second = share.sum(axis=1), share.sum(axis=0)
    worth = _worth(len(table), weights, values)
    observed = float((worth * share).sum())
    expected = float(first @ worth @ second)
    if 1 - expected < 1e-12:
        nothing = float("nan")
        return Kappa(kappa=nothing, ci=(nothing, nothing), observed=observed, expected=expected)
    kappa = (observed - expected) / (1 - expected)
    by_margin = (worth @ second)[:, None] + (first @ worth)[None, :]
    spread = (share * (worth - by_margin * (1 - kappa)) ** 2).sum()
    variance = (spread - (kappa - expected * (1 - kappa)) ** 2) / (units * (1 - expected) ** 2)
    reach = float(norm.ppf(0.975) * np.sqrt(max(variance, 0)))
    return Kappa(
        kappa=kappa,
        ci=(max(-1.0, kappa - reach), min(1.0, kappa + reach)),
        observed=observed,
        expected=expected,
    )


def fleiss(counts: Matrix | csr_array) -> float:
    """Fleiss' kappa of m raters who each coded every unit.

    ``counts[i, c]``: how many raters gave unit i code c; every row sums to m ≥ 2. Not-a-number
    where only one code was given. Fleiss 1971, Psychological Bulletin 76, 378–382.
    """
    raters = counts[0].sum()
    share = counts.sum(axis=0) / counts.sum()
    observed = ((counts**2).sum(axis=1) - raters).mean() / (raters * (raters - 1))
    expected = (share**2).sum()
    if 1 - expected < 1e-12:
        return float("nan")
    return float((observed - expected) / (1 - expected))


def _worth(codes: int, weights: Weights, values: Matrix | None) -> Matrix:
    if weights == "none":
        return np.eye(codes)
    at = np.arange(codes, dtype=np.float64) if values is None else values
    apart: Matrix = np.abs(at[:, None] - at[None, :])
    power = 1 if weights == "linear" else 2
    worth: Matrix = 1 - (apart / max(np.ptp(at), 1e-300)) ** power
    return worth

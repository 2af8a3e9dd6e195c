"""How far a model is from the covariances it is to explain."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import brentq
from scipy.stats import chi2, ncx2

from actscope.results import Result
from actscope.survey.answers import Matrix


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit(Result):
    """``chi2`` with ``df`` and ``p`` (``None`` for a model that leaves nothing to test); ``cfi``
    and ``tli`` against the model of uncorrelated items (``baseline_chi2``, ``baseline_df``);
    ``rmsea`` with its 90 % interval; ``srmr``."""

    chi2: float
    df: int
    p: float | None
    cfi: float
    tli: float
    rmsea: float
    rmsea_ci: tuple[float, float]
    srmr: float
    baseline_chi2: float
    baseline_df: int


def fit_of(loss: float, df: int, covariances: Matrix, implied: Matrix, people: int) -> Fit:
    """The indices, from the discrepancy ``loss`` of a model with ``df`` degrees of freedom.

    χ² is n · loss. CFI: Bentler 1990, Psychological Bulletin 107, 238–246. TLI: Tucker & Lewis
    1973, Psychometrika 38, 1–10. RMSEA √((χ² − df) ÷ (df · n)) with the interval of the non-central
    χ²: Browne & Cudeck 1992, Sociological Methods & Research 21, 230–258. SRMR: root mean square
    of the residual covariances, each divided by the observed deviations (Bentler 1995), variances
    included.
    """
    statistic = people * loss
    variances = np.diag(covariances)
    base = people * float(np.log(variances).sum() - np.linalg.slogdet(covariances)[1])
    base_df = len(covariances) * (len(covariances) - 1) // 2
    beyond, base_beyond = max(statistic - df, 0.0), max(base - base_df, statistic - df, 0.0)
    scaled = (covariances - implied) / np.sqrt(np.outer(variances, variances))
    return Fit(
        chi2=statistic,
        df=df,
        p=float(chi2.sf(statistic, df)) if df else None,
        cfi=1 - beyond / base_beyond if base_beyond else 1.0,
        tli=_tli(statistic, df, base, base_df),
        rmsea=float(np.sqrt(beyond / (df * people))) if df else 0.0,
        rmsea_ci=_rmsea_interval(statistic, df, people),
        srmr=float(np.sqrt(np.mean(scaled[np.tril_indices(len(scaled))] ** 2))),
        baseline_chi2=base,
        baseline_df=base_df,
    )


def _tli(statistic: float, df: int, base: float, base_df: int) -> float:
    if not df:
        return 1.0
    if base <= base_df:
        return float("nan")
    return (base / base_df - statistic / df) / (base / base_df - 1)


def _rmsea_interval(statistic: float, df: int, people: int) -> tuple[float, float]:
    if not df:
        return 0.0, 0.0
    low, high = (_noncentrality(statistic, df, tail) for tail in (0.95, 0.05))
    return float(np.sqrt(low / (df * people))), float(np.sqrt(high / (df * people)))


def _noncentrality(statistic: float, df: int, share: float) -> float:
    """For which non-centrality this share of samples stays under the statistic."""
    if chi2.cdf(statistic, df) < share:
        return 0.0
    most = 2 * statistic + 100
    return float(brentq(lambda lam: ncx2.cdf(statistic, df, lam) - share, 1e-12, most))

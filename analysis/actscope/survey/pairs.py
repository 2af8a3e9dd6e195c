"""Each group against each other, with p corrected for how many pairs there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from scipy import stats

from actscope.results import Result
from actscope.survey.adjusting import Correction, adjusted
from actscope.survey.answers import Matrix

EXACT_UNDER = 50
"""Two groups both smaller than this, without ties, get the exact p of the rank sum."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair(Result):
    """Two groups: the ``difference`` of means (``a`` − ``b``) with its 95 % interval (Welch), and
    the p of each test, ``…_corrected`` for the number of pairs. Where neither group varies Welch's
    are ``None``."""

    a: str
    b: str
    difference: float
    ci: tuple[float, float] | None
    t: float | None
    df: float | None
    p: float | None
    p_corrected: float | None
    w: float
    p_wilcoxon: float
    p_wilcoxon_corrected: float
    wilcoxon_exact: bool
    tukey_ci: tuple[float, float]
    p_tukey: float


def pairs_of(samples: Mapping[str, Matrix], correction: Correction) -> tuple[Pair, ...]:
    """All pairs of groups of at least two people each, of which not all are without spread."""
    tukey = stats.tukey_hsd(*samples.values())
    tukey_ends = tukey.confidence_interval(0.95)
    found = []
    for (i, a), (j, b) in combinations(enumerate(samples), 2):
        one, two = samples[a], samples[b]
        exact = max(len(one), len(two)) < EXACT_UNDER and not _tied(one, two)
        rank = stats.mannwhitneyu(one, two, method="exact" if exact else "asymptotic")
        found.append(
            {
                "a": a,
                "b": b,
                **_welch(one, two),
                "w": float(rank.statistic),
                "p_wilcoxon": float(rank.pvalue),
                "wilcoxon_exact": exact,
                "tukey_ci": (float(tukey_ends.low[i, j]), float(tukey_ends.high[i, j])),
                "p_tukey": float(tukey.pvalue[i, j]),
            }
        )
    welches = adjusted(np.array([pair["p"] for pair in found], np.float64), correction)
    ranks = adjusted(np.array([pair["p_wilcoxon"] for pair in found], np.float64), correction)
    return tuple(
        Pair(
            **pair,  # type: ignore[arg-type] # each value of the type of its field
            p_corrected=None if np.isnan(of_welch) else float(of_welch),
            p_wilcoxon_corrected=float(of_ranks),
        )
        for pair, of_welch, of_ranks in zip(found, welches, ranks, strict=True)
    )


def _welch(one: Matrix, two: Matrix) -> dict[str, object]:
    """Welch 1947; SciPy's own warns of samples that do not vary, which are no mistake here."""
    difference = float(one.mean() - two.mean())
    if not (np.ptp(one) or np.ptp(two)):
        return {"difference": difference, "ci": None, "t": None, "df": None, "p": None}
    each = np.array([sample.var(ddof=1) / len(sample) for sample in (one, two)])
    df = each.sum() ** 2 / (each**2 / [len(one) - 1, len(two) - 1]).sum()
    error = np.sqrt(each.sum())
    reach = stats.t.ppf(0.975, df) * error
    return {
        "difference": difference,
        "ci": (float(difference - reach), float(difference + reach)),
        "t": float(difference / error),
        "df": float(df),
        "p": float(2 * stats.t.sf(abs(difference) / error, df)),
    }


def _tied(one: Matrix, two: Matrix) -> bool:
    together = np.concatenate([one, two])
    return len(np.unique(together)) < len(together)

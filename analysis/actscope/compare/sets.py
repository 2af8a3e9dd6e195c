"""How far one fuzzy set lies inside another."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.definition import Definition
from actscope.results import Result

Floats = npt.NDArray[np.float64]

SUFFICIENCY = Definition(
    en=(
        "Of memberships x in a term and y in the outcome: inclusion (consistency) Σmin(x, y) / Σx; "
        "coverage Σmin(x, y) / Σy; PRI (Σmin(x, y) − Σmin(x, y, 1 − y)) / "
        "(Σx − Σmin(x, y, 1 − y)); unique coverage is what the coverage of the "
        "solution loses without the term."
    ),
    zh=(
        "x 为组合隶属度，y 为结果隶属度：一致性 Σmin(x, y) / Σx；覆盖度 Σmin(x, y) / Σy；"
        "PRI 为 (Σmin(x, y) − Σmin(x, y, 1 − y)) / (Σx − Σmin(x, y, 1 − y))；"
        "唯一覆盖度为去掉该组合后解的覆盖度的减少量。"
    ),
    source="Ragin 2006, Political Analysis 14, 291–310; PRI: Schneider & Wagemann 2012.",
)
NECESSITY = Definition(
    en=(
        "Of memberships x in a condition and y in the outcome: inclusion Σmin(x, y) / Σy; coverage "
        "Σmin(x, y) / Σx; relevance (RoN) Σ(1 − x) / Σ(1 − min(x, y)), near 0 where nearly every "
        "case has the condition anyway."
    ),
    zh=(
        "x 为条件隶属度，y 为结果隶属度：必要一致性 Σmin(x, y) / Σy；覆盖度 Σmin(x, y) / Σx；"
        "相关性 RoN 为 Σ(1 − x) / Σ(1 − min(x, y))，几乎所有案例都具备该条件时接近 0。"
    ),
    source="Ragin 2006; RoN: Schneider & Wagemann 2012, Set-Theoretic Methods, chapter 9.",
)


@dataclass(frozen=True, slots=True)
class Sufficient(Result):
    """Whether a set is enough for the outcome; ``None`` where no case is in it, or in the
    outcome."""

    inclusion: float | None
    pri: float | None
    coverage: float | None


@dataclass(frozen=True, slots=True)
class Necessary(Result):
    """Whether the outcome does not come without a set."""

    inclusion: float | None
    coverage: float | None
    relevance: float | None


def sufficiency(x: Floats, y: Floats) -> Sufficient:
    """Of memberships ``x`` in a set and ``y`` in the outcome, one for each case."""
    both = np.minimum(x, y).sum()
    torn = np.minimum(np.minimum(x, y), 1 - y).sum()
    return Sufficient(
        inclusion=ratio(both, x.sum()),
        pri=ratio(both - torn, x.sum() - torn),
        coverage=ratio(both, y.sum()),
    )


def necessity(x: Floats, y: Floats) -> Necessary:
    """Of memberships ``x`` in a set and ``y`` in the outcome, one for each case."""
    both = np.minimum(x, y)
    return Necessary(
        inclusion=ratio(both.sum(), y.sum()),
        coverage=ratio(both.sum(), x.sum()),
        relevance=ratio((1 - x).sum(), (1 - both).sum()),
    )


def ratio(part: float, whole: float) -> float | None:
    """``part`` of ``whole``, or nothing of nothing."""
    return float(part / whole) if whole > 0 else None

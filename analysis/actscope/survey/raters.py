"""Whether people who coded the same interviews saw the same."""

from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.results import Result
from actscope.survey.answers import Matrix
from actscope.survey.codings import Codings, Level
from actscope.survey.kappa import cohen, fleiss
from actscope.survey.krippendorff import krippendorff

RATERS = Definition(
    en=(
        "Kappa is (observed agreement − agreement expected by chance) ÷ (1 − expected); weighted, "
        "codes that are near count as partly agreeing (quadratic or linear). Alpha is 1 − observed "
        "÷ expected disagreement of all pairs of codes of one unit."
    ),
    zh=(
        "κ＝(观察一致率−机遇一致率)÷(1−机遇一致率)；加权时相近编码视为部分一致（二次或线性）。"
        "α＝1−同一单元各对编码的观察不一致÷期望不一致。"
    ),
    source=(
        "Cohen 1960, 1968; Fleiss 1971, Psychological Bulletin 76, 378–382; Krippendorff 2011, "
        "Computing Krippendorff's Alpha-Reliability."
    ),
)


MOST_CODES = 500
"""With more different codes than this they are measurements, of which exact agreement says nothing:
kappas are left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement(Result):
    """Agreement of raters on ``n`` units which at least two of them coded, out of ``units``.

    ``missing``: codes that are not there, ``missing_by_rater`` whose. ``n_complete``: units that
    all raters coded, on which the kappas rest. ``cohen`` and ``weighted`` (quadratic) are for two
    raters, the latter for codes in an order; ``fleiss`` for any number; all for at most 500
    different codes. ``None`` where a measure
    does not apply, or nothing was there to agree on: chance alone would give full agreement.
    Intervals are 95 %.
    """

    definition: Definition
    level: Level
    raters: tuple[str, ...]
    codes: tuple[str, ...]
    units: int
    n: int
    n_complete: int
    missing: int
    missing_by_rater: dict[str, int]
    agreement: float | None
    cohen: float | None
    cohen_ci: tuple[float, float] | None
    weighted: float | None
    weighted_ci: tuple[float, float] | None
    weighted_linear: float | None
    weighted_linear_ci: tuple[float, float] | None
    fleiss: float | None
    krippendorff: float | None
    krippendorff_ci: tuple[float, float] | None


def agreement(codings: Codings, *, level: Level = "nominal", seed: int = 1) -> Agreement:
    """All measures of agreement that apply; ``seed`` is for the interval of Krippendorff's alpha.

    Weights of kappa come from the places of the codes in their order, at the interval level from
    their values.
    """
    complete = codings.complete
    distances = codings.values if level == "interval" else None
    two = len(codings.raters) == 2 and len(codings.labels) <= MOST_CODES
    table = pair_table(complete) if two else None
    plain = cohen(table) if table is not None else None
    ordered = table is not None and codings.values is not None
    quadratic = cohen(table, "quadratic", distances) if ordered and table is not None else None
    linear = cohen(table, "linear", distances) if ordered and table is not None else None
    alpha = krippendorff(codings, level, seed=seed)
    missing = (~codings.given).sum(axis=0)
    return Agreement(
        definition=RATERS,
        level=level,
        raters=codings.raters,
        codes=codings.labels,
        units=len(codings.codes),
        n=alpha.units,
        n_complete=len(complete.codes),
        missing=int(missing.sum()),
        missing_by_rater=dict(zip(codings.raters, missing.tolist(), strict=True)),
        agreement=plain.observed if plain else None,
        cohen=_number(plain.kappa if plain else None),
        cohen_ci=_interval(plain.ci if plain else None),
        weighted=_number(quadratic.kappa if quadratic else None),
        weighted_ci=_interval(quadratic.ci if quadratic else None),
        weighted_linear=_number(linear.kappa if linear else None),
        weighted_linear_ci=_interval(linear.ci if linear else None),
        fleiss=_number(
            fleiss(complete.counts)
            if len(complete.codes) and len(codings.labels) <= MOST_CODES
            else None
        ),
        krippendorff=_number(alpha.alpha),
        krippendorff_ci=_interval(alpha.ci),
    )


def _number(value: float | None) -> float | None:
    return None if value is None or np.isnan(value) else value


def _interval(ends: tuple[float, float] | None) -> tuple[float, float] | None:
    return None if ends is None or np.isnan(ends[0]) else ends


def pair_table(codings: Codings) -> Matrix:
    """How often the first of two raters gave code i and the second code j to one unit."""
    size = len(codings.labels)
    places = codings.codes[:, 0] * size + codings.codes[:, 1]
    return np.bincount(places, minlength=size * size).reshape(size, size).astype(np.float64)

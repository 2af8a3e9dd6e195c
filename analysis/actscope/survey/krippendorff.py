"""Krippendorff's alpha: agreement of any number of raters, at any level, with codes missing."""

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from actscope.results import Result
from actscope.survey.answers import Matrix
from actscope.survey.codings import Codings, Level

DRAWS = 1_000
"""How many samples of units an interval rests on."""

Times = npt.NDArray[np.int64]
Measure = Callable[[Times], float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Krippendorff(Result):
    """``alpha`` with its 95 % interval over samples of units; ``units``: coded at least twice;
    ``codes``: how many codes those have. Not-a-number where all codes are the same."""

    alpha: float
    ci: tuple[float, float]
    units: int
    codes: int


def krippendorff(codings: Codings, level: Level, *, seed: int = 1) -> Krippendorff:
    """1 − observed ÷ expected disagreement.

    Disagreement of two codes is 1 (nominal), or the squared distance of their mid-ranks among all
    codes (ordinal) or of their values (interval). Units coded once are left out. The interval is
    that of ``DRAWS`` samples of units with replacement, drawn by ``seed``. Krippendorff 2011,
    Computing Krippendorff's Alpha-Reliability; Hayes & Krippendorff 2007, Communication Methods
    and Measures 1, 77–89.
    """
    # Units coded alike, by whomever, are of one kind: a sample of units is one of kinds.
    alike, times = np.unique(np.sort(codings.codes, axis=1), axis=0, return_counts=True)
    counts = replace(codings, codes=alike).counts
    several = counts.sum(axis=1) > 1
    counts, times = counts[several], times[several]
    measure = _measure(counts, level, codings.values)
    draw = np.random.default_rng(seed)
    units = int(times.sum())
    drawn = (draw.multinomial(units, times / units) for _ in range(DRAWS))
    samples = np.array([measure(kinds) for kinds in drawn])
    samples = samples[~np.isnan(samples)]
    ends = np.quantile(samples, (0.025, 0.975)).tolist() if len(samples) else [np.nan, np.nan]
    return Krippendorff(
        alpha=measure(times),
        ci=(ends[0], ends[1]),
        units=units,
        codes=int(times @ counts.sum(axis=1)),
    )


def _measure(counts: csr_array, level: Level, values: Matrix | None) -> Measure:
    """Alpha as a function of how often each kind of unit is taken."""
    size = counts.sum(axis=1)
    if level == "nominal":
        apart = (size**2 - (counts**2).sum(axis=1)) / (size - 1)

        def of_names(times: Times) -> float:
            of_codes = times @ counts
            number = of_codes.sum()
            expected = (number**2 - (of_codes**2).sum()) / (number - 1)
            return _one_minus(times @ apart, expected)

        return of_names

    def of_numbers(times: Times) -> float:
        of_codes = times @ counts
        at = np.cumsum(of_codes) - of_codes / 2 if level == "ordinal" else values
        assert at is not None
        # Around the mean, so that large values do not cancel.
        number = of_codes.sum()
        at = at - of_codes @ at / number
        sums, squares = counts @ at, counts @ at**2
        apart = 2 * (size * squares - sums**2) / (size - 1)
        return _one_minus(times @ apart, 2 * number * (of_codes @ at**2) / (number - 1))

    return of_numbers


def _one_minus(observed: float, expected: float) -> float:
    return float(1 - observed / expected) if expected > 1e-12 else float("nan")

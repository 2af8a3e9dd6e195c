"""Where the level of a daily series changes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import ruptures
from scipy import optimize, stats

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

Numbers = npt.NDArray[np.float64]

CHANGE_POINTS = Definition(
    en=(
        "The days are cut into stretches of one mean each, so that the squares left over are "
        "least; how many stretches, the Bayesian information criterion chooses. Each stretch has "
        "at least 15 % of the days. Values of neighbouring days are taken as independent."
    ),
    zh=(
        "将各日划分为若干段，每段一个均值，使残差平方和最小；段数由贝叶斯信息准则选定，"
        "每段不少于总天数的 15%。假定相邻各日相互独立。"
    ),
    source=(
        "Bai & Perron 2003, J. Applied Econometrics 18, 1–22; intervals: Bai 1997, Review of "
        "Economics and Statistics 79, 551–563. Search by ruptures (Truong, Oudre & Vayatis 2020)."
    ),
)

LEAST_PART = 0.15
LEAST_DAYS = 3
MOST = 5
LONGEST = 4_000
"""The search takes time with the square of the days."""


class SeriesTooShortError(InputError):
    """Too few values for two stretches."""

    code = "changes_values_few"
    en = "There are {value} values; at least {least} are needed to look for a change."
    zh = "有效值为 {value} 个；至少需要 {least} 个才能寻找变点。"


class SeriesTooLongError(InputError):
    """More values than the search can take."""

    code = "changes_values_many"
    en = f"There are {{value}} values; at most {LONGEST} can be searched for changes."
    zh = f"有效值为 {{value}} 个；最多可对 {LONGEST} 个值寻找变点。"


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangePoint(Result):
    """``last``: place of the last value before the change, from 0; ``lower`` and ``upper``: its
    95 % interval, cut at the ends of the series."""

    last: int
    lower: int
    upper: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes(Result):
    """``points`` in order, ``means`` of the stretches between them. ``rss`` and ``bic`` per number
    of changes from 0. ``n`` values; ``missing`` had none."""

    points: tuple[ChangePoint, ...]
    means: tuple[float, ...]
    rss: tuple[float, ...]
    bic: tuple[float, ...]
    n: int
    missing: int
    definition: Definition = CHANGE_POINTS


def changes(values: npt.ArrayLike, *, least_part: float = LEAST_PART, most: int = MOST) -> Changes:
    """The changes of the mean of a series; places count all values, also those not-a-number, which
    are left out. A constant series has none.

    Raises ``SeriesTooShortError``, ``SeriesTooLongError``.
    """
    given = np.asarray(values, np.float64)
    places = np.flatnonzero(np.isfinite(given))
    series = given[places]
    n = len(series)
    shortest = max(LEAST_DAYS, int(least_part * n))
    if n < 2 * shortest:
        raise SeriesTooShortError(value=n, least=2 * LEAST_DAYS)
    if n > LONGEST:
        raise SeriesTooLongError(value=n)
    most = min(most, n // shortest - 1)
    cuts = _cuts(series, shortest, most)
    rss = tuple(_rest(series, cut) for cut in cuts)
    bic = tuple(_bic(n, left, number) for number, left in enumerate(rss))
    best = cuts[int(np.argmin(bic))]
    stretches = _parts(series, best)
    points = [
        _point(places, cut, before, after, n)
        for cut, before, after in zip(best, stretches[:-1], stretches[1:], strict=True)
    ]
    return Changes(
        points=tuple(points),
        means=tuple(float(part.mean()) for part in stretches),
        rss=rss,
        bic=bic,
        n=n,
        missing=len(given) - n,
    )


def _cuts(series: Numbers, shortest: int, most: int) -> list[tuple[int, ...]]:
    """The best cuts for each number of changes from 0."""
    # A linear kernel's cost is the sum of squares about the mean; this search is the compiled one.
    search = ruptures.KernelCPD(kernel="linear", min_size=shortest, jump=1)
    search.fit(series.reshape(-1, 1))
    found = [tuple(search.predict(n_bkps=number)[:-1]) for number in range(1, most + 1)]
    return [(), *found]


def _parts(series: Numbers, cuts: Sequence[int]) -> list[Numbers]:
    return np.split(series, list(cuts))


def _rest(series: Numbers, cut: Sequence[int]) -> float:
    """The squares left over; what rounding leaves of nothing is nothing."""
    left = sum(float(((part - part.mean()) ** 2).sum()) for part in _parts(series, cut))
    return left if left > 1e-12 * float(series @ series) else 0.0


def _bic(n: int, rss: float, number: int) -> float:
    """−2 log likelihood of normal errors + log n × (a mean per stretch, a place per change, one
    variance)."""
    if rss <= 0:
        return -np.inf
    return float(n * (np.log(rss / n) + 1 + np.log(2 * np.pi)) + np.log(n) * 2 * (number + 1))


def _point(
    places: npt.NDArray[np.int64], cut: int, before: Numbers, after: Numbers, n: int
) -> ChangePoint:
    """The change and its interval, the variances of the two sides apart."""
    step = float(after.mean() - before.mean())
    spread, later = float(before.var()), float(after.var())
    low = high = 0
    if spread > 0 and later > 0:
        unit = spread / step**2
        high = int(np.ceil(unit * _quantile(0.975, later / spread)))
        low = int(np.floor(unit * _quantile(0.025, later / spread)))
    first, last = max(cut - 1 - high, 0), min(cut - 1 - low, n - 1)
    return ChangePoint(last=int(places[cut - 1]), lower=int(places[first]), upper=int(places[last]))


def _quantile(part: float, phi: float) -> float:
    """The quantile of where a two-sided Brownian motion with drift is largest, the variance being
    1 on the left and ``phi`` on the right."""
    reach = 1.0
    while _below(-reach, phi) > part or _below(reach, phi) < part:
        reach *= 2
    return float(optimize.brentq(lambda x: _below(x, phi) - part, -reach, reach))


def _below(x: float, phi: float) -> float:
    """The probability that the place is at or below ``x`` (Bai 1997, equal drifts)."""
    if x <= 0:
        return _lower_tail(-x, phi)
    # Mirrored in time and rescaled, the right side is a left one.
    return 1.0 - _lower_tail(x / phi, 1.0 / phi)


def _lower_tail(x: float, phi: float) -> float:
    """The probability that the place is at or below −x, for x ≥ 0."""
    root = np.sqrt(x)
    a, b = (1 + 1 / phi) / (2 * phi), 0.5 + 1 / phi
    c, d = phi * (phi + 2) / (phi + 1), (phi + 2) ** 2 / (phi + 1)
    far = np.exp(a * x + stats.norm.logcdf(-b * root))
    near = (d - 2 + x / 2) * stats.norm.cdf(-root / 2)
    return float(near - root / np.sqrt(2 * np.pi) * np.exp(-x / 8) - c * far)

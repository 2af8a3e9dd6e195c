"""How fast cooperation per open case rises and falls, and whether it does both."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from actscope.errors import InputError
from actscope.results import Result

Numbers = npt.NDArray[np.float64]

LEAST_TEST = 5
"""Days with load for a parabola: three coefficients, and something left to judge them by."""
LEAST_SLOPE = 3
MOST_LOG = 500.0
"""Beyond this exp has no figure; no summit lies there."""


class TooFewDaysError(InputError):
    """Fewer days with open cases than the curve needs."""

    code = "tempo_days_few"
    en = "There are {value} days with open cases; at least {least} are needed."
    zh = "有在办事项的天数为 {value}；至少需要 {least} 天。"


class TooFewJointDaysError(InputError):
    """Joint acts on so few days that any curve could be laid through them."""

    code = "tempo_joint_days_few"
    en = "There are joint acts on {value} days with open cases; at least {least} are needed."
    zh = "有在办事项且有联合行为的天数为 {value}；至少需要 {least} 天。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate(Result):
    """A figure with its 95 % interval; a bound that does not exist is ``None``."""

    value: float
    lower: float | None
    upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Slope(Estimate):
    """Change of log r per day, over ``n`` days with load; ``missing`` days had none."""

    n: int
    missing: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RiseThenFall(Result):
    """``curvature``: coefficient of t² (t in days). ``turn``: where the parabola turns, in days
    from the first, ``None`` where it opens upwards. ``dispersion``: Pearson χ² ÷ degrees of
    freedom; above 1 it widens the intervals. ``found``: the upper end of the curvature is below 0
    and the turn lies inside the days. ``n`` days with load, ``missing`` without."""

    curvature: Estimate
    turn: Estimate | None
    dispersion: float
    p: float
    found: bool
    n: int
    missing: int


def slope(joint: npt.ArrayLike, load: npt.ArrayLike) -> Slope:
    """b in log E(y) = a + b·t + log L by Poisson regression: the slope of log r, to which days
    without joint acts count too (their log r does not exist).

    Raises ``TooFewDaysError``, ``TooFewJointDaysError``.
    """
    line = _fitted(joint, load, degree=1, least=LEAST_SLOPE)
    value, width = line.coefficients[1], _Z * line.errors[1]
    return Slope(
        value=value, lower=value - width, upper=value + width, n=line.n, missing=line.missing
    )


def half_life(decay: Slope) -> Estimate | None:
    """ln 2 ÷ decay in days: after so long half the cooperation per open case is left. ``None``
    where it does not fall; a bound is ``None`` where the slope may not fall."""
    if decay.value >= 0:
        return None
    slow, fast = decay.upper, decay.lower
    return Estimate(
        value=float(np.log(2) / -decay.value),
        lower=float(np.log(2) / -fast) if fast is not None and fast < 0 else None,
        upper=float(np.log(2) / -slow) if slow is not None and slow < 0 else None,
    )


def rise_then_fall(joint: npt.ArrayLike, load: npt.ArrayLike) -> RiseThenFall:
    """Does cooperation per open case first rise and then fall? Poisson regression of the joint
    acts per day, log E(y) = a + b·t + c·t² + log L, on the days with load; it does when c < 0 with
    its 95 % interval (normal, widened by the dispersion) and −b ÷ 2c lies inside the days.

    Source: Poisson regression with exposure (McCullagh & Nelder 1989, Generalized Linear Models,
    §6), turning point by the delta method. Raises ``TooFewDaysError``, ``TooFewJointDaysError``.
    """
    parabola = _fitted(joint, load, degree=2, least=LEAST_TEST)
    c = parabola.coefficients[2]
    width = _Z * parabola.errors[2]
    turn = _turn(parabola) if c < 0 else None
    return RiseThenFall(
        curvature=Estimate(value=c, lower=c - width, upper=c + width),
        turn=turn,
        dispersion=parabola.dispersion,
        p=float(2 * stats.norm.sf(abs(c) / parabola.errors[2])),
        found=c + width < 0 and turn is not None and parabola.first < turn.value < parabola.last,
        n=parabola.n,
        missing=parabola.missing,
    )


_Z = float(stats.norm.ppf(0.975))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Fit:
    """A regression on powers of t, days counted from ``middle``."""

    coefficients: tuple[float, ...]
    covariance: Numbers
    dispersion: float
    first: float
    middle: float
    last: float
    n: int
    missing: int

    @property
    def errors(self) -> Numbers:
        return np.sqrt(np.diag(self.covariance))


def _turn(fit: _Fit) -> Estimate:
    _, b, c = fit.coefficients
    gradient = np.array([0.0, -1 / (2 * c), b / (2 * c * c)])
    place = fit.middle - b / (2 * c)
    width = _Z * float(np.sqrt(gradient @ fit.covariance @ gradient))
    return Estimate(value=place, lower=place - width, upper=place + width)


def _fitted(joint: npt.ArrayLike, load: npt.ArrayLike, *, degree: int, least: int) -> _Fit:
    y, open_cases = np.asarray(joint, np.float64), np.asarray(load, np.float64)
    some = np.flatnonzero(open_cases > 0)
    if len(some) < least:
        raise TooFewDaysError(value=len(some), least=least)
    with_acts = int(np.count_nonzero(y[some]))
    if with_acts <= degree:
        raise TooFewJointDaysError(value=with_acts, least=degree + 1)
    middle, half = (some[0] + some[-1]) / 2, (some[-1] - some[0]) / 2
    # Powers of a long time would drown the first column in rounding.
    powers = np.vander((some - middle) / half, degree + 1, increasing=True)
    summit = _summit(powers, y[some], open_cases[some])
    freedom = len(some) - degree - 1
    dispersion = float(summit.chi2 / freedom) if freedom else 0.0
    back = half ** -np.arange(degree + 1.0)
    return _Fit(
        coefficients=tuple((summit.place * back).tolist()),
        # Counts that scatter less than Poisson's must not make the intervals bolder.
        covariance=summit.covariance * np.outer(back, back) * max(1.0, dispersion),
        dispersion=dispersion,
        first=float(some[0]),
        middle=float(middle),
        last=float(some[-1]),
        n=len(some),
        missing=len(y) - len(some),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Summit:
    """Where the likelihood is greatest, how narrow it is there, and Pearson's χ²."""

    place: Numbers
    covariance: Numbers
    chi2: float


def _summit(powers: Numbers, y: Numbers, exposure: Numbers) -> _Summit:
    """Weighted regressions one after the other, the usual way, run away when the acts of years
    stand on a few days. The likelihood has one summit, and steps within a region of trust reach it
    from anywhere."""
    total = y.sum()
    given = y / total
    # Columns upright on each other over the acts: no direction is flat, however close days stand.
    root = np.linalg.qr(np.sqrt(given)[:, None] * powers).R
    upright = np.linalg.inv(root)
    columns, offset = powers @ upright, np.log(exposure / total)

    def shares(b: Numbers) -> Numbers:
        found: Numbers = np.exp(np.minimum(offset + columns @ b, MOST_LOG))
        return found

    def information(b: Numbers) -> Numbers:
        found: Numbers = (columns.T * shares(b)) @ columns
        return found

    b: Numbers = optimize.minimize(
        lambda b: float(shares(b).sum() - given @ (columns @ b)),
        root[:, 0] * np.log(total / exposure.sum()),
        jac=lambda b: columns.T @ (shares(b) - given),
        hess=information,
        method="trust-exact",
        options={"gtol": 1e-9},
    ).x
    expected = shares(b) * total
    return _Summit(
        place=upright @ b,
        covariance=upright @ np.linalg.inv(information(b) * total) @ upright.T,
        # A day on which nothing could be expected, and nothing was done, adds nothing.
        chi2=float(((y - expected) ** 2 / np.maximum(expected, np.finfo(float).tiny)).sum()),
    )

"""How long until something happens, when for some it has not happened yet."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

Numbers = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

SURVIVAL = Definition(
    en=(
        "Kaplan–Meier: S(t) = Π over times ≤ t of 1 − d/r, d of those at risk r having ended; "
        "open cases leave the risk at their last known time. The interval is that of log S with "
        "Greenwood's variance; the median is the first time at which S ≤ ½."
    ),
    zh=(
        "Kaplan–Meier 估计：S(t)＝各时点 1−d/r 之积（r 为处于风险中的数目，d 为结束数）；"
        "未结事项在最后已知时刻退出。区间按 log S 与 Greenwood 方差计算；中位数为 S≤½ 的最早时间。"
    ),
    source="Kaplan & Meier 1958, JASA 53, 457–481; Greenwood 1926; as R's survival::survfit.",
)

LEVEL = 0.95


class NegativeDurationError(InputError):
    """Something that ended before it began."""

    code = "duration_negative"
    en = "Row {row}: the duration {value} is negative."
    zh = "第 {row} 行：时长 {value} 为负数。"


class NotComparableError(InputError):
    """A comparison of fewer than two groups, or without anything that ended."""

    code = "groups_not_comparable"
    en = "Comparing durations takes two groups with cases and at least one that ended."
    zh = "比较时长至少需要两个有事项的组，且至少有一个事项已结束。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival(Result):
    """The curve at the times at which something ended, and its median with a 95 % interval.

    ``n`` durations, ``events`` of which ended and ``open`` did not. ``time``, ``at_risk``,
    ``ended``, ``surviving``, ``std_error``, ``lower``, ``upper``: one value per such time, in the
    unit of the durations. ``median`` is ``None`` when the curve does not come down to ½, and so
    are the ends of its interval.
    """

    definition: Definition
    n: int
    events: int
    open: int
    time: Numbers
    at_risk: npt.NDArray[np.int64]
    ended: npt.NDArray[np.int64]
    surviving: Numbers
    std_error: Numbers
    lower: Numbers
    upper: Numbers
    median: float | None
    median_lower: float | None
    median_upper: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LogRank(Result):
    """The log-rank test of equal curves: ``chi2`` with ``df`` degrees of freedom; per group how
    many ended (``observed``) and how many would have, were there no difference (``expected``)."""

    n: tuple[int, ...]
    observed: tuple[int, ...]
    expected: tuple[float, ...]
    chi2: float
    df: int
    p: float


def survival(durations: Numbers, ended: Flags) -> Survival:
    """Kaplan–Meier of ``durations`` ≥ 0, of which some are still open (``ended`` false).

    Raises ``NegativeDurationError``.
    """
    _refuse_negative(durations)
    time, at_risk, events = _risk_table(durations, ended)
    surviving: Numbers = np.cumprod(1 - events / at_risk, dtype=np.float64)
    left = at_risk - events
    with np.errstate(divide="ignore", invalid="ignore"):
        # Where nobody is left, S is 0 and log S has no variance.
        log_error = np.sqrt(np.cumsum(np.where(left > 0, events / (at_risk * left), np.nan)))
        margin = stats.norm.ppf((1 + LEVEL) / 2) * log_error
        lower: Numbers = surviving * np.exp(-margin)
        upper: Numbers = np.minimum(surviving * np.exp(margin), 1)
    return Survival(
        definition=SURVIVAL,
        n=len(durations),
        events=int(events.sum()),
        open=int(np.count_nonzero(~ended)),
        time=time,
        at_risk=at_risk,
        ended=events,
        surviving=surviving,
        std_error=surviving * log_error,
        lower=lower,
        upper=upper,
        median=_first_at_half(time, surviving),
        median_lower=_first_at_half(time, lower),
        median_upper=_first_at_half(time, upper),
    )


def log_rank(groups: Sequence[tuple[Numbers, Flags]]) -> LogRank:
    """The log-rank test (Mantel 1966) over ``groups`` of durations and whether each ended.

    Raises ``NegativeDurationError``, ``NotComparableError``.
    """
    durations = np.concatenate([one for one, _ in groups]) if groups else np.empty(0)
    ended = np.concatenate([flags for _, flags in groups]) if groups else np.empty(0, np.bool_)
    if len(groups) < 2 or not all(len(one) for one, _ in groups) or not ended.any():
        raise NotComparableError
    _refuse_negative(durations)
    time, at_risk, events = _risk_table(durations, ended)
    risk = np.array([_at_risk(one, time) for one, _ in groups], np.float64)
    observed = np.array([np.count_nonzero(flags) for _, flags in groups])
    expected = (risk * (events / at_risk)).sum(axis=1)
    # The covariance of a multivariate hypergeometric draw, summed over the times.
    share = risk / at_risk
    spread = events * (at_risk - events) / np.maximum(at_risk - 1, 1)
    covariance = np.diag((share * spread).sum(axis=1)) - (share * spread) @ share.T
    free = len(groups) - 1
    difference = (observed - expected)[:free]
    chi2 = float(difference @ np.linalg.pinv(covariance[:free, :free]) @ difference)
    return LogRank(
        n=tuple(len(one) for one, _ in groups),
        observed=tuple(observed.tolist()),
        expected=tuple(expected.tolist()),
        chi2=chi2,
        df=free,
        p=float(stats.chi2.sf(chi2, free)),
    )


def _risk_table(
    durations: Numbers, ended: Flags
) -> tuple[Numbers, npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The times at which something ended, how many were at risk just before, how many ended."""
    time, events = np.unique(durations[ended], return_counts=True)
    return time, _at_risk(durations, time), events.astype(np.int64)


def _at_risk(durations: Numbers, time: Numbers) -> npt.NDArray[np.int64]:
    number: npt.NDArray[np.int64] = len(durations) - np.searchsorted(np.sort(durations), time)
    return number


def _first_at_half(time: Numbers, curve: Numbers) -> float | None:
    # The product of fractions that is ½ on paper may be a hair above it here.
    below = np.flatnonzero(curve <= 0.5 + 1e-12)
    return float(time[below[0]]) if len(below) else None


def _refuse_negative(durations: Numbers) -> None:
    bad = np.flatnonzero(durations < 0)
    if len(bad):
        raise NegativeDurationError(row=int(bad[0]) + 1, value=float(durations[bad[0]]))

"""The days between the onset of a case and the onset of those it infects, as a distribution."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy.special import gammainc

from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

Floats = npt.NDArray[np.float64]

SHIFTED_GAMMA = Definition(
    en=(
        "The serial interval less one day is gamma distributed; the probability of k days is the "
        "integral of its density times the triangle 1 − |u − k| over (k − 1, k + 1)."
    ),
    zh=(
        "序列间隔减一天服从伽马分布；间隔为 k 天的概率是该密度"
        "与三角核 1 − |u − k| 在 (k − 1, k + 1) 上乘积的积分。"
    ),
    source=(
        "Cori, Ferguson, Fraser & Cauchemez 2013, American Journal of Epidemiology 178, "
        "1505–1512, web appendix 11."
    ),
)
GIVEN_TABLE = Definition(
    en="The probability of each number of days is taken from the table given.",
    zh="各天数的概率取自给定的表。",
    source="Given by the user.",
)

ROUNDING = 0.01
"""How far from one the probabilities of a published, rounded table may sum."""

LEAP = 4096
"""Beyond so many days no serial interval is believed."""

NEGLIGIBLE = 1e-12
"""Where the probability of a further day stays below this, the tail is cut."""


class SerialIntervalParametersError(InputError):
    """A mean of one day or less, a standard deviation that is not positive, or a tail so long that
    it does not end within ``LEAP`` days."""

    code = "si_parameters"
    en = (
        "A serial interval of mean {mean} and standard deviation {sd} days cannot be made: the "
        "mean must be more than 1 day, the standard deviation more than 0, and hardly anything "
        "may lie beyond {most} days."
    )
    zh = (
        "无法构造均值 {mean} 天、标准差 {sd} 天的序列间隔：均值须大于 1 天，标准差须大于 0，"
        "且超过 {most} 天的概率须可忽略。"
    )


class SerialIntervalSumError(InputError):
    """Probabilities that are no distribution."""

    code = "si_sum"
    en = "The probabilities of the serial interval sum to {value}, not to 1."
    zh = "序列间隔各概率之和为 {value}，不等于 1。"


class SerialIntervalNegativeError(InputError):
    """A probability below zero."""

    code = "si_negative"
    en = "The serial interval has the negative probability {value} at {days} days."
    zh = "序列间隔在 {days} 天处的概率为负：{value}。"


class SerialIntervalAtZeroError(InputError):
    """Probability at zero days: a case would infect on the day of its own onset."""

    code = "si_at_zero"
    en = (
        "The serial interval has probability {value} at 0 days; the renewal equation needs 0 there."
    )
    zh = "序列间隔在 0 天处的概率为 {value}；更新方程要求该处为 0。"


class SerialIntervalDaysError(InputError):
    """A number of days that is negative, not whole, too long, or given twice."""

    code = "si_days"
    en = "“{value}” days: the serial interval needs whole days from 0 to {most}, each once."
    zh = "“{value}”天：序列间隔的天数须为 0 至 {most} 的整数，且各出现一次。"


@dataclass(frozen=True, slots=True, kw_only=True)
class SerialInterval(Result):
    """``weights[k]`` is the probability of k days, from 0; ``mean`` and ``sd`` in days are those
    of the weights. ``kind`` says where they come from."""

    kind: Literal["parametric", "given"]
    mean: float
    sd: float
    weights: Floats
    definition: Definition


def parametric(*, mean: float, sd: float) -> SerialInterval:
    """The discretised shifted gamma distribution with ``mean`` and ``sd`` (days).

    ``mean`` and ``sd`` are those before it is made discrete; a standard deviation above the mean is
    allowed. The tail is cut where it no longer counts and not spread over the rest. Raises
    ``SerialIntervalParametersError``.
    """
    refusal = SerialIntervalParametersError(mean=mean, sd=sd, most=LEAP)
    if not (1 < mean < LEAP and 0 < sd < LEAP):
        raise refusal
    shape, scale = ((mean - 1) / sd) ** 2, sd**2 / (mean - 1)
    days = min(LEAP, math.ceil(mean + 40 * max(sd, scale)))
    # The interval less one day, on whole days from −2: each piece of the triangle is linear there.
    edge = np.arange(-2, days + 1, dtype=np.float64)
    mass = gammainc(shape, np.maximum(edge, 0) / scale)
    moment = shape * scale * gammainc(shape + 1, np.maximum(edge, 0) / scale)
    integral = edge * mass - moment  # of the distribution function
    weights = integral[2:] - 2 * integral[1:-1] + integral[:-2]
    weights = weights[: int(np.flatnonzero(weights > NEGLIGIBLE)[-1]) + 1]
    made = _made("parametric", np.maximum(weights, 0.0), SHIFTED_GAMMA)
    if abs(made.mean - mean) > ROUNDING * mean:
        raise refusal
    return made


def given(days: Sequence[float], probabilities: Sequence[float]) -> SerialInterval:
    """A distribution from a table; days that are not named have probability 0.

    The probabilities are used as they stand: they may miss one by at most 0.01, as rounded tables
    do. Raises ``SerialIntervalDaysError``, ``SerialIntervalNegativeError``,
    ``SerialIntervalAtZeroError``, ``SerialIntervalSumError``.
    """
    seen: set[float] = set()
    for day in days:
        if day in seen or day != int(day) or not 0 <= day <= LEAP:
            raise SerialIntervalDaysError(value=f"{day:g}", most=LEAP)
        seen.add(day)
    weights = np.zeros(int(max(days, default=0)) + 1)
    for day, probability in zip(days, probabilities, strict=True):
        if probability < 0:
            raise SerialIntervalNegativeError(value=f"{probability:g}", days=int(day))
        weights[int(day)] = probability
    if weights[0] > 0:
        raise SerialIntervalAtZeroError(value=f"{weights[0]:g}")
    if abs(weights.sum() - 1) > ROUNDING:
        raise SerialIntervalSumError(value=f"{weights.sum():g}")
    return _made("given", weights, GIVEN_TABLE)


def _made(
    kind: Literal["parametric", "given"], weights: Floats, definition: Definition
) -> SerialInterval:
    day = np.arange(len(weights))
    mean = float(day @ weights)
    return SerialInterval(
        kind=kind,
        mean=mean,
        sd=math.sqrt(max(float(day**2 @ weights) - mean**2, 0.0)),
        weights=weights,
        definition=definition,
    )

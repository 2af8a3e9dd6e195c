"""How many people one case infects, as it changes from day to day."""

import math
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.special import gammaincinv

from actscope.definition import Definition
from actscope.epidemic.incidence import Day, Incidence
from actscope.epidemic.repair import Counts
from actscope.epidemic.serial_interval import Floats, SerialInterval
from actscope.errors import InputError
from actscope.results import Result

REPRODUCTION_NUMBER = Definition(
    en=(
        "R(t) is the mean number of people that a case infects, taken as constant over the window "
        "that ends on day t. Local cases of day s are Poisson with mean R·Λ(s), where Λ(s) sums "
        "the local and imported cases of the days before s, each weighted by the serial interval. "
        "With a gamma prior of shape a and rate r the posterior is gamma with shape a + local "
        "cases and rate r + ΣΛ over the window; the interval is its middle 95 %."
    ),
    zh=(
        "R(t) 指一名病例平均传染的人数，在截至第 t 天的时间窗内视为不变。"
        "第 s 天的本地病例服从均值为 R·Λ(s) 的泊松分布，"
        "Λ(s) 为此前各日本地与输入病例按序列间隔加权之和。先验为形状 a、率 r 的伽马分布时，"
        "后验为形状 a + 本地病例数、率 r + ΣΛ 的伽马分布；区间取其中间 95%。"
    ),
    source=(
        "Cori et al. 2013, American Journal of Epidemiology 178, 1505–1512; imported cases: "
        "Thompson et al. 2019, Epidemics 29, 100356."
    ),
)
PRIOR_BOUND = Definition(
    en=(
        "A window rests on the prior when its posterior coefficient of variation is over 0.3, when "
        "it ends less than one mean serial interval after the first case, or when the rate of the "
        "prior is larger than ΣΛ."
    ),
    zh=(
        "后验变异系数大于 0.3、时间窗结束时距首例不足一个平均序列间隔，"
        "或先验的率大于 ΣΛ 时，该窗主要取决于先验。"
    ),
    source="The first two: Cori et al. 2013, web appendix 1; the third by this project.",
)

WIDEST_VARIATION = 0.3


class NoCasesError(InputError):
    """A series of zeros."""

    code = "cases_none"
    en = "There are no cases on any day."
    zh = "所有日期均无病例。"


class WindowError(InputError):
    """A window of no days."""

    code = "window_wrong"
    en = "A window of {value} days: it must be at least 1."
    zh = "时间窗为 {value} 天：至少为 1 天。"


class DaysTooFewError(InputError):
    """Fewer days after the first case than a window takes."""

    code = "days_too_few"
    en = "Only {value} days after the day of the first case: a window of {window} needs as many."
    zh = "首例当日之后只有 {value} 天，少于时间窗的 {window} 天。"


class PriorError(InputError):
    """A prior that is no distribution."""

    code = "prior_wrong"
    en = "The prior needs a mean and a standard deviation over 0, not {mean} and {sd}."
    zh = "先验的均值与标准差须大于 0，而不是 {mean} 与 {sd}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prior(Result):
    """A gamma distribution for R, by ``mean`` and ``sd``."""

    mean: float = 5.0
    sd: float = 5.0

    def __post_init__(self) -> None:
        if not (0 < self.mean < math.inf and 0 < self.sd < math.inf):
            raise PriorError(mean=self.mean, sd=self.sd)

    @property
    def shape(self) -> float:
        """(mean / sd)²."""
        return (self.mean / self.sd) ** 2

    @property
    def rate(self) -> float:
        """mean / sd²."""
        return self.mean / self.sd**2


@dataclass(frozen=True, slots=True, kw_only=True)
class Window(Result):
    """R over the days from ``start`` to ``end``, both included; ``lower`` and ``upper`` bound the
    95 % credible interval; ``cases`` are the local ones. Without any infector before or in the
    window and with local cases no figure can be given: all are ``None``."""

    start: Day
    end: Day
    mean: float | None
    sd: float | None
    median: float | None
    lower: float | None
    upper: float | None
    cases: int
    prior_bound: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reproduction(Result):
    """R by sliding windows. ``n`` days from the first case on, of which ``missing`` had no count;
    ``set_aside`` days stand before the first case. The cases of the first day have nobody in the
    series who could have infected them and count as ``imported``."""

    n: int
    missing: int
    set_aside: int
    definition: Definition
    prior_bound: Definition
    window: int
    prior: Prior
    si: SerialInterval
    first_case: Day
    local: int
    imported: int
    windows: tuple[Window, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The series as the renewal equation sees it, from the first case on: cases of the first day
    are imported. ``force[t]`` is Λ, of day t."""

    local: Counts
    total: Counts
    force: Floats


def spread(local: Counts, imported: Counts, weights: Floats) -> Spread:
    """The series (whose first day has cases) and what its cases weigh on each later day."""
    local = local.copy()
    total = local + imported
    local[0] = 0
    force = np.convolve(total, weights)[: len(total)]
    return Spread(local, total, force)


def posterior(
    seen: Spread, ends: npt.NDArray[np.int64], window: int, prior: Prior
) -> tuple[Floats, Floats]:
    """Shape and rate of the gamma posterior for the windows that end on the days ``ends``."""
    cases, force = (np.concatenate(([0], np.cumsum(held))) for held in (seen.local, seen.force))
    shape = prior.shape + cases[ends + 1] - cases[ends + 1 - window]
    rate = prior.rate + force[ends + 1] - force[ends + 1 - window]
    return shape, rate


def rests_on_prior(
    shape: Floats, rate: Floats, ends: npt.NDArray[np.int64], prior: Prior, si: SerialInterval
) -> npt.NDArray[np.bool_]:
    """Which of the windows that end ``ends`` days after the first case ``PRIOR_BOUND`` means."""
    bound: npt.NDArray[np.bool_] = (
        (shape < WIDEST_VARIATION**-2) | (ends < si.mean) | (rate < 2 * prior.rate)
    )
    return bound


def reproduction_numbers(
    cases: Incidence, si: SerialInterval, *, window: int = 7, prior: Prior | None = None
) -> Reproduction:
    """R(t) in closed form for each window of ``window`` days, the first of which begins on the day
    after the first case.

    ``prior``: gamma, of mean 5 and standard deviation 5 by default. Raises ``NoCasesError``,
    ``WindowError``, ``DaysTooFewError``.
    """
    prior = prior or Prior()
    if window < 1:
        raise WindowError(value=window)
    begin = first_case(cases)
    days = cases.days[begin:]
    if len(days) <= window:
        raise DaysTooFewError(value=len(days) - 1, window=window)
    seen = spread(cases.local[begin:], cases.imported[begin:], si.weights)
    ends = np.arange(window, len(days))
    shape, rate = posterior(seen, ends, window, prior)
    bound = rests_on_prior(shape, rate, ends, prior, si)
    impossible = (rate <= prior.rate) & (shape > prior.shape)
    lower, median, upper = (
        np.where(impossible, np.nan, gammaincinv(shape, q) / rate) for q in (0.025, 0.5, 0.975)
    )
    shape = np.where(impossible, np.nan, shape)
    local = np.convolve(seen.local, np.ones(window, np.int64))
    return Reproduction(
        n=len(days),
        missing=len([day for day in cases.missing_days if day in set(days)]),
        set_aside=begin,
        definition=REPRODUCTION_NUMBER,
        prior_bound=PRIOR_BOUND,
        window=window,
        prior=prior,
        si=si,
        first_case=days[0],
        local=int(seen.local.sum()),
        imported=int(seen.total.sum() - seen.local.sum()),
        windows=tuple(
            Window(
                start=days[end - window + 1],
                end=days[end],
                mean=_known(shape[i] / rate[i]),
                sd=_known(math.sqrt(shape[i]) / rate[i]),
                median=_known(median[i]),
                lower=_known(lower[i]),
                upper=_known(upper[i]),
                cases=int(local[end]),
                prior_bound=bool(bound[i]),
            )
            for i, end in enumerate(ends.tolist())
        ),
    )


def first_case(cases: Incidence) -> int:
    """The place of the first day with a case. Raises ``NoCasesError``."""
    with_cases = np.flatnonzero(cases.local + cases.imported)
    if not len(with_cases):
        raise NoCasesError
    return int(with_cases[0])


def _known(value: float) -> float | None:
    return None if math.isnan(value) else float(value)

"""The cases of the next days if R stays as it is, and how such forecasts would have fared."""

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np

from actscope.definition import Definition
from actscope.epidemic.incidence import MOST, Day, Incidence
from actscope.epidemic.repair import Counts
from actscope.epidemic.reproduction import (
    Reproduction,
    first_case,
    posterior,
    rests_on_prior,
    spread,
)
from actscope.epidemic.serial_interval import Floats, SerialInterval
from actscope.errors import InputError
from actscope.results import Result

RENEWAL_FORECAST = Definition(
    en=(
        "Paths are drawn day by day: R from the posterior of the last window, kept for the whole "
        "path; then local cases Poisson with mean R·Λ. No case is imported and nobody changes "
        "what they do. The intervals are the middle 95 % and 50 % of the paths."
    ),
    zh=(
        "逐日模拟：R 取自最后时间窗的后验并在整条路径中不变；"
        "每日本地病例服从均值为 R·Λ 的泊松分布。"
        "假定没有输入病例，人们的行为也不变。区间为各路径中间的 95% 与 50%。"
    ),
    source="Cori et al. 2013; Nouvellet et al. 2018, Epidemics 22, 3–11.",
)
HELD_OUT = Definition(
    en=(
        "The series is cut again and again, a forecast made from what stands before the cut and "
        "held against the days behind it: the share of days inside the intervals, and the "
        "continuous ranked probability score (in cases, smaller is better) beside that of drawing "
        "from the days of the last window. Counts corrected later are used as corrected."
    ),
    zh=(
        "反复截断序列，用截断前的数据预测，并与其后各日比较：区间覆盖率，以及连续分级概率评分（单位为病例，越小越好），"
        "并列给出从最后时间窗各日随机抽取的基准。事后更正的数据按更正值使用。"
    ),
    source="Gneiting & Raftery 2007, Journal of the American Statistical Association 102, 359–378.",
)

LONGEST = 28
"""Days beyond which a forecast that keeps R is not made."""

MOST_CUTS = 60
"""The latest so many cuts are scored."""

DRAWS = 2000


class HorizonError(InputError):
    """A forecast of no days, or of more than a constant R is believed for."""

    code = "forecast_days"
    en = f"A forecast of {{value}} days: it must be from 1 to {LONGEST}."
    zh = f"预测 {{value}} 天：须为 1 至 {LONGEST} 天。"


class ForecastExplodesError(InputError):
    """A forecast of more cases than there are people."""

    code = "forecast_explodes"
    en = "If R stays as it is there are more cases than people after {value} days: forecast fewer."
    zh = "若 R 保持不变，{value} 天后病例数将超过总人口：请缩短预测天数。"


@dataclass(frozen=True, slots=True)
class ForecastDay(Result):
    """Local cases expected on ``day``; ``lower`` and ``upper`` bound 95 % of the paths."""

    day: Day
    mean: float
    median: float
    lower: float
    upper: float
    lower_50: float
    upper_50: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score(Result):
    """Forecasts from ``origins`` cuts against ``days`` held-out days; ``set_aside`` cuts rest on
    the prior and are not scored. ``skill`` is 1 − ``crps`` / ``crps_naive``."""

    definition: Definition
    origins: int
    set_aside: int
    days: int
    coverage_95: float
    coverage_50: float
    crps: float
    crps_naive: float
    skill: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast(Result):
    """``days`` ahead; ``prior_bound``: the window from which R was taken rests on the prior.
    ``score`` is ``None`` when no cut can be made."""

    definition: Definition
    draws: int
    seed: int
    prior_bound: bool
    days: tuple[ForecastDay, ...]
    score: Score | None


def forecast(
    cases: Incidence, found: Reproduction, *, days: int, seed: int, draws: int = DRAWS
) -> Forecast:
    """Local cases on the ``days`` days after the last, from ``draws`` paths, and the score of such
    forecasts on the days that are known.

    ``found``: the reproduction numbers of ``cases``. Raises ``HorizonError``,
    ``ForecastExplodesError``.
    """
    if not 1 <= days <= LONGEST:
        raise HorizonError(value=days)
    begin = first_case(cases)
    local, imported = cases.local[begin:], cases.imported[begin:]
    rng = np.random.default_rng(seed)
    paths, bound = _paths(local, imported, found, days, draws, rng)
    low, low_50, median, high_50, high = _bands(paths)
    if (high > MOST / 2).any():
        raise ForecastExplodesError(value=int(np.argmax(high > MOST / 2)))
    last = cases.days[-1]
    return Forecast(
        definition=RENEWAL_FORECAST,
        draws=draws,
        seed=seed,
        prior_bound=bound,
        days=tuple(
            ForecastDay(
                day=last + timedelta(days=i + 1) if isinstance(last, date) else last + i + 1,
                mean=float(paths[:, i].mean()),
                median=float(median[i]),
                lower=float(low[i]),
                upper=float(high[i]),
                lower_50=float(low_50[i]),
                upper_50=float(high_50[i]),
            )
            for i in range(days)
        ),
        score=_score(local, imported, found, days, draws, rng),
    )


def simulated(
    total: Counts, si: SerialInterval, r: Floats, days: int, rng: np.random.Generator
) -> Counts:
    """Local cases on ``days`` days after the series ``total``, a path for each draw of ``r``; no
    day is expected to have more cases than there can be."""
    recent = total[-len(si.weights) :]  # the others infect nobody any more
    weights = np.concatenate((si.weights, np.zeros(days)))
    force = np.convolve(recent, weights)[len(recent) : len(recent) + days]
    paths = np.zeros((len(r), days), np.int64)
    for day in range(days):
        from_paths = paths[:, :day] @ weights[day:0:-1]
        paths[:, day] = rng.poisson(np.minimum(r * (force[day] + from_paths), MOST))
    return paths


def crps(draws: Floats, seen: Floats) -> Floats:
    """Continuous ranked probability score per column: mean|x − y| − ½·mean|x − x′|."""
    ordered = np.sort(draws, axis=0)
    number = len(ordered)
    rank = 2 * np.arange(1, number + 1) - number - 1
    score: Floats = np.abs(ordered - seen).mean(axis=0) - rank @ ordered / number**2
    return score


def _paths(
    local: Counts,
    imported: Counts,
    found: Reproduction,
    days: int,
    draws: int,
    rng: np.random.Generator,
) -> tuple[Counts, bool]:
    seen = spread(local, imported, found.si.weights)
    end = np.array([len(local) - 1])
    shape, rate = posterior(seen, end, found.window, found.prior)
    r = rng.gamma(shape[0], 1 / rate[0], draws)
    bound = rests_on_prior(shape, rate, end, found.prior, found.si)
    return simulated(seen.total, found.si, r, days, rng), bool(bound[0])


def _bands(paths: Counts) -> Floats:
    bands: Floats = np.quantile(paths, (0.025, 0.25, 0.5, 0.75, 0.975), axis=0)
    return bands


def _score(
    local: Counts,
    imported: Counts,
    found: Reproduction,
    days: int,
    draws: int,
    rng: np.random.Generator,
) -> Score | None:
    cuts = range(len(local) - days, found.window, -days)[:MOST_CUTS]
    own, naive, wide, narrow = [], [], [], []
    for cut in cuts:
        paths, bound = _paths(local[:cut], imported[:cut], found, days, draws, rng)
        if bound:
            continue
        seen = local[cut : cut + days].astype(np.float64)
        low, low_50, _, high_50, high = _bands(paths)
        wide.append((low <= seen) & (seen <= high))
        narrow.append((low_50 <= seen) & (seen <= high_50))
        own.append(crps(paths.astype(np.float64), seen))
        recent = local[cut - found.window : cut].astype(np.float64)
        naive.append(crps(np.repeat(recent[:, None], days, axis=1), seen))
    if not own:
        return None
    ours, theirs = float(np.mean(own)), float(np.mean(naive))
    return Score(
        definition=HELD_OUT,
        origins=len(own),
        set_aside=len(cuts) - len(own),
        days=len(own) * days,
        coverage_95=float(np.mean(wide)),
        coverage_50=float(np.mean(narrow)),
        crps=ours,
        crps_naive=theirs,
        skill=1 - ours / theirs if theirs else None,
    )

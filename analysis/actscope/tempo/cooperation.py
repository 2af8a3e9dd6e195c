"""The curve of cooperation: joint acts per open case, its peak, rise, fall and turns."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from actscope.counting import Counted, asked_about
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result
from actscope.tempo.changes import Changes, changes
from actscope.tempo.curve import alerts, peak, ratio, smoothed
from actscope.tempo.joint import SILENCE, joint_acts
from actscope.tempo.load import Load, load_of_acts, load_of_cases
from actscope.tempo.trend import Estimate, RiseThenFall, Slope, half_life, rise_then_fall, slope

Numbers = npt.NDArray[np.float64]
Found = TypeVar("Found")

CURVE = Definition(
    en=(
        "r = joint acts of a day ÷ cases open on it, and its mean over 7 days. The peak is the "
        "largest mean; rise and decay are the slopes of log r up to it and after it; the half-life "
        "is ln 2 ÷ decay. It rises and then falls when in log r = a + b·t + c·t² the 95 % interval "
        "of c lies below 0 and the turn inside the days. An alert: the mean of 7 days is at least "
        "30 % below that of the 7 before, while the load is not below. More than "
        f"{SILENCE} days without an act part the log into stretches; the curve is that of the "
        "stretch with the most joint acts."
    ),
    zh=(
        "r＝当日联合行为数÷当日在办事项数，并取 7 日均值。峰值为均值最大之日；上升与下降为峰值前后 "
        "log r 的斜率；半衰期＝ln 2÷下降速率。若 log r = a + b·t + c·t² 中 c 的 95% 区间低于 0 且"
        "转折点位于观测期内，则为先升后降。预警：7 日均值比前 7 日低 30% 以上，而负荷未降。"
        f"连续 {SILENCE} 天以上没有任何行为时，记录即分为数段；曲线取联合行为最多的一段。"
    ),
    source="This project; Poisson regression with exposure: McCullagh & Nelder 1989.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Peak(Result):
    """The day with the largest 7-day mean of r."""

    day: date
    value: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert(Result):
    """``day``: the last of seven days on which cooperation per open case was so much lower."""

    day: date
    fall: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Break(Result):
    """A change of the level of r: ``day`` is the last before it, ``lower`` and ``upper`` the 95 %
    interval; ``before`` and ``after`` the means of the stretches it parts."""

    day: date
    lower: date
    upper: date
    before: float
    after: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Why(Result):
    """Why a part could not be computed: the refusal's code and sentences."""

    part: str
    code: str
    en: str
    zh: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Cooperation(Counted, Result):
    """Day by day from the first to the last act asked about, or of the stretch with the most joint
    acts where silence parts the log: ``joint`` acts, open cases in ``load``, ``ratio``
    (not-a-number without load), ``smoothed``. ``n`` joint acts; ``outside``: those of other
    stretches; ``set_aside``: these, acts of one unit alone, and what was not asked about.
    ``without_load``: joint acts on days on
    which no case was open; they are in no ratio. ``units`` took part in joint acts. What could not
    be computed is ``None`` and named in ``why``. A suppressed curve has no days and no figures."""

    days: tuple[date, ...]
    joint: npt.NDArray[np.int64]
    load: Load
    ratio: Numbers
    smoothed: Numbers
    units: int
    outside: int
    without_load: int
    peak: Peak | None
    rise: Slope | None
    decay: Slope | None
    half_life_days: Estimate | None
    test: RiseThenFall | None
    alerts: tuple[Alert, ...]
    breaks: tuple[Break, ...] | None
    why: tuple[Why, ...]
    suppressed: bool
    definition: Definition = CURVE

    def to_dict(self) -> dict[str, Any]:
        """Each field by its name, and the counts of ``Counted``."""
        return {**Result.to_dict(self), **self.counts_dict()}


def cooperation(
    acts: pa.Table,
    *,
    cases: pa.Table | None = None,
    zone: str = "UTC",
    kinds: Collection[str] | None = None,
    at_least: int = 1,
) -> Cooperation:
    """The curve of a table of acts.

    ``cases``: a table of cases for the load; without it the acts about a case tell when it was
    open. ``zone``: the IANA zone of the days. ``kinds``: which acts are asked about, all
    collaboration by default (the load rests on all acts in any case). A curve of fewer than
    ``at_least`` organisations is suppressed. Missing: ``no_time``.

    Raises ``ColumnMissingError``, ``UnknownZoneError``, ``SpanTooLongError``,
    ``ClosedBeforeOpenedError``.
    """
    found = joint_acts(acts, asked_about(acts, kinds), zone=zone)
    suppressed = 0 < found.units < at_least
    days, joint = ((), found.numbers[:0]) if suppressed else (found.days, found.numbers)
    load = (
        load_of_acts(acts, days=days, zone=zone)
        if cases is None
        else load_of_cases(cases, days=days, zone=zone)
    )
    open_cases = load.numbers
    r = ratio(joint, open_cases)
    mean = smoothed(r)
    top = peak(mean)
    why: list[Why] = []

    def tried(part: str, compute: Callable[[], Found]) -> Found | None:
        try:
            return compute()
        except InputError as refusal:
            why.append(
                Why(part=part, code=refusal.code, en=refusal.sentence(), zh=refusal.sentence("zh"))
            )
            return None

    place = 0 if top is None else top
    rise = tried("rise", lambda: slope(joint[: place + 1], open_cases[: place + 1]))
    decay = tried("decay", lambda: slope(joint[place:], open_cases[place:]))
    return Cooperation(
        n=found.n,
        missing_by=found.missing_by,
        set_aside=found.set_aside,
        days=days,
        joint=joint,
        load=load,
        ratio=r,
        smoothed=mean,
        units=found.units,
        outside=found.outside,
        without_load=int(joint[open_cases == 0].sum()),
        peak=None if top is None else Peak(day=days[top], value=float(mean[top])),
        rise=rise,
        decay=decay,
        half_life_days=half_life(decay) if decay else None,
        test=tried("test", lambda: rise_then_fall(joint, open_cases)),
        alerts=tuple(Alert(day=days[day], fall=fall) for day, fall in alerts(joint, open_cases)),
        breaks=tried("breaks", lambda: _breaks(changes(r), days)),
        why=tuple(why),
        suppressed=suppressed,
    )


def _breaks(found: Changes, days: tuple[date, ...]) -> tuple[Break, ...]:
    return tuple(
        Break(
            day=days[point.last],
            lower=days[point.lower],
            upper=days[point.upper],
            before=before,
            after=after,
        )
        for point, before, after in zip(
            found.points, found.means[:-1], found.means[1:], strict=True
        )
    )

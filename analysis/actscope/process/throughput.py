"""How long cases take, those that are not finished included."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from actscope.definition import Definition
from actscope.process.closing import Closings, days, moment, reckoning
from actscope.process.events import EventLog
from actscope.process.survival import Survival, survival
from actscope.results import Result

THROUGHPUT = Definition(
    en=(
        "The throughput time of a closed case is the days from its first event to its closing. "
        "Mean, median and the 95th percentile are over closed cases only and are too short when "
        "cases are open: the Kaplan–Meier median counts those as lasting at least until the day "
        "of reckoning."
    ),
    zh=(
        "已办结事项的办理时长为从首个事件到办结的天数。均值、中位数和第 95 百分位数只含已办结事项，"
        "有未结事项时会偏短；Kaplan–Meier 中位数把未结事项计为至少持续到统计时点。"
    ),
    source="Kaplan & Meier 1958, JASA 53, 457–481; percentile: Hyndman & Fan 1996, type 7.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Throughput(Result):
    """In days: ``mean``, ``median``, ``p95`` of the ``closed`` cases; ``censored`` the
    Kaplan–Meier estimate over closed and ``open`` ones. ``n`` cases used; ``missing`` cases were
    closed before their first event. ``until``: the day of reckoning, ``None`` without cases."""

    definition: Definition
    n: int
    missing: int
    closed: int
    open: int
    until: datetime | None
    mean: float | None
    median: float | None
    p95: float | None
    censored: Survival


def throughput(log: EventLog, closings: Closings, *, until: datetime | None = None) -> Throughput:
    """Throughput times of the cases of a log. ``until``: the instant at which open cases were last
    looked at; the last event or closing by default. Raises ``UntilTooEarlyError``."""
    end = reckoning(log, closings, until)
    begin = log.at[log.first]
    sound = ~closings.closed | (closings.at >= begin)
    lasted = days(np.where(closings.closed, closings.at, end) - begin)[sound]
    closed = closings.closed[sound]
    of_closed = lasted[closed]
    return Throughput(
        definition=THROUGHPUT,
        n=len(lasted),
        missing=int(np.count_nonzero(~sound)),
        closed=len(of_closed),
        open=len(lasted) - len(of_closed),
        until=moment(end) if log.n else None,
        mean=float(of_closed.mean()) if len(of_closed) else None,
        median=float(np.median(of_closed)) if len(of_closed) else None,
        p95=float(np.quantile(of_closed, 0.95)) if len(of_closed) else None,
        censored=survival(lasted, closed),
    )

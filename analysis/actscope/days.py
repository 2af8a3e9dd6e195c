"""Days of the calendar as stretches of instants in a time zone."""

from datetime import date, datetime, time, timedelta

import numpy as np
import numpy.typing as npt

from actscope.errors import InputError
from actscope.zones import zone_named

LONGEST = 36_525
"""The longest span that is counted by day: a hundred years. Beyond it some date is mistyped."""

MICROSECONDS = 1_000_000


class SpanTooLongError(InputError):
    """More days between first and last than anybody can want to see; a date is wrong."""

    code = "span_too_long"
    en = f"From {{first}} to {{last}} is more than {LONGEST} days: a date is wrong."
    zh = f"从 {{first}} 到 {{last}} 超过 {LONGEST} 天：日期有误。"


def days_between(first: date, last: date) -> tuple[date, ...]:
    """All days from ``first`` to ``last``, both included; none when ``last`` is earlier.

    Raises ``SpanTooLongError``.
    """
    number = (last - first).days + 1
    if number > LONGEST:
        raise SpanTooLongError(first=first, last=last)
    return tuple(first + timedelta(days=i) for i in range(number))


def day_starts(days: tuple[date, ...], zone: str) -> npt.NDArray[np.int64]:
    """The instants at which the days begin in ``zone``, and the one at which the last ends, in
    microseconds since 1970 UTC. A day may have 23 or 25 hours. Raises ``UnknownZoneError``."""
    where = zone_named(zone)
    ends = [*days, days[-1] + timedelta(days=1)] if days else []
    starts = [int(datetime.combine(day, time(), where).timestamp()) for day in ends]
    return np.array(starts, np.int64) * MICROSECONDS


def day_of(instant: int, zone: str) -> date:
    """The day in ``zone`` on which an instant (microseconds since 1970 UTC) falls.

    Raises ``UnknownZoneError``.
    """
    return datetime.fromtimestamp(instant // MICROSECONDS, zone_named(zone)).date()

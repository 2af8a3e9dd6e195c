"""When a case ended, or that it has not."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.times import INSTANT
from actscope.codes import Codes
from actscope.counting import Mask
from actscope.errors import InputError
from actscope.process.events import EventLog, refuse_out_of_range


class UnknownActivityError(InputError):
    """A named activity that no event of the log has."""

    code = "activity_unknown"
    en = "No event has the activity “{value}”."
    zh = "没有任何事件的活动为“{value}”。"


class UntilTooEarlyError(InputError):
    """A day of reckoning before the last thing that is known."""

    code = "until_too_early"
    en = "The log goes on after {value}, until {last}."
    zh = "日志在 {value} 之后仍有记录，直至 {last}。"


@dataclass(frozen=True, slots=True)
class Closings:
    """One row per case of a log: ``closed`` or still open, and the instant ``at`` at which it was
    closed (microseconds since 1970 UTC; 0 where it is open)."""

    closed: Mask
    at: Codes


def closed_at_last_event(log: EventLog) -> Closings:
    """Every case is closed, with its last event."""
    return Closings(np.ones(len(log.cases), np.bool_), log.at[log.last])


def closed_by_activity(log: EventLog, ends: Collection[str]) -> Closings:
    """A case is closed when its last event is one of the activities ``ends``.

    Raises ``UnknownActivityError``.
    """
    for name in ends:
        if name not in log.activities:
            raise UnknownActivityError(value=name)
    codes = [code for code, name in enumerate(log.activities) if name in ends]
    closed = np.isin(log.activity[log.last], codes)
    return Closings(closed, np.where(closed, log.at[log.last], 0))


def closed_by_time(log: EventLog, times: pa.ChunkedArray) -> Closings:
    """A case is closed when ``times`` (a column of the log's table) holds an instant in one of its
    rows; the last one counts."""
    closed, at = last_filled(log, times, field="closed")
    return Closings(closed, at)


def last_filled(log: EventLog, times: pa.ChunkedArray, *, field: str = "due") -> tuple[Mask, Codes]:
    """For each case whether any of its rows has an instant, and the last one in order of the log
    (a case that was put off is due when it was put off to)."""
    instants = pc.cast(pc.cast(times, INSTANT), pa.int64())
    filled = np.asarray(pc.is_valid(instants))[log.row]
    values = pc.fill_null(instants, 0).to_numpy()
    refuse_out_of_range(values, field=field)
    values = values[log.row]
    place = np.maximum.accumulate(np.where(filled, np.arange(log.n), -1))[log.last]
    found = place >= log.first
    return found, np.where(found, values[place], 0)


def reckoning(log: EventLog, closings: Closings, until: datetime | None) -> int:
    """The instant at which open cases are looked at: ``until``, or the last that is known of any
    case. Raises ``UntilTooEarlyError``."""
    known = int(max(log.at.max(initial=0), closings.at.max(initial=0)))
    if until is None:
        return known
    instant = int(until.timestamp() * 1_000_000)
    if instant < known:
        last = moment(known)
        raise UntilTooEarlyError(value=until.isoformat(), last=last.isoformat() if last else "")
    return instant


def moment(instant: int | np.int64 | None) -> datetime | None:
    """Microseconds since 1970 as a time."""
    if instant is None:
        return None
    seconds, rest = divmod(int(instant), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest)


def days(microseconds: Codes) -> npt.NDArray[np.float64]:
    """Durations in days."""
    return microseconds / 86_400_000_000

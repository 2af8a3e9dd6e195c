"""The events of an event log, in order: what every measure of a process starts from."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.times import INSTANT
from actscope.codes import Codes, coded
from actscope.counting import ColumnMissingError, mask_of, split_by_reason
from actscope.errors import InputError

EARLIEST = -62_135_596_800_000_000
LATEST = 253_402_300_799_999_999
"""The years 1 to 9999, which is what a calendar can show."""


class TimeOutOfRangeError(InputError):
    """An instant outside of any calendar."""

    code = "time_out_of_range"
    en = "Row {row}: the time in “{field}” is outside of the years 1 to 9999."
    zh = "第 {row} 行：“{field}”中的时间不在公元 1 年至 9999 年之间。"


Places = npt.NDArray[np.int64]

MICROSECONDS_PER_HOUR = 3_600_000_000
MICROSECONDS_PER_DAY = 24 * MICROSECONDS_PER_HOUR


@dataclass(frozen=True)
class EventLog:
    """Events case by case; within a case in order of time, those of one time in file order.

    ``row``: the row of each event in the table. ``case``: its case, from 0 in order of first
    appearance, so ascending here. ``at``: microseconds since 1970 UTC. ``resource`` and
    ``activity``: codes into the names, −1 where there is none; ``activity`` is all −1 when the log
    has no such column. ``missing_by``: how many rows lack a case or a time and are left out.
    """

    row: Places
    case: Codes
    at: Codes
    resource: Codes
    activity: Codes
    cases: tuple[str, ...]
    resources: tuple[str, ...]
    activities: tuple[str, ...]
    missing_by: tuple[tuple[str, int], ...]

    @property
    def n(self) -> int:
        """How many events there are."""
        return len(self.row)

    @cached_property
    def first(self) -> Places:
        """The place of the first event of each case."""
        return np.flatnonzero(np.diff(self.case, prepend=-1)).astype(np.int64)

    @cached_property
    def last(self) -> Places:
        """The place of the last event of each case."""
        return np.append(self.first[1:], self.n)[: len(self.first)] - 1


def event_log(table: pa.Table) -> EventLog:
    """The log in a table with the columns ``case``, ``time`` (instants), ``resource`` and, where
    there is one, ``activity``.

    Missing: ``no_case``, ``no_time``. Raises ``ColumnMissingError``, ``TimeOutOfRangeError``.
    """
    for name in ("case", "time", "resource"):
        if name not in table.column_names:
            raise ColumnMissingError(field=name)
    case = coded(table["case"])
    at = pc.cast(table["time"], INSTANT)
    resource = coded(table["resource"])
    activity = coded(table["activity"]) if "activity" in table.column_names else None
    used, missing_by = split_by_reason(
        np.ones(table.num_rows, np.bool_),
        (("no_case", case.empty), ("no_time", mask_of(pc.is_null(at)))),
    )
    instants = pc.fill_null(pc.cast(at, pa.int64()), 0).to_numpy()
    refuse_out_of_range(instants, field="time")
    row = _in_order(np.flatnonzero(used), case.codes, instants)
    ordered = case.codes[row]
    present = np.unique(ordered)
    if len(present) < len(case.names):  # some case has only rows that lack a time
        ordered = np.searchsorted(present, ordered)
    return EventLog(
        row=row,
        case=ordered,
        at=instants[row],
        resource=resource.codes[row],
        activity=activity.codes[row] if activity else np.full(len(row), -1, np.int64),
        cases=tuple(case.names[code] for code in present.tolist()),
        resources=resource.names,
        activities=activity.names if activity else (),
        missing_by=missing_by,
    )


def refuse_out_of_range(instants: Codes, *, field: str, first: int = 0) -> None:
    """Raise ``TimeOutOfRangeError`` for the first instant that no calendar shows; ``first``: how
    many rows came before these."""
    out = np.flatnonzero((instants < EARLIEST) | (instants > LATEST))
    if len(out):
        raise TimeOutOfRangeError(field=field, row=first + int(out[0]) + 1)


def _in_order(rows: Places, case: Codes, instants: Codes) -> Places:
    """The rows by case, then time, then place in the file."""
    at = instants[rows]
    if np.any(at[1:] < at[:-1]):
        rows = rows[np.argsort(at, kind="stable")]
    # Case and place in one number: sorting plain numbers is far faster than sorting by two keys.
    size = max(len(rows), 1)
    order: Places = np.sort(case[rows] * size + np.arange(len(rows))) % size
    return rows[order]

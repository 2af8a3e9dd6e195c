"""New cases per day, local and imported, out of tables as health offices publish them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.counting import ColumnMissingError
from actscope.days import LONGEST, SpanTooLongError
from actscope.epidemic.repair import Counts, carried_back
from actscope.errors import InputError
from actscope.results import Result
from actscope.zones import zone_named

Day = date | int
"""A day of the calendar, or a day number where the table has those."""

Series = Literal["cases", "imported"]
SERIES: tuple[Series, ...] = ("cases", "imported")
Floats = npt.NDArray[np.float64]

MICROSECONDS_PER_DAY = 86_400_000_000
EPOCH = date(1970, 1, 1)
MOST = 10**10
"""There are fewer people than that."""


class DateRepeatedError(InputError):
    """Two rows of counts for one day."""

    code = "date_repeated"
    en = "Row {row}: the day {value} has come before; name one place, or sum the rows first."
    zh = "第 {row} 行：日期 {value} 重复出现；请只选一个地区，或先将各行相加。"


class DayMissingError(InputError):
    """A day without a count, where that was not allowed."""

    code = "day_missing"
    en = "There is no count for {value} ({number} such days between the first and the last)."
    zh = "{value} 没有数据（首末日之间共有 {number} 天缺数据）。"


class CountNegativeError(InputError):
    """Fewer than no cases on a day: a correction that was booked on the day it was made."""

    code = "count_negative"
    en = "Row {row}: {value} cases in “{field}”. Ask for repair, or give corrected counts."
    zh = "第 {row} 行：“{field}”为 {value} 例。请选择修复，或提供更正后的数据。"


class CountFractionalError(InputError):
    """A count with a fraction, as of smoothed or scaled series."""

    code = "count_fractional"
    en = (
        "Row {row}: {value} cases in “{field}” are no count; smoothed or scaled series give "
        "intervals that are too narrow."
    )
    zh = "第 {row} 行：“{field}”的 {value} 不是病例数；平滑或换算后的序列会使区间过窄。"


class CountTooLargeError(InputError):
    """More cases than there are people."""

    code = "count_too_large"
    en = "Row {row}: {value} cases in “{field}” cannot be."
    zh = "第 {row} 行：“{field}”为 {value} 例，不可能。"


class CorrectionTooLargeError(InputError):
    """More cases were taken back than had been reported."""

    code = "correction_too_large"
    en = "The corrections in “{field}” take back {value} cases more than were reported before."
    zh = "“{field}”中的更正扣除数比此前报告数多 {value} 例。"


class CasesMissingError(InputError):
    """A table in which no day has a count."""

    code = "cases_all_missing"
    en = "No row has both a day and a count."
    zh = "没有一行同时具有日期和病例数。"


@dataclass(frozen=True, slots=True)
class Repair(Result):
    """A count that was changed: of which ``day`` and ``series``, as ``reported`` and as
    ``used``, in the terms of the table (cumulative or daily)."""

    day: Day
    series: Series
    reported: int
    used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Incidence(Result):
    """New cases on each of ``days`` (in order, without gaps): ``local`` ones, infected here, and
    ``imported`` ones. ``missing_days`` had no count: 0 new cases in daily tables; in cumulative
    ones what came on them stands on the next day with a count. ``missing``: rows without a day.
    ``n``: rows used."""

    n: int
    missing: int
    days: tuple[Day, ...]
    local: Counts
    imported: Counts
    missing_days: tuple[Day, ...]
    repaired: tuple[Repair, ...]


def numbered(table: pa.Table) -> pa.Table:
    """The table with its rows numbered, so that a refusal names the row also when only some of
    them are taken."""
    return table.append_column("row", pa.array(np.arange(1, table.num_rows + 1)))


def incidence(
    table: pa.Table,
    *,
    cumulative: bool = False,
    repair: bool = False,
    gaps: Literal["zero", "refuse"] = "zero",
    zone: str = "UTC",
) -> Incidence:
    """New cases per day, from the first to the last day of the table, in any order of rows.

    ``table``: ``day`` (instants, or whole numbers that count days), and, all optional, ``cases``
    (those infected here) and ``imported`` (those infected elsewhere, not among ``cases``); numbers.
    Without ``cases`` each row is one case, local unless its ``imported`` is 1, and rows without a
    day are counted as missing. ``row``, if there, numbers the rows for refusals. ``zone``: where
    instants become days.

    ``cumulative``: both columns hold totals to date; the first total is taken as new on its day,
    and falling totals are repaired (``CARRY_BACK``). ``repair``: the same for negative daily
    counts, which are refused otherwise. ``gaps``: what days without a count become.

    Raises ``DateRepeatedError``, ``DayMissingError``, ``CountNegativeError``,
    ``CountFractionalError``, ``CountTooLargeError``, ``CorrectionTooLargeError``,
    ``CasesMissingError``, ``ColumnMissingError``, ``SpanTooLongError``, ``UnknownZoneError``.
    """
    dated = np.asarray(pc.is_valid(table["day"]))
    if not dated.any():
        raise CasesMissingError
    numbered = table["row"].to_numpy() if "row" in table.column_names else None
    rows = np.flatnonzero(dated) + 1 if numbered is None else numbered[dated]
    number, counts_days = _day_numbers(table["day"].filter(pa.array(dated)), zone)
    first, last = int(number.min()), int(number.max())
    days = _days(first, last, counts_days)
    place = number - first
    listed = {
        name: _whole(table[name].filter(pa.array(dated)), rows, name)
        for name in SERIES
        if name in table.column_names
    }
    if "cases" in listed:
        _refuse_repeated(place, rows, days)
        filled = {name: _spread(held, place, len(days)) for name, held in listed.items()}
    else:
        if cumulative:
            raise ColumnMissingError(field="cases")
        flags = np.nan_to_num(listed.get("imported", np.zeros(len(place))))
        _refuse_negative(flags, rows, "imported")
        _refuse_where(CountTooLargeError, flags > 1, flags, rows, "imported")
        filled = {
            "cases": np.bincount(place, 1 - flags, len(days)).astype(np.float64),
            "imported": np.bincount(place, flags, len(days)).astype(np.float64),
        }
    if np.isnan(filled["cases"]).all():
        raise CasesMissingError
    unknown = np.isnan(list(filled.values())).any(axis=0) & ("cases" in listed)
    lacking = tuple(days[i] for i in np.flatnonzero(unknown).tolist())
    if lacking and gaps == "refuse":
        raise DayMissingError(value=str(lacking[0]), number=len(lacking))
    if not cumulative and not repair:
        for name, held in listed.items():
            _refuse_negative(held, rows, name)
    filled.setdefault("imported", np.zeros(len(days)))
    new, repaired = {}, []
    for name in SERIES:
        totals = _totals(filled[name], cumulative=cumulative)
        mended = carried_back(totals)
        if mended[0] < 0:
            raise CorrectionTooLargeError(field=name, value=int(-mended[0]))
        new[name] = np.diff(mended, prepend=0)
        before, after = (totals, mended) if cumulative else (np.diff(totals, prepend=0), new[name])
        repaired += [
            Repair(days[i], name, int(before[i]), int(after[i]))
            for i in np.flatnonzero(before != after).tolist()
        ]
    return Incidence(
        n=int(np.count_nonzero(dated)),
        missing=int(np.count_nonzero(~dated)),
        days=days,
        local=new["cases"],
        imported=new["imported"],
        missing_days=lacking,
        repaired=tuple(repaired),
    )


def _day_numbers(column: pa.ChunkedArray, zone: str) -> tuple[Counts, bool]:
    """Days as numbers, and whether the table itself counted days."""
    if pa.types.is_integer(column.type):
        return column.to_numpy().astype(np.int64), True
    zone_named(zone)
    local = pc.local_timestamp(pc.cast(column, pa.timestamp("us", zone)))
    microseconds = pc.cast(local, pa.int64()).to_numpy()
    return np.floor_divide(microseconds, MICROSECONDS_PER_DAY).astype(np.int64), False


def _days(first: int, last: int, counts_days: bool) -> tuple[Day, ...]:
    numbers = range(first, last + 1)
    if len(numbers) > LONGEST:
        ends = [day if counts_days else EPOCH + timedelta(days=day) for day in (first, last)]
        raise SpanTooLongError(first=ends[0], last=ends[1])
    return tuple(numbers) if counts_days else tuple(EPOCH + timedelta(days=i) for i in numbers)


def _whole(column: pa.ChunkedArray, rows: Counts, name: Series) -> Floats:
    """The counts as floats without fraction, not-a-number where there is none."""
    held: Floats = pc.fill_null(pc.cast(column, pa.float64()), float("nan")).to_numpy().copy()
    _refuse_where(CountTooLargeError, np.abs(held) > MOST, held, rows, name)
    _refuse_where(CountFractionalError, np.nan_to_num(held) % 1 != 0, held, rows, name)
    return held


def _refuse_repeated(place: Counts, rows: Counts, days: tuple[Day, ...]) -> None:
    seen = np.unique(place, return_index=True)[1]
    if len(seen) < len(place):
        again = int(np.setdiff1d(np.arange(len(place)), seen)[0])
        raise DateRepeatedError(row=int(rows[again]), value=str(days[place[again]]))


def _refuse_negative(held: Floats, rows: Counts, name: Series) -> None:
    _refuse_where(CountNegativeError, held < 0, held, rows, name)


def _refuse_where(
    refusal: type[InputError],
    bad: npt.NDArray[np.bool_],
    held: Floats,
    rows: Counts,
    name: Series,
) -> None:
    if bad.any():
        place = int(np.argmax(bad))
        raise refusal(field=name, row=int(rows[place]), value=f"{held[place]:.15g}")


def _spread(held: Floats, place: Counts, number: int) -> Floats:
    spread = np.full(number, np.nan)
    spread[place] = held
    return spread


def _totals(held: Floats, *, cumulative: bool) -> Counts:
    """Totals to date; on days without a count nothing is added."""
    if not cumulative:
        return np.cumsum(np.nan_to_num(held)).astype(np.int64)
    known = ~np.isnan(held)
    latest = np.maximum.accumulate(np.where(known, np.arange(len(held)), -1))
    return np.where(latest >= 0, held[latest], 0).astype(np.int64)

"""How much work was open on each day."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.times import INSTANT
from actscope.codes import coded
from actscope.counting import asked_about, column_of
from actscope.days import day_starts
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

Whole = npt.NDArray[np.int64]

LOAD = Definition(
    en="The load of a day is the number of cases that are open at some moment of it.",
    zh="某日负荷＝当日任一时刻处于在办状态的事项数。",
    source="This project.",
)

CLOSING = ("confirmed", "closed", "withdrawn", "completed", "done")
"""Outcomes of acts that close the case they are about."""

REOPENING = "reopened"

NEVER = np.iinfo(np.int64).max


class LoadFrom(StrEnum):
    """What tells when a case was open."""

    CASES = "cases"
    """The table of cases."""

    CLOSING_ACTS = "closing_acts"
    """Its first act and the act that closed it; without such an act it is open to the last day."""

    LAST_ACTS = "last_acts"
    """Its first and its last act: no act of the log says that it closes anything."""


class ClosedBeforeOpenedError(InputError):
    """A case that ends before it begins."""

    code = "case_closed_before_opened"
    en = "Row {row}: the case “{value}” was closed before it was opened."
    zh = "第 {row} 行：事项“{value}”的办结时间早于立项时间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Load(Result):
    """``numbers``: open cases on each day. ``n``: cases that were open on one of the days;
    ``still_open``: those that no one closed; ``missing``: acts that are about no case (0 where
    the load comes from a table of cases)."""

    source: LoadFrom
    numbers: Whole
    n: int
    still_open: int
    missing: int
    definition: Definition = LOAD


def load_of_cases(cases: pa.Table, *, days: tuple[date, ...], zone: str) -> Load:
    """The load by a table of cases (``case``, ``opened_at``, ``closed_at``; empty: open).

    Raises ``ClosedBeforeOpenedError``, ``UnknownZoneError``.
    """
    opened = _instants(cases["opened_at"])
    if "closed_at" in cases.column_names:
        closed = _instants(cases["closed_at"])
    else:
        closed = np.full(len(opened), NEVER)
    wrong = np.flatnonzero(closed < opened)
    if len(wrong):
        row = int(wrong[0])
        raise ClosedBeforeOpenedError(row=row + 1, value=cases["case"][row].as_py())
    return _load(opened, closed, days, zone, LoadFrom.CASES, 0)


def load_of_acts(acts: pa.Table, *, days: tuple[date, ...], zone: str) -> Load:
    """The load by the acts about each case (``about_kind``, ``about_id``, ``at``, ``outcome``).

    A case opens with its first act. Where some act of the log has one of the outcomes ``CLOSING``,
    a case closes with its last such act, unless it was reopened afterwards; else with its last act.
    Raises ``ColumnMissingError``, ``UnknownZoneError``.
    """
    asked = asked_about(acts, None)
    at = _instants(column_of(acts, "at"))
    case = _cases_of(acts)
    used = asked & (case >= 0) & (at != NEVER)
    outcome = coded(column_of(acts, "outcome"))
    closing = used & _one_of(outcome.names, outcome.codes, CLOSING)
    number = int(case.max(initial=-1)) + 1
    first = np.full(number, NEVER)
    np.minimum.at(first, case[used], at[used])
    if closing.any():
        closed = _latest(case, at, closing, number)
        again = _latest(
            case, at, used & _one_of(outcome.names, outcome.codes, (REOPENING,)), number
        )
        closed = np.where((closed < 0) | (again > closed), NEVER, closed)
        source = LoadFrom.CLOSING_ACTS
    else:
        closed = _latest(case, at, used, number)
        source = LoadFrom.LAST_ACTS
    there = first != NEVER
    missing = int(np.count_nonzero(asked & (case < 0)))
    return _load(first[there], closed[there], days, zone, source, missing)


def _load(
    opened: Whole, closed: Whole, days: tuple[date, ...], zone: str, source: LoadFrom, missing: int
) -> Load:
    if not days:
        empty = np.zeros(0, np.int64)
        return Load(source=source, numbers=empty, n=0, still_open=0, missing=missing)
    starts = day_starts(days, zone)
    last = len(days)
    begun = np.searchsorted(starts, opened, side="right") - 1
    # What closes at midnight sharp was open on the day before, if it was open then.
    ended = np.maximum(np.searchsorted(starts, closed, side="left") - 1, begun)
    seen = (begun < last) & (ended >= 0)
    change = np.bincount(np.clip(begun[seen], 0, last), minlength=last + 1)[:last]
    change -= np.bincount(np.clip(ended[seen] + 1, 0, last), minlength=last + 1)[:last]
    return Load(
        source=source,
        numbers=np.cumsum(change),
        n=int(np.count_nonzero(seen)),
        still_open=int(np.count_nonzero(seen & (closed == NEVER))),
        missing=missing,
    )


def _instants(column: pa.ChunkedArray) -> Whole:
    """Microseconds since 1970 UTC, ``NEVER`` where there is none."""
    numbers: Whole = (
        pc.fill_null(pc.cast(pc.cast(column, INSTANT), pa.int64()), NEVER)
        .to_numpy()
        .astype(np.int64, copy=False)
    )
    return numbers


def _cases_of(acts: pa.Table) -> Whole:
    """The number of the case of each act, −1 where it has none. Two cases of different kinds may
    bear one identifier."""
    kind, identifier = (coded(column_of(acts, name)) for name in ("about_kind", "about_id"))
    keys = identifier.codes * (len(kind.names) + 1) + kind.codes + 1
    return np.where(identifier.empty, -1, keys)


def _one_of(names: tuple[str, ...], codes: Whole, words: tuple[str, ...]) -> npt.NDArray[np.bool_]:
    wanted = np.array([*(name in words for name in names), False])
    found: npt.NDArray[np.bool_] = wanted[codes]
    return found


def _latest(case: Whole, at: Whole, chosen: npt.NDArray[np.bool_], number: int) -> Whole:
    """The last of the chosen instants of each case, −1 where there is none."""
    last = np.full(number, -1)
    np.maximum.at(last, case[chosen], at[chosen])
    return last

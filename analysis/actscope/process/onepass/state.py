"""The state after some part of a log: small, kept, and continued when new acts arrive."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from actscope.errors import InputError
from actscope.process.onepass import kernels
from actscope.process.onepass.batches import Batch, batches
from actscope.process.onepass.buckets import BUCKETS
from actscope.process.onepass.cells import KEY, Cells
from actscope.process.onepass.layout import Layout, Measure
from actscope.process.onepass.names import Codes, Ints, NameTable, code_rows

MOST_FOLLOWS = 1 << 14
"""Each pair of kinds keeps a histogram of 30 kB; with more pairs than this it is no kind."""

MOST_UNITS = 1 << kernels.UNIT_BITS
MOST_PHASES = 1 << 14


class TimeGoesBackError(InputError):
    """An act of a case that stands after a later one: the pass has gone by."""

    code = "time_goes_back"
    en = (
        "Row {row}: the case “{case}” has an act of a later time before this one. "
        "One pass needs the acts of a case in order of time: sort them, or read them as a whole."
    )
    zh = (
        "第 {row} 行：事项“{case}”在此之前已有时间更晚的行为。"
        "单遍扫描要求同一事项的行为按时间排列：请先排序，或整体读取。"
    )


class TooManyNamesError(InputError):
    """A column that holds too many different values for what it should be."""

    code = "too_many_names"
    en = "“{field}” has too many different values, or pairs of them, for one pass: over {value}."
    zh = "“{field}”的不同取值（或其组合）过多，超过 {value} 个，无法单遍扫描。"


@dataclass(slots=True)
class LogState:
    """What is known of a log after its first ``rows`` rows.

    Names are numbered in order of first appearance, so that the state does not depend on how the
    log came in pieces. ``cases``: a row for each case, in the columns of ``kernels`` (times in
    microseconds, units and kinds as codes). ``hand_overs``: pairs of units with number and sum of
    waits, and the histogram of all of these. ``follows``: pairs of kinds, and the histogram of
    each. ``ties``: phase, unit and partner, the number of acts and the sum of 1/|V|.
    """

    layout: Layout
    measures: frozenset[Measure]
    case_kinds: NameTable = field(default_factory=NameTable)
    case_names: NameTable = field(default_factory=NameTable)
    units: NameTable = field(default_factory=NameTable)
    kinds: NameTable = field(default_factory=NameTable)
    phases: NameTable = field(default_factory=NameTable)
    case_keys: Cells = field(default_factory=Cells)
    cases: Ints = field(default_factory=lambda: _new_cases(16))
    hand_overs: Cells = field(default_factory=Cells)
    hand_over_waits: Ints = field(default_factory=lambda: np.zeros(BUCKETS, np.int64))
    follows: Cells = field(default_factory=Cells)
    follows_waits: Ints = field(default_factory=lambda: np.zeros((16, BUCKETS), np.int64))
    ties: Cells = field(default_factory=Cells)
    counters: Ints = field(default_factory=lambda: np.zeros(kernels.COUNTERS, np.int64))

    @property
    def rows(self) -> int:
        """How many rows were read."""
        return int(self.counters[kernels.ROWS])

    def copy(self) -> "LogState":
        """The same state, apart."""
        parts = {
            name: getattr(self, name).copy()
            for name in self.__slots__
            if name not in ("layout", "measures")
        }
        return replace(self, **parts)


def start(layout: Layout, measures: frozenset[Measure]) -> LogState:
    """The state before the first act."""
    return LogState(layout, measures)


def advance(
    state: LogState,
    source: pa.Table | str | Path,
    *,
    zone: str | None = None,
    told: Callable[[int, int], None] = lambda done, total: None,
) -> LogState:
    """The state after the acts of ``source`` too; ``state`` itself is left as it was.

    ``source``: a Parquet file of any size (read in pieces), another file, or a table. Within a
    case the acts must not go back in time, from one source to the next either; acts of one time
    keep their order. ``zone``: for times without one. ``told(done, total)`` hears of the progress.
    Raises ``TableRefusedError``, ``TimeGoesBackError``, ``TooManyNamesError``.
    """
    after = state.copy()
    for batch, total in batches(source, state.layout.columns(state.measures), zone):
        _take_in(after, batch)
        told(batch.first + batch.rows, total)
    return after


def _take_in(state: LogState, batch: Batch) -> None:
    kind = _coded(state.kinds, batch, "kind")
    unit, partner = _units(state, batch)
    if state.layout.kinds_only:
        state.counters[kernels.SET_ASIDE] += np.count_nonzero(kind < 0)
    if state.measures & {Measure.HAND_OVERS, Measure.FOLLOWS}:
        _walk(state, batch, unit, kind)
    if Measure.TIES in state.measures:
        _tie(state, batch, unit, partner, kind)
    state.counters[kernels.ROWS] += batch.rows


def _coded(table: NameTable, batch: Batch, role: str) -> Codes:
    column = batch.text(role)
    table.make_room(column)
    return code_rows(column, table)


def _units(state: LogState, batch: Batch) -> tuple[Codes, Codes]:
    if Measure.TIES not in state.measures:
        return _coded(state.units, batch, "unit"), np.empty(0, np.int32)
    column, partners, table = batch.text("unit"), batch.partners, state.units
    unit, partner = np.empty(batch.rows, np.int32), np.empty(len(partners.index), np.int32)
    table.make_room(column, partners)
    kernels.code_units(
        *(unit, partner, batch.starts),
        *(column.index, column.offsets, column.data, column.memo),
        *(partners.index, partners.offsets, partners.data, partners.memo),
        *(table.heads, table.hashes, table.ends, table.data, table.used),
    )
    if len(table) > MOST_UNITS:
        raise TooManyNamesError(field=state.layout.unit, value=MOST_UNITS)
    return unit, partner


def _walk(state: LogState, batch: Batch, unit: Codes, kind: Codes) -> None:
    case = _cases(state, batch)
    fault = np.zeros(1, np.int64)
    hands, follows = state.hand_overs, state.follows
    done = 0
    while done < batch.rows:
        hands.make_room(1)
        _make_room_to_follow(state)
        done = kernels.walk(
            *(done, case, batch.at, unit, kind, state.layout.kinds_only),
            *(Measure.HAND_OVERS in state.measures, Measure.FOLLOWS in state.measures),
            *(state.cases, state.counters, fault),
            *(hands.table, hands.sums, hands.used, state.hand_over_waits),
            *(follows.table, follows.sums, follows.used, state.follows_waits),
        )
        if fault[0]:
            name = _case_name(state, int(case[done]))
            raise TimeGoesBackError(
                field=state.layout.at, row=batch.first + done + 1, value=name, case=name
            )


def _cases(state: LogState, batch: Batch) -> Codes:
    kind = _coded(state.case_kinds, batch, "case_kind")
    column, names, keys = batch.text("case"), state.case_names, state.case_keys
    names.make_room(column)
    case = np.empty(batch.rows, np.int32)
    met_case, met_kind = np.full((2, len(column.memo)), -1, np.int32)
    done = 0
    while done < batch.rows:
        keys.make_room(1)
        done = kernels.number_cases(
            *(done, case, kind, met_case, met_kind),
            *(column.index, column.offsets, column.data, column.memo),
            *(names.heads, names.hashes, names.ends, names.data, names.used),
            *(keys.table, keys.used),
        )
    if len(state.case_keys) > len(state.cases):
        longer = _new_cases(max(len(state.case_keys), 2 * len(state.cases)))
        longer[: len(state.cases)] = state.cases
        state.cases = longer
    return case


def _tie(state: LogState, batch: Batch, unit: Codes, partner: Codes, kind: Codes) -> None:
    phase = _coded(state.phases, batch, "phase")
    if len(state.phases) > MOST_PHASES:
        raise TooManyNamesError(field=state.layout.phase, value=MOST_PHASES)
    seen = np.zeros(len(state.units), np.int64)
    longest = int(np.diff(batch.starts).max(initial=0))
    ties, done = state.ties, 0
    while done < batch.rows:
        ties.make_room(longest + 1)
        done = kernels.tie(
            *(done, unit, partner, batch.starts, phase, kind, state.layout.kinds_only, seen),
            *(state.counters, ties.table, ties.sums, ties.used),
        )


def _make_room_to_follow(state: LogState) -> None:
    state.follows.make_room(1)
    number = len(state.follows)
    if number >= MOST_FOLLOWS:
        raise TooManyNamesError(field=state.layout.kind, value=MOST_FOLLOWS)
    if number == len(state.follows_waits):
        more = np.zeros_like(state.follows_waits)
        state.follows_waits = np.concatenate([state.follows_waits, more])


def _case_name(state: LogState, case: int) -> str:
    code = int(state.case_keys.rows()[case, KEY]) & ((1 << kernels.CASE_BITS) - 1)
    return str(state.case_names.texts()[code])


def _new_cases(number: int) -> Ints:
    cases = np.full((number, kernels.CASE_WIDTH), -1, np.int64)
    cases[:, [kernels.FIRST, kernels.LAST]] = kernels.NO_TIME
    cases[:, kernels.FLAGS] = 0
    return cases

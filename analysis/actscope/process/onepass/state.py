"""The state after some part of a log: small, kept, and continued when new acts arrive."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pyarrow as pa

from actscope.errors import InputError
from actscope.process.onepass import kernels
from actscope.process.onepass.ahead import ahead
from actscope.process.onepass.batches import batches
from actscope.process.onepass.buckets import BUCKETS
from actscope.process.onepass.cells import Cells
from actscope.process.onepass.layout import Layout, Measure
from actscope.process.onepass.names import Ints
from actscope.process.onepass.register import (
    CodedBatch,
    Register,
    TooManyNamesError,
    coded_batch,
)

MOST_FOLLOWS = 1 << 14
"""Each pair of kinds keeps a histogram of 30 kB; with more pairs than this it is no kind."""


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


@dataclass(slots=True)
class LogState:
    """What is known of a log after its first ``rows`` rows.

    ``cases``: a row for each case of the register, in the columns of ``kernels`` (times in
    microseconds, units and kinds as codes). ``hand_overs``: pairs of units with number and sum of
    waits, and the histogram of all of these. ``follows``: pairs of kinds, and the histogram of
    each. ``ties``: phase, unit and partner, the number of acts and the sum of 1/|V|.
    """

    layout: Layout
    measures: frozenset[Measure]
    register: Register = field(default_factory=Register)
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
    with ThreadPoolExecutor(1) as beside:
        for batch, total in ahead(_coded_batches(after, source, zone)):
            _take_in(after, batch, beside)
            told(batch.first + batch.rows, total)
    return after


def _coded_batches(
    state: LogState, source: pa.Table | str | Path, zone: str | None
) -> Iterator[tuple[CodedBatch, int]]:
    columns = state.layout.columns(state.measures)
    for batch, total in batches(source, columns, zone):
        yield coded_batch(state.register, batch, state.layout, state.measures), total


def _take_in(state: LogState, batch: CodedBatch, beside: ThreadPoolExecutor) -> None:
    if state.layout.kinds_only:
        state.counters[kernels.SET_ASIDE] += np.count_nonzero(batch.kind < 0)
    # Steps and ties touch different parts of the state: one does not wait for the other.
    tied = beside.submit(_tie, state, batch) if Measure.TIES in state.measures else None
    if state.measures & {Measure.HAND_OVERS, Measure.FOLLOWS}:
        _walk(state, batch)
    if tied:
        tied.result()
    state.counters[kernels.ROWS] += batch.rows


def _walk(state: LogState, batch: CodedBatch) -> None:
    if batch.cases > len(state.cases):
        longer = _new_cases(max(batch.cases, len(state.cases) * 3 // 2))
        longer[: len(state.cases)] = state.cases
        state.cases = longer
    fault = np.zeros(1, np.int64)
    hands, follows = state.hand_overs, state.follows
    done = 0
    while done < batch.rows:
        hands.make_room(1)
        _make_room_to_follow(state)
        done = kernels.walk(
            *(done, batch.case, batch.at, batch.unit, batch.kind, state.layout.kinds_only),
            *(Measure.HAND_OVERS in state.measures, Measure.FOLLOWS in state.measures),
            *(state.cases, state.counters, fault),
            *(hands.table, hands.sums, hands.used, state.hand_over_waits),
            *(follows.table, follows.sums, follows.used, state.follows_waits),
        )
        if fault[0]:
            name = state.register.case_text(int(batch.case[done]))
            row = batch.first + done + 1
            raise TimeGoesBackError(field=state.layout.at, row=row, value=name, case=name)


def _tie(state: LogState, batch: CodedBatch) -> None:
    seen = np.zeros(batch.units, np.int64)
    longest = int(np.diff(batch.starts).max(initial=0))
    ties, done = state.ties, 0
    while done < batch.rows:
        ties.make_room(longest + 1)
        done = kernels.tie(
            *(done, batch.unit, batch.partner, batch.starts, batch.phase, batch.kind),
            *(state.layout.kinds_only, seen, state.counters),
            *(ties.table, ties.sums, ties.used),
        )


def _make_room_to_follow(state: LogState) -> None:
    state.follows.make_room(1)
    number = len(state.follows)
    if number >= MOST_FOLLOWS:
        raise TooManyNamesError(field=state.layout.kind, value=MOST_FOLLOWS)
    if number == len(state.follows_waits):
        more = np.zeros_like(state.follows_waits)
        state.follows_waits = np.concatenate([state.follows_waits, more])


def _new_cases(number: int) -> Ints:
    cases = np.full((number, kernels.CASE_WIDTH), -1, np.int64)
    cases[:, [kernels.FIRST, kernels.LAST]] = kernels.NO_TIME
    cases[:, kernels.FLAGS] = 0
    return cases

"""What the state of a pass says."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from actscope.definition import Definition
from actscope.process.directly_follows import DIRECTLY_FOLLOWS
from actscope.process.events import MICROSECONDS_PER_DAY, MICROSECONDS_PER_HOUR
from actscope.process.handing_over import HANDING_OVER
from actscope.process.onepass import kernels
from actscope.process.onepass.buckets import RELATIVE_ERROR, quantile
from actscope.process.onepass.cells import COUNT, KEY, NUMBER, SUM
from actscope.process.onepass.names import Ints, NameTable
from actscope.process.onepass.state import LogState
from actscope.results import Result

TIE_WEIGHTS = Definition(
    en=(
        "The tie from unit u to unit v in a phase weighs the sum, over the acts of u in that phase "
        "in which v took part, of 1 divided by the number of partners of the act."
    ),
    zh="单位 u 到 v 在某阶段的联系强度，是 u 在该阶段发起且 v 参与的各次行为按“1÷伙伴数”求和。",
    source="Newman 2001, Phys. Rev. E 64, 016132.",
)

SPANS = Definition(
    en="The throughput time of a case is the days from its first event to its last.",
    zh="事项的办理时长为首个事件到最后一个事件的天数。",
    source="van der Aalst 2016, Process Mining: Data Science in Action.",
)

_TEXT, _WHOLE, _FIGURE = pa.string(), pa.int64(), pa.float64()
HAND_OVER_TABLE = pa.schema(
    [("source", _TEXT), ("target", _TEXT), ("count", _WHOLE), ("mean_wait_hours", _FIGURE)]
)
FOLLOWS_TABLE = pa.schema(
    [
        *(("source", _TEXT), ("target", _TEXT), ("count", _WHOLE), ("mean_wait_hours", _FIGURE)),
        *(("median_wait_hours", _FIGURE), ("p95_wait_hours", _FIGURE)),
    ]
)
TIE_TABLE = pa.schema(
    [
        *(("phase", _TEXT), ("source", _TEXT), ("target", _TEXT)),
        *(("weight", _FIGURE), ("acts", _WHOLE)),
    ]
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedHandOvers(Result):
    """``total`` hand-overs in ``cases`` cases; ``pairs`` in the columns of ``HAND_OVER_TABLE``,
    most frequent first, then by name. The quantiles of all waits have a relative error of at most
    ``relative_error``. ``n`` events with a unit, ``missing`` without."""

    definition: Definition
    n: int
    missing: int
    total: int
    cases: int
    pingpong_cases: int
    pairs: pa.Table
    median_wait_hours: float
    p95_wait_hours: float
    relative_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedFollows(Result):
    """``pairs`` of kinds in the columns of ``FOLLOWS_TABLE``, most frequent first, then by name;
    the quantiles have a relative error of at most ``relative_error``. ``n`` events with a kind,
    ``missing`` without."""

    definition: Definition
    n: int
    missing: int
    pairs: pa.Table
    relative_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedSpans(Result):
    """Days from the first to the last event of each of ``n`` cases, exact."""

    definition: Definition
    n: int
    mean: float | None
    median: float | None
    p95: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PassedTies(Result):
    """``ties`` in the columns of ``TIE_TABLE`` (``phase`` is empty where the acts have none), by
    phase in order of appearance, heaviest first. ``n`` acts with a tie; ``missing_by``: acts
    without a unit, or without a partner."""

    definition: Definition
    n: int
    missing_by: tuple[tuple[str, int], ...]
    ties: pa.Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed(Result):
    """``rows`` read; ``set_aside`` are no collaboration; ``events`` have a case and a time,
    ``missing_by`` says how many have not."""

    rows: int
    set_aside: int
    events: int
    missing_by: tuple[tuple[str, int], ...]
    cases: int


def passed(state: LogState) -> Passed:
    """What was read."""
    counters = state.counters.tolist()
    return Passed(
        rows=counters[kernels.ROWS],
        set_aside=counters[kernels.SET_ASIDE],
        events=counters[kernels.EVENTS],
        missing_by=(
            ("no_case", counters[kernels.NO_CASE]),
            ("no_time", counters[kernels.WITHOUT_TIME]),
        ),
        cases=counters[kernels.CASES],
    )


def hand_overs_of(state: LogState) -> PassedHandOvers:
    """The hand-overs of a state that measures them."""
    cells = state.hand_overs.rows()
    source, target = cells[:, KEY] >> 32, cells[:, KEY] & (2**32 - 1)
    order = _order(state.register.units, source, target, cells[:, COUNT])
    flags = state.cases[: _cases(state), kernels.FLAGS]
    missing = int(state.counters[kernels.NO_UNIT])
    return PassedHandOvers(
        definition=HANDING_OVER,
        n=int(state.counters[kernels.EVENTS]) - missing,
        missing=missing,
        total=int(cells[:, COUNT].sum()),
        cases=int(np.count_nonzero(flags & kernels.HANDED_OVER)),
        pingpong_cases=int(np.count_nonzero(flags & kernels.RETURNED)),
        pairs=pa.table(
            [
                _names(state.register.units, source[order]),
                _names(state.register.units, target[order]),
                cells[order, COUNT],
                _mean_hours(cells)[order],
            ],
            schema=HAND_OVER_TABLE,
        ),
        median_wait_hours=quantile(state.hand_over_waits, 0.5) / MICROSECONDS_PER_HOUR,
        p95_wait_hours=quantile(state.hand_over_waits, 0.95) / MICROSECONDS_PER_HOUR,
        relative_error=RELATIVE_ERROR,
    )


def follows_of(state: LogState) -> PassedFollows:
    """The directly-follows graph of a state that measures it."""
    cells = state.follows.rows()
    source, target = cells[:, KEY] >> 32, cells[:, KEY] & (2**32 - 1)
    order = _order(state.register.kinds, source, target, cells[:, COUNT])
    quantiles = [
        [quantile(state.follows_waits[i], share) / MICROSECONDS_PER_HOUR for share in (0.5, 0.95)]
        for i in cells[order, NUMBER].tolist()
    ]
    median, high = np.array(quantiles, np.float64).reshape(-1, 2).T
    missing = int(state.counters[kernels.NO_KIND])
    return PassedFollows(
        definition=DIRECTLY_FOLLOWS,
        n=int(state.counters[kernels.EVENTS]) - missing,
        missing=missing,
        pairs=pa.table(
            [
                _names(state.register.kinds, source[order]),
                _names(state.register.kinds, target[order]),
                cells[order, COUNT],
                _mean_hours(cells)[order],
                median,
                high,
            ],
            schema=FOLLOWS_TABLE,
        ),
        relative_error=RELATIVE_ERROR,
    )


def spans_of(state: LogState) -> PassedSpans:
    """How long the cases of a state last that measures hand-overs or what follows what."""
    cases = state.cases[: _cases(state)]
    cases = cases[cases[:, kernels.FIRST] != kernels.NO_TIME]
    days = (cases[:, kernels.LAST] - cases[:, kernels.FIRST]) / MICROSECONDS_PER_DAY
    median, high = np.quantile(days, [0.5, 0.95]).tolist() if len(days) else (None, None)
    mean = float(days.mean()) if len(days) else None
    return PassedSpans(definition=SPANS, n=len(days), mean=mean, median=median, p95=high)


def ties_of(state: LogState) -> PassedTies:
    """The ties by phase of a state that measures them."""
    cells = state.ties.rows()
    unit_mask = (1 << kernels.UNIT_BITS) - 1
    phase = (cells[:, KEY] >> (2 * kernels.UNIT_BITS)) - 1
    source = (cells[:, KEY] >> kernels.UNIT_BITS) & unit_mask
    target = cells[:, KEY] & unit_mask
    # To nine decimals: else what thirds leave over decides which of two equal ties comes first.
    weight = cells.view(np.float64)[:, SUM].round(9)
    rank = _alphabetical(state.register.units)
    order = np.lexsort((rank[target], rank[source], -weight, phase))
    counters = state.counters
    return PassedTies(
        definition=TIE_WEIGHTS,
        n=int(counters[kernels.TIE_ACTS]),
        missing_by=(
            ("no_unit", int(counters[kernels.TIE_NO_UNIT])),
            ("no_partner", int(counters[kernels.NO_PARTNER])),
        ),
        ties=pa.table(
            [
                _names(state.register.phases, phase[order]),
                _names(state.register.units, source[order]),
                _names(state.register.units, target[order]),
                weight[order],
                cells[order, COUNT],
            ],
            schema=TIE_TABLE,
        ),
    )


def _cases(state: LogState) -> int:
    return min(int(state.register.case_number[0]), len(state.cases))


def _mean_hours(cells: Ints) -> npt.NDArray[np.float64]:
    means: npt.NDArray[np.float64] = cells.view(np.float64)[:, SUM] / cells[:, COUNT]
    return means / MICROSECONDS_PER_HOUR


def _names(table: NameTable, codes: Ints) -> pa.Array:
    return table.texts().take(pa.array(np.where(codes < 0, 0, codes), mask=codes < 0))


def _alphabetical(table: NameTable) -> Ints:
    texts = np.array(table.texts().to_pylist(), np.object_)
    return np.argsort(np.argsort(texts)).astype(np.int64)


def _order(table: NameTable, source: Ints, target: Ints, count: Ints) -> Ints:
    rank = _alphabetical(table)
    return np.lexsort((rank[target], rank[source], -count)).astype(np.int64)

"""What an event log is."""

import pyarrow as pa
import pytest

from actscope.counting import ColumnMissingError
from actscope.process.events import TimeOutOfRangeError, event_log

from .conftest import MakeLog


def test_events_stand_by_case_and_time_and_equal_times_keep_file_order(make_log: MakeLog) -> None:
    log = make_log("b 3 street x", "a 2 grid y", "b 1 firm z", "a 2 health w", "a 1 grid v")

    assert log.cases == ("b", "a")
    assert log.row.tolist() == [2, 0, 4, 1, 3]
    assert (log.first.tolist(), log.last.tolist()) == ([0, 2], [1, 4])


def test_rows_without_case_or_time_are_counted_and_their_case_does_not_appear(
    make_log: MakeLog,
) -> None:
    log = make_log("- 1 grid x", "ghost - grid x", "NA 1 grid x")

    assert (log.n, log.cases) == (1, ("NA",))
    assert log.missing_by == (("no_case", 1), ("no_time", 1))
    assert log.case.tolist() == [0]


def test_a_log_of_no_rows_is_a_log(make_log: MakeLog) -> None:
    assert (make_log().n, make_log().cases) == (0, ())


def test_an_instant_outside_of_the_calendar_is_refused() -> None:
    times = pa.array([-(2**62)], pa.int64()).cast(pa.timestamp("us", "UTC"))

    with pytest.raises(TimeOutOfRangeError, match="Row 1"):
        event_log(pa.table({"case": ["a"], "time": times, "resource": ["grid"]}))


def test_a_table_without_times_is_refused() -> None:
    with pytest.raises(ColumnMissingError, match="time"):
        event_log(pa.table({"case": ["a"], "resource": ["grid"]}))

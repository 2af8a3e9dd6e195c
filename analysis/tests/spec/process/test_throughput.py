"""How long cases take, where they stand, and whether they keep their deadlines."""

from datetime import UTC, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest

from actscope.process.blocking import blocking
from actscope.process.closing import (
    UnknownActivityError,
    UntilTooEarlyError,
    closed_at_last_event,
    closed_by_activity,
    closed_by_time,
    last_filled,
)
from actscope.process.deadlines import deadlines
from actscope.process.throughput import throughput

from .conftest import START, MakeLog

DAY = timedelta(days=1)


def instants(*days: float | None) -> pa.ChunkedArray:
    filled = [None if day is None else START + day * DAY for day in days]
    return pa.chunked_array([pa.array(filled, pa.timestamp("us", "UTC"))])


def test_without_more_knowledge_a_case_ends_with_its_last_event(make_log: MakeLog) -> None:
    log = make_log("a 0 r x", "a 24 r y", "b 0 r x", "b 72 r y", "c 5 r x")

    found = throughput(log, closed_at_last_event(log))

    assert (found.n, found.closed, found.open) == (3, 3, 0)
    assert found.mean == pytest.approx(4 / 3)  # 1, 3 and 0 days
    assert found.median == 1.0
    assert found.p95 == pytest.approx(2.8)
    assert found.until == START + 3 * DAY


def test_open_cases_last_at_least_until_the_day_of_reckoning(make_log: MakeLog) -> None:
    log = make_log("a 0 r ask", "a 24 r done", "b 0 r ask", "c 0 r ask", "c 48 r done")

    found = throughput(log, closed_by_activity(log, ["done"]), until=START + 10 * DAY)

    assert (found.closed, found.open, found.median) == (2, 1, 1.5)
    assert found.censored.median == 2.0  # S: ⅔ after a day, ⅓ after two
    assert found.censored.surviving.tolist() == pytest.approx([2 / 3, 1 / 3])


def test_an_end_activity_ends_a_case_only_as_its_last(make_log: MakeLog) -> None:
    log = make_log("a 0 r done", "a 1 r reopen", "b 0 r done")

    assert closed_by_activity(log, ["done"]).closed.tolist() == [False, True]
    with pytest.raises(UnknownActivityError, match="finish"):
        closed_by_activity(log, ["finish"])


def test_the_last_closing_time_of_a_case_counts_and_one_before_its_start_is_a_fault(
    make_log: MakeLog,
) -> None:
    log = make_log("a 0 r x", "a 1 r x", "a 2 r x", "b 48 r x", "c 0 r x")

    closings = closed_by_time(log, instants(1, 3, None, 1, None))
    found = throughput(log, closings)

    assert closings.closed.tolist() == [True, True, False]
    assert (found.closed, found.open, found.missing, found.mean) == (1, 1, 1, 3.0)
    assert found.until == START + 3 * DAY


def test_reckoning_before_the_end_of_the_log_is_refused(make_log: MakeLog) -> None:
    log = make_log("a 48 r x")

    with pytest.raises(UntilTooEarlyError) as refused:
        throughput(log, closed_at_last_event(log), until=START)
    assert refused.value.code == "until_too_early"


def test_an_empty_log_has_no_throughput(make_log: MakeLog) -> None:
    found = throughput(make_log(), closed_at_last_event(make_log()))

    assert (found.n, found.mean, found.median, found.p95, found.until) == (0, *[None] * 4)
    assert found.censored.median is None


def test_blocking_points_are_ordered_by_all_hours_lost(make_log: MakeLog) -> None:
    log = make_log("1 0 u ask", "1 9 v serve", "2 0 u ask", "2 1 u check", "2 4 u serve")

    found = blocking(log, closed_at_last_event(log))

    assert [(p.of, p.source, p.target, p.total_wait_hours) for p in found.points] == [
        ("activity", "ask", "serve", 9.0),
        ("resource", "u", "v", 9.0),
        ("activity", "check", "serve", 3.0),
        ("activity", "ask", "check", 1.0),
    ]
    assert found.points[0].share == pytest.approx(9 / 13)
    assert (found.open, found.standing) == (0, ())


def test_open_cases_stand_with_the_resource_of_their_last_event(make_log: MakeLog) -> None:
    log = make_log("1 0 u ask", "1 24 v check", "2 0 v check", "3 0 u ask", "3 72 u done")

    found = blocking(log, closed_by_activity(log, ["done"]))

    (standing,) = found.standing
    assert (standing.resource, standing.activity, standing.open) == ("v", "check", 2)
    assert (standing.since, standing.oldest) == (START, "2")
    assert standing.median_days == 2.5  # three days and two


def test_deadlines_count_open_cases_once_they_are_due(make_log: MakeLog) -> None:
    log = make_log("1 0 r x", "2 0 r x", "3 0 r x", "4 0 r x", "5 0 r x", "6 0 r x")
    closings = closed_by_time(log, instants(1, 4, None, None, 1, 2))
    due = last_filled(log, instants(1, 3, 2, 9, None, 1))

    found = deadlines(log, closings, due, until=START + 5 * DAY)

    assert (found.on_time, found.late, found.overdue, found.not_yet_due) == (1, 2, 1, 1)
    assert (found.n, found.missing, found.kept) == (5, 1, 0.25)
    assert (found.median_days_late, found.median_days_overdue) == (1.0, 3.0)
    assert found.worst == (("3", 3.0), ("2", 1.0), ("6", 1.0))


def test_nothing_due_is_nothing_kept(make_log: MakeLog) -> None:
    log = make_log("1 0 r x")
    nothing = (np.array([False]), np.array([0]))

    found = deadlines(log, closed_at_last_event(log), nothing)

    assert (found.n, found.missing, found.kept, found.worst) == (0, 1, None, ())
    assert found.until == datetime(2026, 3, 1, tzinfo=UTC)

"""Hand-overs, ping-pong, directly-follows graph, rework and variants, counted by hand."""

import pytest

from actscope.process.directly_follows import directly_follows
from actscope.process.handing_over import handing_over
from actscope.process.rework import rework
from actscope.process.variants import variants

from .conftest import MakeLog


def test_a_change_of_resource_within_a_case_is_a_hand_over(make_log: MakeLog) -> None:
    log = make_log(
        "t1 0 health x", "t2 1 health x", "t1 2 health y", "t1 5 hospital y", "t2 6 hospital y"
    )

    found = handing_over(log)

    assert (found.total, found.cases_handed_over, found.n, found.missing) == (2, 2, 5, 0)
    (pair,) = found.pairs
    assert (pair.source, pair.target, pair.count, pair.cases) == ("health", "hospital", 2, 2)
    assert (pair.mean_wait_hours, pair.median_wait_hours) == (4.0, 4.0)  # 3 and 5 hours
    assert pair.p95_wait_hours == pytest.approx(4.9)
    assert pair.total_wait_hours == 8.0


def test_an_event_without_resource_is_passed_over_and_counted(make_log: MakeLog) -> None:
    found = handing_over(make_log("t1 0 health x", "t1 1 - x", "t1 4 grid x"))

    assert (found.total, found.n, found.missing) == (1, 2, 1)
    assert found.pairs[0].mean_wait_hours == 4.0


@pytest.mark.parametrize(
    ("units", "returns"),
    [("a b a", 1), ("a b b a", 1), ("a b a b", 2), ("a b c a", 0), ("a a b", 0), ("a b", 0)],
)
def test_ping_pong_is_a_hand_over_that_the_next_one_takes_back(
    make_log: MakeLog, units: str, returns: int
) -> None:
    found = handing_over(make_log(*(f"t {i} {u} x" for i, u in enumerate(units.split()))))

    assert (found.pingpong, found.pingpong_cases) == (returns, min(returns, 1))


def test_a_hand_over_in_another_case_takes_nothing_back(make_log: MakeLog) -> None:
    found = handing_over(make_log("t1 0 a x", "t1 1 b x", "t2 2 b x", "t2 3 a x"))

    assert (found.total, found.pingpong_cases) == (2, 0)


def test_directly_follows_counts_steps_and_their_waits(make_log: MakeLog) -> None:
    log = make_log("t1 0 r ask", "t1 1 r serve", "t2 0 r ask", "t2 4 r serve", "t2 4 r serve")

    found = directly_follows(log)

    assert found.of == "activity"
    assert [(a.source, a.target, a.count, a.mean_wait_hours) for a in found.rows] == [
        ("ask", "serve", 2, 2.5),
        ("serve", "serve", 1, 0.0),
    ]


def test_without_activities_the_graph_is_of_the_resources(make_log: MakeLog) -> None:
    found = directly_follows(make_log("t 0 a", "t 1 a", "t 2 b", activities=False))

    assert found.of == "resource"
    assert [(a.source, a.target) for a in found.rows] == [("a", "a"), ("a", "b")]


def test_a_repeated_activity_is_rework_at_once_or_later(make_log: MakeLog) -> None:
    log = make_log(
        "t1 0 r ask", "t1 1 r ask", "t1 2 r serve", "t1 3 r ask", "t2 0 r ask", "t3 0 r -"
    )

    found = rework(log)

    assert (found.n, found.cases, found.share, found.missing) == (2, 1, 0.5, 1)
    (row,) = found.rows
    assert (row.activity, row.cases, row.of, row.repeats, row.at_once) == ("ask", 1, 2, 2, 1)


def test_variants_are_sequences_of_activities(make_log: MakeLog) -> None:
    log = make_log("1 0 r a", "1 1 r b", "2 5 r a", "2 6 r b", "3 0 r b", "3 1 r a", "4 0 r -")

    found = variants(log, top=1)

    assert (found.n, found.number, found.missing) == (3, 2, 1)
    assert (found.rows[0].activities, found.rows[0].cases) == (("a", "b"), 2)
    assert found.rows[0].share == pytest.approx(2 / 3)


def test_an_empty_log_has_none_of_it(make_log: MakeLog) -> None:
    log = make_log()

    assert (handing_over(log).total, handing_over(log).pairs) == (0, ())
    assert directly_follows(log).rows == ()
    assert (rework(log).n, rework(log).share, variants(log).number) == (0, None, 0)

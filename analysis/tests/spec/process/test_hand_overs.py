"""What hand-overs are, on tables of a few rows counted by hand."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from actscope.disclosure import Suppressed
from actscope.process.hand_overs import HandOver, hand_overs

MakeActs = Callable[..., pa.Table]


def act(case: str | None, unit: str | None, hour: int, **more: Any) -> dict[str, Any]:
    return {
        "about_kind": "task",
        "about_id": case,
        "by_unit": unit,
        "at": datetime(2026, 3, 1, hour, tzinfo=UTC),
        **more,
    }


def test_an_act_of_another_unit_next_in_the_case_is_a_hand_over(make_acts: MakeActs) -> None:
    acts = make_acts(
        act("t1", "health", 0),
        act("t2", "health", 1),
        act("t1", "health", 2),
        act("t1", "hospital", 5),
        act("t2", "hospital", 6),
        act("t1", "street", 7),
    )

    result = hand_overs(acts)

    assert result.rows == (
        HandOver("health", "hospital", 2, 2, 4.0),  # waits of 3 and 5 hours
        HandOver("hospital", "street", 1, 1, 2.0),
    )
    assert (result.number, result.pairs, result.median_wait_hours) == (3, 2, 3.0)
    assert (result.cases, result.cases_handed_over, result.n, result.missing) == (2, 2, 6, 0)


def test_one_case_may_hand_over_the_same_way_twice(make_acts: MakeActs) -> None:
    units = ("health", "street", "health", "street", "grid")
    acts = make_acts(*(act("t1", unit, hour) for hour, unit in enumerate(units)))

    first = hand_overs(acts).rows[0]

    assert (first.source, first.target, first.number, first.cases) == ("health", "street", 2, 1)


def test_acts_of_one_time_keep_their_order_and_late_entries_find_theirs(
    make_acts: MakeActs,
) -> None:
    acts = make_acts(
        act("t1", "street", 3), act("t1", "grid", 3), act("t1", "firm", 3), act("t1", "health", 1)
    )

    pairs = {(row.source, row.target) for row in hand_overs(acts).rows}

    assert pairs == {("health", "street"), ("street", "grid"), ("grid", "firm")}


def test_the_same_number_of_another_kind_is_another_case(make_acts: MakeActs) -> None:
    acts = make_acts(
        act("1", "health", 0),
        act("1", "street", 1, about_kind="ticket"),
        act("1", "grid", 2, about_kind=None),
    )

    result = hand_overs(acts)

    assert (result.cases, result.number, result.rows) == (3, 0, ())
    assert result.median_wait_hours is None


def test_acts_that_lack_something_are_counted_and_looking_does_not_interrupt(
    make_acts: MakeActs,
) -> None:
    acts = make_acts(
        act("t1", "health", 0),
        act("t1", "firm", 1, kind=None),
        act("t1", None, 2),
        act(None, "grid", 2),
        act("t1", "grid", 2, at=None),
        act("t1", "street", 4),
        act("t1", "hospital", 5),
    )

    result = hand_overs(acts)

    assert HandOver("health", "street", 1, 1, 4.0) in result.rows
    assert (result.n, result.set_aside) == (3, 1)
    assert result.missing_by == (("no_case", 1), ("no_time", 1), ("no_unit", 1))


def test_only_the_top_is_listed_and_the_bottom_line_is_over_all(make_acts: MakeActs) -> None:
    acts = make_acts(
        act("t1", "health", 0), act("t1", "street", 1), act("t1", "grid", 2), act("t1", "firm", 3)
    )

    result = hand_overs(acts, top=1)

    assert [(row.source, row.target) for row in result.rows] == [("grid", "firm")]
    assert (result.number, result.pairs) == (3, 3)


def test_two_units_are_suppressed(make_acts: MakeActs) -> None:
    result = hand_overs(make_acts(act("t1", "health", 0), act("t1", "street", 1)))

    assert result.suppressed is Suppressed.FEW
    assert (result.rows, result.number, result.median_wait_hours) == ((), None, None)
    assert (result.n, result.cases) == (2, 1)


def test_a_table_without_cases_says_that_they_are_missing(make_acts: MakeActs) -> None:
    acts = make_acts(act("t1", "health", 0)).drop_columns(["about_id", "about_kind"])

    result = hand_overs(acts)

    assert (result.n, result.missing_by[0]) == (0, ("no_case", 1))
    assert (result.cases, result.rows) == (0, ())


def test_no_acts_are_no_hand_overs(make_acts: MakeActs) -> None:
    assert hand_overs(make_acts()).number == 0

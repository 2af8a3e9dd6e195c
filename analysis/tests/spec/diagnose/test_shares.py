"""Shares of acts, pairs and cases, worked by hand."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from actscope.definition import Definition
from actscope.diagnose import shares
from actscope.diagnose.log import Log
from actscope.diagnose.measured import share_by_unit, share_of_things
from actscope.diagnose.measures import MEASURES

MakeActs = Callable[..., pa.Table]
ANY = Definition("", "", "")
START = datetime(2026, 3, 1, tzinfo=UTC)


def at(hour: int) -> dict[str, Any]:
    return {"at": START + timedelta(hours=hour)}


@pytest.fixture
def log(make_acts: MakeActs) -> Log:
    """Eight acts in three cases: t1 goes health – street – health, t2 and t3 stay."""
    one = {"about_kind": "task", "about_id": "t1"}
    two = {"about_kind": "task", "about_id": "t2"}
    three = {"about_kind": "task", "about_id": "t3"}
    acts = make_acts(
        one
        | at(0)
        | {"by_unit": "health", "with_units": ["street"], "kind": "dispatch", "basis": "order"},
        one
        | at(1)
        | {"by_unit": "street", "with_units": ["health"], "kind": "answer", "outcome": "refused"},
        one | at(2) | {"by_unit": "health", "kind": "decide", "basis": "agreement"},
        two | at(3) | {"by_unit": "street", "with_units": ["firm"], "kind": "ask"},
        two
        | at(4)
        | {"by_unit": "firm", "with_units": ["street"], "kind": "answer", "outcome": "done"},
        three
        | at(5)
        | {"by_unit": "grid", "with_units": ["street"], "kind": "ask", "outcome": "blocked"},
        three
        | at(6)
        | {"by_unit": "grid", "with_units": ["street", "grid"], "kind": "share", "basis": "law"},
        at(7) | {"by_unit": "health", "kind": None},
    )
    actors = pa.table(
        {
            "unit": ["health", "street", "firm", "grid", "hospital"],
            "sector": ["government", "government", "market", None, "medical"],
        }
    )
    plan = pa.table(
        {
            "source": ["street", "health", "health"],
            "target": ["health", "firm", "health"],
        }
    )
    return Log(acts, actors=actors, plan=plan)


@pytest.mark.parametrize(
    ("measure", "value", "n", "missing"),
    [
        ("order_share", 1 / 3, 3, 4),
        ("joint_share", 6 / 7, 7, 0),
        ("social_share", 1 / 5, 5, 2),
        ("supervise_share", 0.0, 7, 0),
        ("deliberate_share", 0.0, 7, 0),
        ("refused_share", 1 / 2, 2, 0),
        ("answered_share", 1 / 2, 2, 0),
        ("blocked_case_share", 1 / 3, 3, 0),
        ("returned_case_share", 1 / 3, 3, 0),
        ("redispatched_share", 0.0, 1, 0),
        ("silent_plan_share", 1 / 2, 2, 0),
        ("one_way_share", 1.0, 1, 0),
        ("top_command_share", 1.0, 2, 0),
    ],
)
def test_a_share_counts_what_it_says(
    log: Log, measure: str, value: float, n: int, missing: int
) -> None:
    found = getattr(shares, measure)(log)

    assert found.value == pytest.approx(value)
    assert (found.n, found.missing) == (n, missing)


@pytest.mark.parametrize("measure", ["silent_plan_share", "social_share", "order_share"])
def test_without_what_it_needs_it_is_not_measured(make_acts: MakeActs, measure: str) -> None:
    found = getattr(shares, measure)(Log(make_acts({"by_unit": "health"})))

    assert (found.value, found.lower, found.n) == (None, None, 0)


@pytest.mark.parametrize("measure", sorted(MEASURES))
def test_an_empty_log_measures_nothing(make_acts: MakeActs, measure: str) -> None:
    found = MEASURES[measure](Log(make_acts()))

    assert (found.value, found.n) == (None, 0)


def test_silent_ties_are_named(log: Log) -> None:
    (silent,) = shares.silent_plan_share(log).cases

    assert silent.who == "firm – health"


def test_units_are_drawn_and_not_acts() -> None:
    """Nine units of ten acts, three of them all bad: the interval is that of three in nine."""
    part = [10.0] * 3 + [0.0] * 6

    found = share_by_unit(
        pa.array(part).to_numpy(),
        pa.array([10.0] * 9).to_numpy(),
        tuple("abcdefghi"),
        definition=ANY,
    )

    assert found.value == pytest.approx(1 / 3)
    assert found.lower == pytest.approx(0.0, abs=0.12)
    assert found.upper == pytest.approx(0.667, abs=0.01)
    assert [case.who for case in found.cases if case.value == 1.0] == ["a", "b", "c"]


def test_under_three_units_there_is_no_interval() -> None:
    two = pa.array([1.0, 2.0]).to_numpy()

    found = share_by_unit(two, two, ("a", "b"), definition=ANY)

    assert (found.value, found.lower, found.upper) == (1.0, None, None)


def test_wilson_interval() -> None:
    """8 of 10 gives 0.490 to 0.943 (Wilson 1927; Newcombe 1998, Stat. Med. 17, method 3)."""
    found = share_of_things(8, 10, definition=ANY)

    assert (round(found.lower or 0, 3), round(found.upper or 0, 3)) == (0.490, 0.943)

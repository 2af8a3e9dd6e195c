"""What the engine makes of a problem, on plain data."""

from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongzhou.allocations import engine

A, B = "a", "b"
Plain = dict[str, Any]


def problem(
    free: dict[str, list[int]], missing: dict[str, list[int]], *,
    instead: dict[str, list[list[str]]] | None = None, decimals: int = 0, weights: Any = None,
) -> Plain:  # fmt: skip
    """Stores along a line and areas along another, one of each for a number; 0 is none."""
    width = max(len(row) for row in (*free.values(), *missing.values()))
    return {
        "items": {item: {"decimals": decimals} for item in {*free, *missing}},
        "instead": instead or {},
        "sites": [{"lon": 100.0 + n, "lat": 30.0} for n in range(width)],
        "areas": [{"lon": 100.0 + n, "lat": 31.0} for n in range(width)],
        "stocks": [{"site": n, "item": item, "free": str(q)} for item, row in free.items()
                   for n, q in enumerate(row) if q],
        "needs": [{"area": n, "item": item, "missing": str(q),
                   "weight": (weights or {}).get(n, 1)} for item, row in missing.items()
                  for n, q in enumerate(row) if q],
    }  # fmt: skip


def received(question: Plain, answer: Plain) -> list[float]:
    """What each need gets, out of the lines."""
    got = [0.0] * len(question["needs"])
    for _stock, need, quantity, _km in answer["lines"]:
        got[need] += quantity
    return got


def test_scarcity_of_one_thing_does_not_hold_back_another() -> None:
    asked = problem({A: [10], B: [90]}, {A: [100], B: [100]})

    found = engine.solve(asked, "max_min")

    assert received(asked, found) == [10, 90]
    assert found["computed"]["min_fill"] == 0.1
    assert found["proven"]


def test_what_is_too_little_to_be_shared_is_given_all_the_same() -> None:
    asked = problem({A: [5]}, {A: [3, 3]})

    found = engine.solve(asked, "max_min")

    assert sorted(received(asked, found)) == [2, 3]


def test_the_nearer_store_gives() -> None:
    asked = problem({A: [50, 50]}, {A: [50, 50]})

    found = engine.solve(asked, "max_min")

    assert [line[:3] for line in found["lines"]] == [[0, 0, 50.0], [1, 1, 50.0]]
    assert found["lines"][0][3] == pytest.approx(111.2)


def test_the_most_urgent_go_first() -> None:
    asked = problem({A: [60]}, {A: [50, 50]}, weights={1: 8})

    found = engine.solve(asked, "priority")

    assert received(asked, found) == [10, 50]
    assert found["computed"]["weighted"] > found["proportional"]["weighted"]


def test_those_of_one_urgency_share_fairly() -> None:
    asked = problem({A: [60]}, {A: [50, 20, 20, 100]}, weights={1: 4, 2: 4})

    found = engine.solve(asked, "priority")

    assert received(asked, found) == [7, 20, 20, 13]
    assert found["proven"]


def test_what_stands_in_is_given_last_and_one_way_only() -> None:
    asked = problem({A: [10], B: [30]}, {A: [20], B: [20]}, instead={A: [[B, "not in theatres"]]})

    found = engine.solve(asked, "max_min")

    assert received(asked, found) == [20, 20]
    given = {(stock, need): quantity for stock, need, quantity, _km in found["lines"]}
    assert given == {(0, 0): 10, (1, 0): 10, (1, 1): 20}


def test_tenths_are_shared_exactly() -> None:
    asked = problem({A: [1]}, {A: [1, 1, 1]}, decimals=1)

    found = engine.solve(asked, "max_min")

    assert sorted(received(asked, found)) == [0.3, 0.3, 0.4]


def test_a_plan_made_by_people_is_judged_like_a_computed_one() -> None:
    asked = problem({A: [50, 50]}, {A: [80, 80]})
    found = engine.solve(asked, "max_min")

    judged = engine.judge(asked, [line[:3] for line in found["lines"]])

    assert judged["chosen"] == found["computed"]


AMOUNTS: Final = st.lists(st.integers(0, 40), min_size=1, max_size=4)


@given(free=AMOUNTS, missing=AMOUNTS, more=AMOUNTS, wanted=AMOUNTS)
@settings(derandomize=True, max_examples=60, deadline=None)
def test_no_plan_beats_it_by_the_proportional_split_and_none_gives_more_than_there_is(
    free: list[int], missing: list[int], more: list[int], wanted: list[int]
) -> None:
    if not any(free) or not any(missing):
        return
    for objective, weights in (("max_min", {}), ("priority", {0: 8, 1: 4})):
        asked = problem({A: free, B: more}, {A: missing, B: wanted}, instead={A: [[B, ""]]},
                        weights=weights)  # fmt: skip

        found = engine.solve(asked, objective)

        stated = "weighted" if objective == "priority" else "min_fill"
        assert found["computed"][stated] >= found["proportional"][stated] - 1e-9
        sent = [0.0] * len(asked["stocks"])
        for stock, _need, quantity, _km in found["lines"]:
            sent[stock] += quantity
            assert quantity == int(quantity)
        assert all(s <= int(k["free"]) for s, k in zip(sent, asked["stocks"], strict=True))
        got = received(asked, found)
        assert all(g <= int(n["missing"]) for g, n in zip(got, asked["needs"], strict=True))
        assert found["proven"]

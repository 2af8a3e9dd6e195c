"""Whatever the tables, the plan is as good as the one that a formula written out in full finds."""

from itertools import product
from typing import Any

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from actscope.allocation.allocate import Allocation, allocate

PLACES = ("health", "hospital", "street", "grid", "firm")
ITEMS = ("mask", "gown")
PAIRS = list(product(PLACES, PLACES))
CELLS = list(product(PLACES, ITEMS))
FIGURES = st.integers(0, 9).map(float)


@st.composite
def questions(draw: st.DrawFn, *, limited: bool) -> dict[str, dict[Any, Any]]:
    """Stocks, needs, priorities, distances and limits, each by its key."""
    pairs = draw(st.lists(st.sampled_from(PAIRS), min_size=1, max_size=14, unique=True))
    needs = draw(st.dictionaries(st.sampled_from(CELLS), FIGURES, min_size=1, max_size=6))
    return {
        "has": draw(st.dictionaries(st.sampled_from(CELLS), FIGURES, min_size=1, max_size=6)),
        "wants": needs,
        "priority": {key: draw(st.sampled_from((1.0, 1.0, 2.0, 3.0))) for key in needs},
        "far": {pair: draw(st.sampled_from((0.0, 1.0, 2.5, 7.0))) for pair in pairs},
        "room": {pair: draw(FIGURES) if limited else None for pair in pairs},
    }


def tables(q: dict[str, dict[Any, Any]], *, weighted: bool = True) -> tuple[pa.Table, ...]:
    supply = [{"id": p, "item": i, "quantity": n} for (p, i), n in q["has"].items()]
    demand = [
        {"id": p, "item": i, "quantity": n}
        | ({"priority": q["priority"][p, i]} if weighted else {})
        for (p, i), n in q["wants"].items()
    ]
    ways = [
        {"from": a, "to": b, "distance": far, "capacity": q["room"][a, b]}
        for (a, b), far in q["far"].items()
    ]
    schema = pa.schema(
        [("from", "string"), ("to", "string"), ("distance", "f8"), ("capacity", "f8")]
    )
    return (
        pa.Table.from_pylist(supply),
        pa.Table.from_pylist(demand),
        pa.Table.from_pylist(ways, schema=schema),
    )


def routes(q: dict[str, dict[Any, Any]]) -> list[tuple[str, str, str]]:
    return [
        (a, b, i)
        for a, b in q["far"]
        for i in ITEMS
        if q["has"].get((a, i), 0) > 0 and q["wants"].get((b, i), 0) > 0 and q["room"][a, b] != 0
    ]


def written_out(
    q: dict[str, dict[Any, Any]],
    cost: list[float],
    more: list[tuple[list[float], float]],
    *,
    pieces: bool = False,
) -> Any:
    """min cost·x within stocks, needs, links and the rows ``more`` (each ≤ its limit). ``pieces``:
    what the routes carry is whole."""
    ways = routes(q)
    rows, limits = [row for row, _ in more], [limit for _, limit in more]
    for key, amount in q["has"].items():
        rows.append([float((a, i) == key) for a, _, i in ways])
        limits.append(amount)
    for key, amount in q["wants"].items():
        rows.append([float((b, i) == key) for _, b, i in ways])
        limits.append(amount)
    for pair, amount in q["room"].items():
        if amount is not None:
            rows.append([float((a, b) == pair) for a, b, _ in ways])
            limits.append(amount)
    wide = max(map(len, [*rows, cost]))
    rows = [row + [0.0] * (wide - len(row)) for row in rows]
    whole = [pieces and place < len(ways) for place in range(wide)]
    return linprog(
        cost, A_ub=np.array(rows), b_ub=np.array(limits), method="highs", integrality=whole
    )


def kept(q: dict[str, dict[Any, Any]], plan: Allocation) -> None:
    """Nothing is made up, overfilled or overloaded, and what is told fits together."""
    sent: dict[Any, float] = {}
    came: dict[Any, float] = {}
    carried: dict[Any, float] = {}
    for s in plan.shipments:
        for held, key in (
            (sent, (s["from"], s["item"])),
            (came, (s["to"], s["item"])),
            (carried, (s["from"], s["to"])),
        ):
            held[key] = held.get(key, 0) + s["quantity"]
        assert s["quantity"] > 0
    assert all(n <= q["has"][key] + 1e-6 for key, n in sent.items())
    assert all(n <= q["wants"][key] + 1e-6 for key, n in came.items())
    assert all(
        n <= (q["room"][k] if q["room"][k] is not None else np.inf) + 1e-6
        for k, n in carried.items()
    )
    assert plan.shipped == pytest.approx(sum(sent.values()))
    assert plan.proven
    assert {(f["id"], f["item"]): f["received"] for f in plan.fills} == pytest.approx(
        {key: came.get(key, 0.0) for key in q["wants"]}, abs=1e-9
    )


@pytest.mark.parametrize(("limited", "pieces"), list(product([False, True], [False, True])))
@settings(max_examples=20)
@given(data=st.data())
def test_the_least_fill_is_as_great_and_then_transport_as_small_as_can_be(
    limited: bool, pieces: bool, data: st.DataObject
) -> None:
    q = data.draw(questions(limited=limited))
    ways = routes(q)
    reached = sorted({(b, i) for _, b, i in ways})

    plan = allocate(*tables(q, weighted=False), pieces=pieces)

    kept(q, plan)
    if not reached:
        assert plan.shipped == 0
        return

    def promise(t_column: bool, t: float) -> list[tuple[list[float], float]]:
        return [
            (
                [-float((b, i) == key) for _, b, i in ways]
                + ([q["wants"][key]] if t_column else []),
                0.0 if t_column else -t * q["wants"][key] * (1 - 1e-9),
            )
            for key in reached
        ]

    first = written_out(q, [0.0] * len(ways) + [-1.0], promise(True, 0), pieces=pieces)
    t = min(-first.fun, 1.0)
    second = written_out(q, [q["far"][a, b] for a, b, _ in ways], promise(False, t), pieces=pieces)
    assert plan.level == pytest.approx(t, abs=1e-7)
    assert plan.unit_distance == pytest.approx(second.fun, rel=1e-6, abs=1e-6)
    least = 0.0 if plan.missing else t
    assert plan.min_fill == pytest.approx(least, abs=1e-7)


@pytest.mark.parametrize("limited", [False, True])
@settings(max_examples=20)
@given(data=st.data())
def test_without_fairness_the_most_is_shipped_the_shortest_way(
    limited: bool, data: st.DataObject
) -> None:
    q = data.draw(questions(limited=limited))
    ways = routes(q)

    plan = allocate(*tables(q), fair="none")

    kept(q, plan)
    if ways:
        worth = [q["priority"][b, i] for _, b, i in ways]
        first = written_out(q, [-w for w in worth], [])
        far = [q["far"][a, b] for a, b, _ in ways]
        second = written_out(q, far, [([-w for w in worth], first.fun * (1 - 1e-9))])
        value = sum(s["quantity"] * q["priority"][s["to"], s["item"]] for s in plan.shipments)
        assert value == pytest.approx(-first.fun, rel=1e-6, abs=1e-6)
        assert plan.unit_distance == pytest.approx(second.fun, rel=1e-6, abs=1e-6)


@pytest.mark.parametrize("limited", [False, True])
@settings(max_examples=20)
@given(data=st.data())
def test_nobody_below_could_have_had_what_another_has_above(
    limited: bool, data: st.DataObject
) -> None:
    q = data.draw(questions(limited=limited))
    ways = routes(q)

    plan = allocate(*tables(q, weighted=False), levels="all")

    kept(q, plan)
    fill = {(f["id"], f["item"]): f["fill"] for f in plan.fills}
    for key in {(b, i) for _, b, i in ways}:
        # All that have no more than this one keep what they have: can this one get more?
        rows = [
            ([-float((b, i) == other) for _, b, i in ways], -fill[other] * q["wants"][other] + 1e-9)
            for other in {(b, i) for _, b, i in ways}
            if other != key and fill[other] <= fill[key] + 1e-7
        ]
        best = written_out(q, [-float((b, i) == key) for _, b, i in ways], rows)
        assert fill[key] * q["wants"][key] == pytest.approx(-best.fun, abs=1e-5)


@pytest.mark.parametrize("fair", ["maxmin", "none", "proportional"])
@settings(max_examples=20)
@given(data=st.data())
def test_the_order_of_the_rows_changes_no_figure(fair: Any, data: st.DataObject) -> None:
    q = data.draw(questions(limited=data.draw(st.booleans())))
    rows = tables(q)
    turned = [t.take(pa.array(data.draw(st.permutations(range(t.num_rows))))) for t in rows]

    one, two = allocate(*rows, fair=fair), allocate(*turned, fair=fair)

    kept(q, one)
    assert one.unit_distance == pytest.approx(two.unit_distance, rel=1e-6, abs=1e-6)
    assert one.shipped == pytest.approx(two.shipped, rel=1e-6, abs=1e-6)
    assert one.min_fill == pytest.approx(two.min_fill, abs=1e-7)

"""Who gets what, worked by hand."""

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from actscope.acts.reading import TableRefusedError
from actscope.allocation.allocate import (
    AlphaNotPositiveError,
    OptionsConflictError,
    SecondsOutOfRangeError,
    allocate,
)
from actscope.allocation.comparing import gini
from actscope.allocation.lines import (
    FigureNegativeError,
    FigureUnboundedError,
    LineRepeatedError,
    PriorityNotPositiveError,
    QuantityNotWholeError,
)
from actscope.allocation.tables import DepartureMissingError, TravelTimeMissingError
from actscope.errors import InputError

LINKS = pa.schema(
    [("from", "string"), ("to", "string"), ("distance", "f8"), ("capacity", "f8"), ("hours", "f8")]
)


def has(*rows: tuple[Any, ...]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(("id", "item", "quantity", "expires_at"), row, strict=False)) for row in rows],
        schema=pa.schema(
            [
                ("id", "string"),
                ("item", "string"),
                ("quantity", "f8"),
                ("expires_at", pa.timestamp("us", "UTC")),
            ]
        ),
    )


def wants(*rows: tuple[Any, ...]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(("id", "item", "quantity", "priority"), row, strict=False)) for row in rows],
        schema=pa.schema(
            [("id", "string"), ("item", "string"), ("quantity", "f8"), ("priority", "f8")]
        ),
    )


def ways(*rows: tuple[Any, ...]) -> pa.Table:
    return pa.Table.from_pylist(
        [dict(zip(LINKS.names, row, strict=False)) for row in rows], schema=LINKS
    )


def quantities(plan: Any) -> dict[tuple[str, str, str], Any]:
    return {
        (s["from"], s["to"], s["item"]): pytest.approx(s["quantity"], abs=1e-9)
        for s in plan.shipments
    }


SIX_MASKS = has(("health", "mask", 6))
NEAR_AND_FAR = ways(("health", "hospital", 1), ("health", "street", 5))


def test_all_get_the_same_share_though_one_is_far() -> None:
    plan = allocate(SIX_MASKS, wants(("hospital", "mask", 8), ("street", "mask", 4)), NEAR_AND_FAR)

    # 6 for 12: half for each, 4 × 1 + 2 × 5.
    assert quantities(plan) == {("health", "hospital", "mask"): 4, ("health", "street", "mask"): 2}
    assert plan.level == pytest.approx(0.5)
    assert plan.min_fill == pytest.approx(0.5)
    assert plan.unit_distance == pytest.approx(14)
    assert (plan.shipped, plan.loss, plan.left) == pytest.approx((6, 6, 0), abs=1e-9)
    assert plan.gini == pytest.approx(0, abs=1e-9)
    assert plan.proven


def test_without_fairness_the_near_one_gets_all() -> None:
    plan = allocate(
        SIX_MASKS, wants(("hospital", "mask", 8), ("street", "mask", 4)), NEAR_AND_FAR, fair="none"
    )

    assert quantities(plan) == {("health", "hospital", "mask"): 6}
    assert (plan.unit_distance, plan.min_fill, plan.most_deprived) == (6, 0, "street")
    assert plan.gini == pytest.approx(0.5)
    assert plan.proven


def test_one_level_stops_where_the_scarcest_item_stops_and_all_levels_go_on() -> None:
    stock = has(("health", "mask", 6), ("health", "gown", 1))
    need = wants(("hospital", "mask", 4), ("street", "gown", 4))

    one = allocate(stock, need, NEAR_AND_FAR)
    all_ = allocate(stock, need, NEAR_AND_FAR, levels="all")

    assert quantities(one) == {("health", "hospital", "mask"): 1, ("health", "street", "gown"): 1}
    assert quantities(all_) == {("health", "hospital", "mask"): 4, ("health", "street", "gown"): 1}
    assert one.level == all_.level == pytest.approx(0.25)
    assert one.left == pytest.approx(5)


def test_twice_the_priority_is_twice_the_share_until_one_has_all() -> None:
    need = wants(("hospital", "mask", 4, 2), ("street", "mask", 4, 1))

    scarce = allocate(has(("health", "mask", 3)), need, NEAR_AND_FAR)
    ample = allocate(has(("health", "mask", 7)), need, NEAR_AND_FAR)

    assert quantities(scarce) == {
        ("health", "hospital", "mask"): 2,
        ("health", "street", "mask"): 1,
    }
    assert quantities(ample) == {("health", "hospital", "mask"): 4, ("health", "street", "mask"): 3}
    assert scarce.proven
    assert ample.proven


def test_a_limited_link_is_shared_by_all_items() -> None:
    stock = has(("health", "mask", 10), ("health", "gown", 10))
    need = wants(("hospital", "mask", 10), ("hospital", "gown", 5))

    plan = allocate(stock, need, ways(("health", "hospital", 2, 6)))

    # 6 for 15 over one link.
    assert plan.level == pytest.approx(0.4)
    assert quantities(plan) == {
        ("health", "hospital", "mask"): 4,
        ("health", "hospital", "gown"): 2,
    }
    assert plan.proven


@pytest.mark.parametrize("room", [None, 100.0, 5.0])
def test_pieces_stay_whole(room: float | None) -> None:
    stock = has(("health", "mask", 5), ("health", "gown", 1))
    need = wants(("hospital", "mask", 3), ("street", "mask", 3), ("hospital", "gown", 1))
    links = ways(("health", "hospital", 1, room), ("health", "street", 5, room))

    plan = allocate(stock, need, links, pieces=True)

    assert quantities(plan) == {
        ("health", "hospital", "mask"): 2,
        ("health", "hospital", "gown"): 1,
        ("health", "street", "mask"): 2,
    }
    assert plan.min_fill == pytest.approx(2 / 3)
    assert plan.proven


def test_more_in_stock_than_anybody_near_wants_helps_nobody_far() -> None:
    stock = has(("hospital", "mask", 2), ("street", "mask", 1))
    need = wants(("hospital", "mask", 2), ("street", "mask", 1))

    plan = allocate(stock, need, ways(("hospital", "street", 0), ("street", "hospital", 0)))

    assert plan.level == pytest.approx(0.5)
    assert plan.proven


def test_pieces_over_a_shared_link_are_searched_for() -> None:
    stock = has(("health", "mask", 9), ("health", "gown", 9))
    need = wants(("hospital", "mask", 4), ("hospital", "gown", 3))

    plan = allocate(stock, need, ways(("health", "hospital", 2, 4.5)), pieces=True)

    # Four pieces: 2 of 4 and 2 of 3 leave the least fill at one half; 3 and 1 at one third.
    assert quantities(plan) == {
        ("health", "hospital", "mask"): 2,
        ("health", "hospital", "gown"): 2,
    }
    assert plan.min_fill == pytest.approx(0.5)
    assert plan.proven


def test_the_proportional_split_gives_the_same_share_and_says_what_it_loses() -> None:
    stock = has(("health", "mask", 6), ("firm", "mask", 6))
    need = wants(("hospital", "mask", 8), ("street", "mask", 16))
    links = ways(("health", "hospital", 1), ("firm", "hospital", 2), ("firm", "street", 3))

    plan = allocate(stock, need, links, fair="none", compared=True)

    # Half for each would be 4 and 8, but only 6 can come to the street.
    assert plan.compared is not None
    split = plan.compared["proportional"]
    assert split.shipped == pytest.approx(10)
    assert split.loss == pytest.approx(14)
    assert split.unit_distance == pytest.approx(4 * 1 + 6 * 3)
    assert split.min_fill == pytest.approx(6 / 16)
    assert split.most_deprived == "street"
    assert plan.compared["none"].shipped == pytest.approx(12)


def test_the_proportional_split_of_pieces_leaves_none_over() -> None:
    need = wants(("hospital", "mask", 5), ("street", "mask", 5), ("grid", "mask", 5))
    links = ways(("health", "hospital", 1), ("health", "street", 1), ("health", "grid", 1))

    plan = allocate(has(("health", "mask", 7)), need, links, fair="proportional", pieces=True)

    assert sorted(quantities(plan).values(), key=lambda q: q.expected) == [2, 2, 3]


@pytest.mark.parametrize("alpha", [0.5, 1.0, 2.0])
@pytest.mark.parametrize("room", [None, 7.0])
def test_alpha_fair_follows_the_formula(alpha: float, room: float | None) -> None:
    stock = has(("health", "mask", 6), ("health", "gown", 4))
    need = wants(("hospital", "mask", 8, 4), ("street", "mask", 8, 1), ("hospital", "gown", 8, 1))
    links = ways(("health", "hospital", 1, room), ("health", "street", 5))

    plan = allocate(stock, need, links, fair="alpha", alpha=alpha)

    # Of one stock the shares are as priority^(1/α): fill ∝ 4^(1/α) and 1, where no link binds.
    fill = {(f["id"], f["item"]): f["fill"] for f in plan.fills}
    assert plan.proven
    if room is None:
        one = 4 ** (1 / alpha)
        assert fill["hospital", "mask"] == pytest.approx(min(6 / 8 * one / (one + 1), 1), abs=1e-6)
        assert fill["hospital", "gown"] == pytest.approx(0.5, abs=1e-6)
    else:
        # Seven over the link: a slope of 4 x^(−α) = street's + link's, gown's = link's.
        slope = {
            key: p * fill[key] ** -alpha
            for key, p in {
                ("hospital", "mask"): 4,
                ("street", "mask"): 1,
                ("hospital", "gown"): 1,
            }.items()
        }
        street, gown = slope["street", "mask"], slope["hospital", "gown"]
        carried = 8 * (fill["hospital", "mask"] + fill["hospital", "gown"])
        if carried > 7 - 1e-3:
            assert slope["hospital", "mask"] == pytest.approx(street + gown, rel=0.02)


def test_what_would_spoil_on_the_way_stays() -> None:
    stock = has(
        ("health", "blood", 5, datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("health", "blood", 2, datetime(2026, 3, 3, tzinfo=UTC)),
    )
    need = wants(("hospital", "blood", 4), ("street", "blood", 4))
    links = ways(("health", "hospital", 1, None, 3), ("health", "street", 5, None, 20))

    plan = allocate(stock, need, links, at=datetime(2026, 3, 1, 8, tzinfo=UTC))

    assert plan.expired == 1
    came = {f["id"]: f["received"] for f in plan.fills}
    assert came == pytest.approx({"hospital": 2, "street": 2})
    with pytest.raises(DepartureMissingError):
        allocate(stock, need, links)
    with pytest.raises(TravelTimeMissingError):
        allocate(stock, need, NEAR_AND_FAR, at=datetime(2026, 3, 1, 8, tzinfo=UTC))


def test_whom_nothing_reaches_is_named_and_holds_nobody_down() -> None:
    need = wants(("hospital", "mask", 6), ("grid", "mask", 1), ("hospital", "gown", 3))

    plan = allocate(SIX_MASKS, need, NEAR_AND_FAR)

    assert plan.unreachable == (
        {"id": "grid", "item": "mask"},
        {"id": "hospital", "item": "gown"},
    )
    assert (plan.n, plan.missing, plan.min_fill) == (3, 2, 0)
    assert plan.level == pytest.approx(1)
    assert plan.unlinked == ("grid",)
    assert quantities(plan) == {("health", "hospital", "mask"): 6}


def test_own_stock_that_nobody_there_wants_is_not_told() -> None:
    need = wants(("hospital", "mask", 6), ("health", "mask", 0))

    assert allocate(SIX_MASKS, need, NEAR_AND_FAR).own_stock == ()


def test_own_stock_counts_only_by_a_row_to_oneself() -> None:
    need = wants(("health", "mask", 6))

    without = allocate(SIX_MASKS, need, NEAR_AND_FAR)
    with_ = allocate(SIX_MASKS, need, ways(("health", "health", 0)))

    assert without.own_stock == ({"id": "health", "item": "mask"},)
    assert without.shipped == 0
    assert with_.own_stock == ()
    assert (with_.shipped, with_.unit_distance, with_.min_fill) == (6, 0, 1)


def test_nothing_wanted_is_nothing_shipped() -> None:
    plan = allocate(SIX_MASKS, wants(("hospital", "mask", 0)), NEAR_AND_FAR, compared=True)

    assert plan.min_fill is None
    assert plan.gini is None
    assert plan.most_deprived is None
    assert (plan.shipped, plan.missing, plan.shipments) == (0, 0, ())
    assert plan.proven


def test_gini_of_one_who_has_all() -> None:

    assert gini(np.array([0.0, 0.0, 0.0, 1.0])) == pytest.approx(0.75)
    assert gini(np.zeros(3)) is None


NEED = wants(("hospital", "mask", 8))


@pytest.mark.parametrize(
    ("refusal", "tables", "options"),
    [
        (FigureNegativeError, (has(("health", "mask", -1)), NEED, NEAR_AND_FAR), {}),
        (FigureUnboundedError, (has(("health", "mask", 1e13)), NEED, NEAR_AND_FAR), {}),
        (FigureNegativeError, (SIX_MASKS, NEED, ways(("health", "hospital", -1))), {}),
        (FigureNegativeError, (SIX_MASKS, NEED, ways(("health", "hospital", 1, -1))), {}),
        (LineRepeatedError, (pa.concat_tables([SIX_MASKS] * 2), NEED, NEAR_AND_FAR), {}),
        (LineRepeatedError, (SIX_MASKS, pa.concat_tables([NEED] * 2), NEAR_AND_FAR), {}),
        (LineRepeatedError, (SIX_MASKS, NEED, pa.concat_tables([NEAR_AND_FAR] * 2)), {}),
        (PriorityNotPositiveError, (SIX_MASKS, wants(("a", "mask", 1, 0)), NEAR_AND_FAR), {}),
        (QuantityNotWholeError, (has(("a", "mask", 1.5)), NEED, NEAR_AND_FAR), {"pieces": True}),
        (OptionsConflictError, (SIX_MASKS, NEED, NEAR_AND_FAR), {"pieces": True, "levels": "all"}),
        (OptionsConflictError, (SIX_MASKS, NEED, NEAR_AND_FAR), {"fair": "none", "levels": "all"}),
        (SecondsOutOfRangeError, (SIX_MASKS, NEED, NEAR_AND_FAR), {"seconds": -1.0}),
        (AlphaNotPositiveError, (SIX_MASKS, NEED, NEAR_AND_FAR), {"fair": "alpha", "alpha": 0.0}),
        (TableRefusedError, (SIX_MASKS.slice(0, 0), NEED, NEAR_AND_FAR), {}),
        (TableRefusedError, (has(("health", "mask", None)), NEED, NEAR_AND_FAR), {}),
        (TableRefusedError, (has(("health", "mask", float("inf"))), NEED, NEAR_AND_FAR), {}),
    ],
)
def test_it_refuses(
    refusal: type[InputError], tables: tuple[pa.Table, ...], options: dict[str, Any]
) -> None:
    with pytest.raises(refusal) as refused:
        allocate(*tables, **options)

    assert refused.value.sentence("en")
    assert refused.value.sentence("zh")

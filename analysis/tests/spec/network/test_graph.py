"""What a network is, on ties of a few rows."""

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pytest

from actscope.network.graph import (
    NegativeWeightError,
    RepeatedTieError,
    SuppressedNetworkError,
    WeightTooLargeError,
    WeightTooSmallError,
    graph,
    graph_of_network,
    graph_of_ties,
)
from actscope.network.ties import ties

MakeActs = Callable[..., pa.Table]


def listed(*rows: tuple[str, str, float]) -> pa.Table:
    source, target, weight = zip(*rows, strict=True)
    return pa.table({"source": source, "target": target, "weight": pa.array(weight, pa.float64())})


def test_actors_are_in_the_order_of_their_names_whatever_the_rows() -> None:
    table = listed(("street", "health", 2), ("health", "grid", 1))

    found = graph_of_ties(table, directed=True, actors=["firm"])

    assert found.names == ("firm", "grid", "health", "street")
    assert found.source.tolist() == [2, 3]
    assert found.target.tolist() == [1, 2]
    assert found.weight.tolist() == [1, 2]
    assert (found.n, found.m, found.pairs) == (4, 2, 12)


def test_rows_of_one_pair_are_one_tie_of_their_sum() -> None:
    table = listed(("health", "grid", 2), ("grid", "health", 1), ("health", "grid", 0.5))

    directed = graph_of_ties(table, directed=True)
    undirected = graph_of_ties(table, directed=False)

    assert (directed.weight.tolist(), directed.repeated) == ([1, 2.5], 1)
    assert (undirected.weight.tolist(), undirected.repeated, undirected.pairs) == ([3.5], 2, 1)


def test_self_ties_and_ties_of_no_weight_are_set_aside_and_counted() -> None:
    table = listed(("health", "health", 1), ("health", "grid", 0), ("firm", "grid", 1))

    found = graph_of_ties(table, directed=True)

    assert (found.n, found.m, found.self_ties, found.zero_ties) == (3, 1, 1, 1)


def test_both_directions_add_up_when_direction_is_left_out() -> None:
    table = listed(("health", "grid", 2), ("grid", "health", 1), ("health", "firm", 4))

    either = graph_of_ties(table, directed=True).either_way()

    assert either.degrees.tolist() == [1, 1, 2]
    assert either.strengths.tolist() == [4, 3, 7]
    assert either.ends.tolist() == [2, 2, 0, 1]


def test_the_network_of_acts_has_their_ties_and_everybody(make_acts: MakeActs) -> None:
    acts = make_acts(
        {"by_unit": "health", "with_units": ["hospital", "street"]},
        {"by_unit": "street", "with_units": ["health"]},
    )

    found = graph_of_network(ties(acts, units=["firm"]).whole)

    assert found.names == ("firm", "health", "hospital", "street")
    assert found.directed
    assert found.weight.tolist() == [0.5, 0.5, 1]


def test_a_suppressed_network_is_refused(make_acts: MakeActs) -> None:
    acts = make_acts({"by_unit": "health", "with_units": ["hospital"]})

    with pytest.raises(SuppressedNetworkError) as refused:
        graph_of_network(ties(acts).whole)

    assert refused.value.code == "network_suppressed"


def test_a_negative_weight_is_refused_with_its_row() -> None:
    with pytest.raises(NegativeWeightError) as refused:
        graph_of_ties(listed(("a", "b", 1), ("b", "c", -2)), directed=False)

    assert (refused.value.row, refused.value.value) == (2, -2)


def test_a_repeated_tie_is_refused_when_asked_for() -> None:
    with pytest.raises(RepeatedTieError) as refused:
        graph_of_ties(
            listed(("a", "b", 1), ("b", "c", 2), ("b", "a", 1)), directed=False, repeated="refuse"
        )

    assert (refused.value.row, refused.value.value) == (3, "a – b")


def test_weights_that_cannot_be_added_up_are_refused() -> None:
    with pytest.raises(WeightTooLargeError):
        graph_of_ties(listed(("a", "b", 1e308), ("a", "b", 1e308)), directed=True)


def test_a_weight_next_to_nothing_is_refused() -> None:
    with pytest.raises(WeightTooSmallError) as refused:
        graph_of_ties(listed(("a", "b", 1), ("a", "c", 1e-200)), directed=True)

    assert (refused.value.row, refused.value.code) == (2, "weight_too_small")


def test_nobody_is_a_network_too() -> None:
    nobody = graph([], np.empty(0, np.int64), np.empty(0, np.int64), directed=True)

    assert (nobody.n, nobody.m, nobody.pairs) == (0, 0, 0)
    assert len(nobody.either_way().ends) == 0

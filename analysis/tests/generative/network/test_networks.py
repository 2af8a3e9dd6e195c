"""What holds for every network."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from actscope.network.betweenness import betweenness
from actscope.network.brokerage import brokerage
from actscope.network.centralisation import centralisation, degrees
from actscope.network.cohesion import cohesion, components
from actscope.network.communities import communities
from actscope.network.constraint import constraint
from actscope.network.core import core_periphery
from actscope.network.eigen import pagerank
from actscope.network.fragility import fragility
from actscope.network.graph import Graph, graph
from actscope.network.leiden import modularity


@st.composite
def networks(draw: st.DrawFn, most: int = 9) -> Graph:
    n = draw(st.integers(1, most))
    end = st.integers(0, n - 1)
    ties = draw(st.lists(st.tuples(end, end, st.integers(1, 4)), max_size=24))
    rows = np.array(ties, np.int64).reshape(-1, 3)
    names = [f"{number:02}" for number in range(n)]
    return graph(
        names, rows[:, 0], rows[:, 1], rows[:, 2].astype(float), directed=draw(st.booleans())
    )


def matrix(network: Graph) -> np.ndarray[tuple[int, int], np.dtype[np.float64]]:
    full = np.zeros((network.n, network.n))
    full[network.source, network.target] = network.weight
    return full if network.directed else full + full.T


@given(network=networks())
def test_betweenness_adds_up_to_the_steps_in_between(network: Graph) -> None:
    """The shortest paths of length d have d − 1 actors in between: Floyd and Warshall find d."""
    steps = np.where(matrix(network) > 0, 1.0, np.inf)
    np.fill_diagonal(steps, 0)
    for k in range(network.n):
        steps = np.minimum(steps, steps[:, [k]] + steps[[k], :])
    between = np.where(np.isfinite(steps) & (steps > 0), steps - 1, 0).sum()

    found = betweenness(network).values.sum()

    assert found == pytest.approx(between if network.directed else between / 2)


@given(network=networks())
def test_ties_of_equal_weight_make_length_and_steps_the_same(network: Graph) -> None:
    equal = graph(
        network.names, network.source, network.target, np.full(network.m, 3.0),
        directed=network.directed,
    )  # fmt: skip

    by_steps, by_strength = betweenness(equal), betweenness(equal, by_strength=True)

    assert by_strength.values == pytest.approx(by_steps.values)


@given(network=networks())
def test_shares_lie_between_nought_and_one(network: Graph) -> None:
    whole = cohesion(network)
    found = centralisation(network, degrees(network), betweenness(network))
    shares = [whole.density, whole.reciprocity, whole.transitivity, whole.clustering]

    for share in [*shares, *(getattr(found, name) for name in found.__slots__)]:
        assert share is None or -1e-9 <= share <= 1 + 1e-9
    assert pagerank(network).sum() == pytest.approx(1)


@given(network=networks())
def test_constraint_is_burts_sum(network: Graph) -> None:
    both = matrix(network) + (matrix(network).T if network.directed else 0)
    total = both.sum(axis=1, keepdims=True)
    share = np.divide(both, total, out=np.zeros_like(both), where=total > 0)
    expected = (np.where(both > 0, share + share @ share, 0) ** 2).sum(axis=1)

    assert constraint(network) == pytest.approx(
        np.where(total.ravel() > 0, expected, np.nan), nan_ok=True
    )


@given(network=networks(7))
def test_no_core_fits_better_than_the_one_found(network: Graph) -> None:
    off = ~np.eye(network.n, dtype=np.bool_)
    ties = matrix(network)[off]
    found = core_periphery(network)
    if found.correlation is None:
        assert network.n < 3 or np.ptp(ties) == 0
        return

    best = -2.0
    for bits in itertools.product([False, True], repeat=network.n):
        member = np.array(bits)
        ideal = (member[:, None] | member[None, :])[off].astype(float)
        if np.ptp(ideal):
            best = max(best, float(np.corrcoef(ties, ideal)[0, 1]))

    assert found.correlation == pytest.approx(best)
    product = np.outer(found.coreness, found.coreness)[off]
    if found.fit is not None:
        assert found.fit == pytest.approx(float(np.corrcoef(ties, product)[0, 1]), abs=1e-6)


@given(network=networks(), seed=st.integers(0, 99))
def test_communities_are_connected_and_as_good_as_they_say(network: Graph, seed: int) -> None:
    found = communities(network, seed=seed, runs=2)

    ties = network.either_way()
    assert modularity(ties, found.member) == pytest.approx(found.modularity or 0.0)
    assert sorted(set(found.member.tolist())) == list(range(1, found.number + 1))
    inside = found.member[network.source] == found.member[network.target]
    parts = graph(
        network.names, network.source[inside], network.target[inside], directed=network.directed
    )
    assert components(parts).max() + 1 == found.number


@given(network=networks())
def test_what_fails_is_what_falls_apart_without_it(network: Graph) -> None:
    found = {failure.id: failure for failure in fragility(network).points}
    whole = np.bincount(components(network))

    for code, name in enumerate(network.names):
        kept = (network.source != code) & (network.target != code)
        rest = graph(network.names, network.source[kept], network.target[kept], directed=False)
        sizes = np.bincount(components(rest))  # the one taken out is a part of its own
        alone = components(rest)[code]
        left = np.delete(sizes, alone)
        own = whole[components(network)[code]]
        cut = pairs(whole) - (own - 1) - pairs(left)
        assert (name in found) == (cut > 0)
        if name in found:
            assert found[name].pairs_cut == cut
            assert found[name].largest == left.max()
            assert found[name].parts == len(left) - len(whole) + 1


def pairs(sizes: np.ndarray[tuple[int], np.dtype[np.int64]]) -> int:
    return int((sizes * (sizes - 1) // 2).sum())


@given(network=networks(), labels=st.lists(st.integers(-1, 2), min_size=9, max_size=9))
def test_all_brokerage_is_of_some_role(network: Graph, labels: list[int]) -> None:
    group = np.array(labels[: network.n])
    known = np.outer(group >= 0, group >= 0)
    there = (matrix(network) > 0) & known
    brokered = sum(
        1
        for i, j, k in itertools.permutations(range(network.n), 3)
        if there[i, j] and there[j, k] and not there[i, k]
    )

    found = brokerage(network, group)

    assert found.count[-1] == brokered == found.count[:-1].sum()
    assert found.actors.sum(axis=0).tolist() == found.count.tolist()

"""Density to components, counted by hand."""

import pytest

from actscope.network.cohesion import cohesion

from .conftest import Draw


def test_isolates_count_in_density_and_components(draw: Draw) -> None:
    found = cohesion(draw("a-b b-c", alone="d"))

    assert (found.n, found.m, found.isolates) == (4, 2, 1)
    assert found.density == pytest.approx(2 / 6)
    assert (found.components, found.largest) == (2, 3)


def test_a_directed_tie_is_one_of_twice_as_many(draw: Draw) -> None:
    found = cohesion(draw("a-b b-a b-c", directed=True))

    assert found.density == pytest.approx(3 / 6)
    assert found.reciprocity == pytest.approx(2 / 3)
    assert (found.components, found.strong_components) == (1, 2)


def test_undirected_ties_have_no_reciprocity(draw: Draw) -> None:
    assert cohesion(draw("a-b")).reciprocity is None


def test_transitivity_is_of_paths_and_clustering_of_actors(draw: Draw) -> None:
    """A triangle a-b-c with d hanging on c: 3 of 5 paths are closed; a 1, b 1, c 1/3."""
    found = cohesion(draw("a-b b-c a-c c-d"))

    assert found.transitivity == pytest.approx(3 / 5)
    assert found.clustering == pytest.approx((1 + 1 + 1 / 3) / 3)
    assert found.clustering_n == 3
    assert found.local[:3] == pytest.approx([1, 1, 1 / 3])


def test_a_star_is_disassortative(draw: Draw) -> None:
    assert cohesion(draw("a-b a-c a-d")).assortativity == pytest.approx(-1)


def test_a_ring_has_no_assortativity(draw: Draw) -> None:
    assert cohesion(draw("a-b b-c a-c")).assortativity is None


def test_one_actor_has_no_density(draw: Draw) -> None:
    found = cohesion(draw("", alone="a"))

    assert (found.n, found.m, found.components, found.largest) == (1, 0, 1, 1)
    assert found.density is None
    assert found.transitivity is None
    assert found.clustering is None


def test_nobody_has_no_components(draw: Draw) -> None:
    assert (cohesion(draw("")).components, cohesion(draw("")).largest) == (0, 0)

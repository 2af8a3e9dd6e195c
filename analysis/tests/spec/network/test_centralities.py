"""Who stands where, on networks small enough to count paths."""

import numpy as np
import pytest

from actscope.network.betweenness import betweenness, pivots_needed
from actscope.network.centralisation import centralisation, degrees
from actscope.network.constraint import constraint
from actscope.network.eigen import eigenvector, pagerank
from actscope.network.graph import Graph

from .conftest import Draw


def of_star(draw: Draw, *, directed: bool = False) -> Graph:
    return draw("a-b a-c a-d a-e", directed=directed)


def test_a_pair_counts_once_and_its_paths_share_it(draw: Draw) -> None:
    """A square a-b-c-d: two shortest ways between each pair of opposite corners."""
    assert betweenness(draw("a-b b-c c-d d-a")).values.tolist() == [0.5, 0.5, 0.5, 0.5]


def test_direction_decides_who_stands_between(draw: Draw) -> None:
    assert betweenness(draw("a-b b-c c-d", directed=True)).values.tolist() == [0, 2, 2, 0]


def test_strong_ties_are_short_only_when_asked_for(draw: Draw) -> None:
    """From a to c straight at weight 1, or over b at weight 4: 1 against 1/4 + 1/4."""
    network = draw("a-b:4 b-c:4 a-c:1")

    assert betweenness(network).values.tolist() == [0, 0, 0]
    assert betweenness(network, by_strength=True).values.tolist() == [0, 1, 0]
    assert "1 ÷ w long" in betweenness(network, by_strength=True).definition.en


def test_ways_of_equal_length_share_also_by_strength(draw: Draw) -> None:
    """0.1 + 0.2 and 0.3 are equal lengths, whatever floating point makes of them."""
    network = draw("a-b:10 b-c:5 a-c:3.3333333333333335")

    assert betweenness(network, by_strength=True).values.tolist() == [0, 0.5, 0]


def test_closeness_is_unknown_where_somebody_cannot_be_reached(draw: Draw) -> None:
    line = betweenness(draw("a-b b-c")).closeness
    apart = betweenness(draw("a-b", alone="c")).closeness

    assert line is not None
    assert apart is not None
    assert line.tolist() == pytest.approx([2 / 3, 1, 2 / 3])
    assert np.isnan(apart).all()


def test_a_sample_of_everybody_is_exact(draw: Draw) -> None:
    assert betweenness(of_star(draw), pivots=5).pivots is None


def test_a_sample_says_how_wrong_it_may_be(draw: Draw) -> None:
    """Paths from 4 of 5 actors of a star: the centre's dependencies are 3 from each leaf and 0
    from itself. Whoever is left out, estimate and error follow from the four."""
    found = betweenness(of_star(draw), pivots=4, seed=3)
    with_centre = [0, 3, 3, 3]
    leaves_only = [3, 3, 3, 3]
    expected = {5 / 4 * sum(drawn) / 2: drawn for drawn in (with_centre, leaves_only)}

    drawn = expected[found.values[0]]
    spread = np.std(drawn, ddof=1) / np.sqrt(4) * np.sqrt(1 - 4 / 5) * 5 / 2
    assert found.pivots == 4
    assert found.standard_error is not None
    assert found.standard_error[0] == pytest.approx(spread)
    assert found.error == pytest.approx(1.96 * spread)
    assert found.relative_error == pytest.approx(1.96 * spread / 6)
    assert found.bound == pytest.approx(5 / 2 * 3 * np.sqrt(np.log(2 * 5 / 0.05) * (2 / 5) / 8))


def test_small_networks_need_no_sample(draw: Draw) -> None:
    assert pivots_needed(of_star(draw)) is None


def test_a_star_is_wholly_centralised(draw: Draw) -> None:
    star = of_star(draw)

    found = centralisation(star, degrees(star), betweenness(star))

    assert (found.degree, found.betweenness, found.closeness) == pytest.approx((1, 1, 1))
    assert (found.in_degree, found.out_degree) == (None, None)


def test_a_ring_is_not_centralised(draw: Draw) -> None:
    ring = draw("a-b b-c c-d d-a")

    found = centralisation(ring, degrees(ring), betweenness(ring))

    assert (found.degree, found.betweenness, found.closeness) == (0, 0, 0)


def test_a_star_of_outgoing_ties_is_centralised_outwards(draw: Draw) -> None:
    """In-degrees 0 1 1 1 1: (1 − 0) ÷ 16."""
    star = of_star(draw, directed=True)

    found = centralisation(star, degrees(star), betweenness(star))

    assert (found.out_degree, found.in_degree) == (1, 1 / 16)
    assert found.degree == pytest.approx(4 * 3 / (2 * 4 * 3))
    assert (found.betweenness, found.closeness) == (0, None)


def test_two_actors_have_no_centralisation(draw: Draw) -> None:
    pair = draw("a-b")

    found = centralisation(pair, degrees(pair), betweenness(pair))

    assert (found.degree, found.betweenness, found.closeness) == (None, None, None)


def test_degrees_count_ties_and_strength_adds_weights(draw: Draw) -> None:
    found = degrees(draw("a-b:2 a-c:3 b-a:1", directed=True))

    assert (found.out.tolist(), found.into.tolist()) == ([2, 1, 0], [1, 1, 1])
    assert (found.out_strength.tolist(), found.into_strength.tolist()) == ([5, 1, 0], [1, 2, 3])


def test_the_eigenvector_of_a_line(draw: Draw) -> None:
    assert eigenvector(draw("a-b b-c")) == pytest.approx([2**-0.5, 1, 2**-0.5])


def test_the_eigenvector_follows_incoming_ties(draw: Draw) -> None:
    """a and b point at each other; b at c, which gains from it and gives nothing."""
    assert eigenvector(draw("a-b b-a b-c", directed=True)) == pytest.approx([1, 1, 1])


def test_parts_of_equal_weight_share_the_eigenvector(draw: Draw) -> None:
    assert eigenvector(draw("a-b c-d", alone="e")) == pytest.approx([1, 1, 1, 1, 0])


def test_without_a_cycle_there_is_no_eigenvector(draw: Draw) -> None:
    assert np.isnan(eigenvector(draw("a-b b-c", directed=True))).all()
    assert np.isnan(eigenvector(draw("", alone="a b"))).all()


def test_pagerank_of_two_who_point_at_one(draw: Draw) -> None:
    """a → c ← b, c gives nothing: a = b = x, c = y; x = 0.05 + 0.85 y/3, y = x + 1.7 x."""
    x = 0.05 / (1 - 0.85 * 2.7 / 3)

    assert pagerank(draw("a-c b-c", directed=True)) == pytest.approx([x, x, 2.7 * x])


def test_pagerank_follows_weights_and_adds_up_to_one(draw: Draw) -> None:
    found = pagerank(draw("a-b:3 a-c:1 b-a c-a", directed=True))

    assert found.sum() == pytest.approx(1)
    assert found[1] - 0.05 == pytest.approx(3 * (found[2] - 0.05))


def test_constraint_of_a_triangle_and_of_a_broker(draw: Draw) -> None:
    """In a triangle each puts half into each: 2 × (1/2 + 1/4)²; between two strangers 2 × (1/2)²;
    the strangers put everything into one: 1."""
    assert constraint(draw("a-b b-c a-c")) == pytest.approx([9 / 8] * 3)
    assert constraint(draw("a-b b-c")) == pytest.approx([1, 1 / 2, 1])


def test_without_ties_there_is_no_constraint(draw: Draw) -> None:
    assert np.isnan(constraint(draw("a-b", alone="c"))[2])

"""Zachary's karate club and Krackhardt's kite, as R's igraph 1.3.5 gives them."""

import numpy as np
import pytest

from actscope.network.betweenness import betweenness
from actscope.network.cohesion import cohesion
from actscope.network.communities import communities
from actscope.network.constraint import constraint
from actscope.network.eigen import eigenvector, pagerank
from actscope.network.graph import Graph


def test_karate_betweenness_and_closeness(karate: Graph) -> None:
    found = betweenness(karate)

    highest = np.sort(found.values)[::-1][:5]
    assert highest.round(4).tolist() == [231.0714, 160.5516, 76.6905, 75.8508, 73.0095]
    assert found.closeness is not None
    assert np.sort(found.closeness)[::-1][:3].round(6).tolist() == [0.568966, 0.559322, 0.55]


def test_karate_constraint(karate: Graph) -> None:
    assert constraint(karate)[:3].round(6).tolist() == [0.155423, 0.279535, 0.185177]
    assert constraint(karate)[33].round(6) == 0.156419


def test_karate_eigenvector_and_pagerank(karate: Graph) -> None:
    assert eigenvector(karate)[[0, 33]].round(6).tolist() == [0.952132, 1]
    assert pagerank(karate)[[0, 33]].round(6).tolist() == [0.096997, 0.100919]


def test_karate_cohesion(karate: Graph) -> None:
    found = cohesion(karate)

    assert (found.n, found.m, found.components) == (34, 78, 1)
    assert found.transitivity == pytest.approx(0.2556818182, abs=5e-11)
    assert found.clustering == pytest.approx(0.5879305533, abs=5e-11)
    assert found.assortativity == pytest.approx(-0.4756130977, abs=5e-11)


def test_karate_communities_reach_the_best_modularity(karate: Graph) -> None:
    """0.4197896 is the greatest possible: Brandes et al. 2008, IEEE TKDE 20, 172–188."""
    found = communities(karate)

    assert found.modularity == pytest.approx(0.4197896121, abs=5e-11)
    assert found.number == 4


def test_kite_betweenness_and_closeness(kite: Graph) -> None:
    found = betweenness(kite)

    assert found.values == pytest.approx(
        [5 / 6, 5 / 6, 0, 3 + 2 / 3, 0, 8 + 1 / 3, 8 + 1 / 3, 14, 8, 0]
    )
    assert found.closeness is not None
    assert found.closeness.round(10).tolist() == [
        0.5294117647,
        0.5294117647,
        0.5,
        0.6,
        0.5,
        0.6428571429,
        0.6428571429,
        0.6,
        0.4285714286,
        0.3103448276,
    ]


def test_kite_degrees(kite: Graph) -> None:
    assert kite.outgoing().degrees.tolist() == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]

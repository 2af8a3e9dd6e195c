"""Liking among the novices of a monastery, as R's sna 2.7.1 gives it."""

import numpy as np
import pytest

from actscope.codes import Codes
from actscope.network.brokerage import brokerage
from actscope.network.cohesion import cohesion
from actscope.network.graph import Graph
from actscope.network.mixing import mixing

Factions = tuple[Codes, tuple[str, ...]]

BROKERS = {
    "John Bosco": [2, 3, 16, 12, 7, 40],
    "Gregory": [7, 0, 0, 16, 0, 23],
    "Basil": [0, 0, 1, 3, 0, 4],
    "Peter": [10, 0, 0, 0, 0, 10],
    "Bonaventure": [6, 0, 8, 9, 3, 26],
    "Berthold": [2, 0, 1, 0, 0, 3],
    "Mark": [3, 0, 4, 6, 2, 15],
    "Victor": [7, 0, 6, 8, 0, 21],
    "Ambrose": [3, 0, 8, 0, 0, 11],
    "Romauld": [3, 0, 4, 0, 0, 7],
    "Louis": [2, 1, 4, 3, 0, 10],
    "Winfrid": [4, 0, 0, 4, 0, 8],
    "Amand": [0, 0, 5, 2, 2, 9],
    "Hugh": [2, 1, 4, 8, 0, 15],
    "Boniface": [2, 0, 3, 0, 0, 5],
    "Albert": [1, 0, 0, 9, 0, 10],
    "Elias": [0, 0, 0, 0, 0, 0],
    "Simplicius": [2, 0, 5, 0, 0, 7],
}


def test_ties_and_reciprocity(novices: Graph) -> None:
    assert (novices.n, novices.m) == (18, 88)
    assert cohesion(novices).reciprocity == pytest.approx(0.6363636364, abs=5e-11)


def test_ties_stay_inside_the_factions(novices: Graph, factions: Factions) -> None:
    found = mixing(novices, *factions)

    assert found.labels == ("Loyal", "Outcasts", "Turks")
    assert found.ties == ((23, 2, 9), (1, 10, 7), (5, 1, 30))
    assert found.ei == pytest.approx(-0.4318181818, abs=5e-11)
    assert found.z is not None
    assert found.z < -6
    assert found.p == pytest.approx(1 / 1001)


def test_brokerage_of_each_novice(novices: Graph, factions: Factions) -> None:
    found = brokerage(novices, factions[0])

    assert dict(zip(novices.names, found.actors.tolist(), strict=True)) == BROKERS


def test_brokerage_of_the_whole(novices: Graph, factions: Factions) -> None:
    found = brokerage(novices, factions[0])

    assert found.count.tolist() == [56, 5, 69, 80, 14, 224]
    assert found.expected == pytest.approx(
        [26.16016799, 64.33987263, 64.33987263, 64.33987263, 69.2890936, 288.4688795], abs=5e-8
    )
    assert np.round(found.z, 6).tolist() == [
        3.576827,
        -3.700412,
        0.322843,
        1.084899,
        -3.850991,
        -1.454315,
    ]

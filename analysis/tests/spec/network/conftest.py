"""Small networks, drawn in one line."""

from collections.abc import Callable

import numpy as np
import pytest

from actscope.network.graph import Graph, graph

Draw = Callable[..., Graph]


def drawn(ties: str, *, alone: str = "", directed: bool = False) -> Graph:
    """``drawn("a-b b-c:2", alone="d")``: actors a to d; the tie from b to c weighs 2."""
    rows = [tie.partition(":") for tie in ties.split()]
    ends = [row[0].split("-") for row in rows]
    names = sorted({end for pair in ends for end in pair} | set(alone.split()))
    codes = np.array([[names.index(end) for end in pair] for pair in ends], np.int64).reshape(-1, 2)
    weight = np.array([float(row[2] or 1) for row in rows])
    return graph(names, codes[:, 0], codes[:, 1], weight, directed=directed)


@pytest.fixture(scope="session")
def draw() -> Draw:
    """Makes a network out of its ties in one line."""
    return drawn

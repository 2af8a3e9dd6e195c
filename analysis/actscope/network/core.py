"""Core and periphery: how well a network fits one dense centre with dependants around it."""

import math
from dataclasses import dataclass

import numpy as np
from scipy.sparse import csr_array

from actscope.counting import Mask
from actscope.definition import Definition
from actscope.network.graph import Adjacency, Graph, Weights, sums_at
from actscope.results import Result

TURNS = 1_000
CLOSE = 1e-10

SINGLES_UP_TO = 100
"""Up to so many actors the search also starts from each alone, and from all but each."""

CORE = Definition(
    en=(
        "Core: the set of actors for which the correlation of the ties (by weight, over all pairs "
        "of actors) with the ideal pattern – a tie wherever at least one of the two is in the core "
        "– is greatest, found by adding, dropping and swapping single actors from several starts. "
        "Coreness c: the best fit of c_i · c_j to the ties, largest 1; its correlation beside it."
    ),
    zh=(
        "核心：使各对行动者间联系（按权重）与理想模式（至少一方属于核心即有联系）相关系数最大的"
        "行动者集合，从多个起点逐一增、减、换而得。核心度 c：使 c_i·c_j 与联系最吻合的取值，最大"
        "为 1，并附其相关系数。"
    ),
    source="Borgatti & Everett 1999, Social Networks 21, 375–395.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorePeriphery(Result):
    """``core``: who belongs to it. ``correlation`` with the ideal pattern, and ``fit`` of the
    ``coreness``; ``None`` when all pairs or none are tied alike (then nobody is in the core and
    coreness is not-a-number)."""

    n: int
    core: Mask
    correlation: float | None
    coreness: Weights
    fit: float | None
    definition: Definition


@dataclass(frozen=True, slots=True)
class _Cells:
    """The cells of the matrix of ties off its diagonal: how many, and their mean and variance."""

    number: float
    mean: float
    variance: float


def core_periphery(graph: Graph) -> CorePeriphery:
    """The core, and each actor's coreness."""
    n = graph.n
    ties = graph.either_way()
    cells = _cells(graph)
    if n < 3 or cells.variance <= 0:
        nobody, nothing = np.zeros(n, np.bool_), np.full(n, np.nan)
        return CorePeriphery(
            n=n, core=nobody, correlation=None, coreness=nothing, fit=None, definition=CORE
        )
    coreness = _coreness(ties)
    best, members = -math.inf, np.zeros(n, np.bool_)
    scores = (coreness, ties.strengths, ties.degrees.astype(np.float64))
    starts = [_best_prefix(ties, cells, score) for score in scores]
    if n <= SINGLES_UP_TO:
        starts += list(np.eye(n, dtype=np.bool_)) + list(~np.eye(n, dtype=np.bool_))
    for start in starts:
        value, found = _climbed(ties, cells, start)
        if value > best + CLOSE:
            best, members = value, found
    return CorePeriphery(
        n=n,
        core=members,
        correlation=best,
        coreness=coreness / coreness.max(),
        fit=_fit(ties, cells, coreness),
        definition=CORE,
    )


def _cells(graph: Graph) -> _Cells:
    """Every pair of actors is two cells; an undirected tie stands in both."""
    number, times = graph.n * (graph.n - 1), 1 if graph.directed else 2
    mean = times * graph.weight.sum() / max(number, 1)
    variance = times * (graph.weight**2).sum() / max(number, 1) - mean**2
    # What is left over of equal weights is rounding.
    return _Cells(number, mean, variance if variance > 1e-12 * mean**2 else 0.0)


def _correlation(
    cells: _Cells, n: int, size: float, inside_periphery: float, doubled: float
) -> float:
    """Of the ties with the pattern of a core of ``size``, when ties of ``inside_periphery`` weight
    lie wholly outside of it. ``doubled``: the weight of all cells."""
    outside = (n - size) * (n - size - 1)
    share = 1 - outside / cells.number
    spread = share * (1 - share)
    if spread <= 0:
        return -math.inf
    touching = (doubled - inside_periphery) / cells.number
    return (touching - cells.mean * share) / math.sqrt(cells.variance * spread)


def _best_prefix(ties: Adjacency, cells: _Cells, score: Weights) -> Mask:
    """The best core among those that take the actors in descending order of a score."""
    n = len(score)
    order = np.lexsort((np.arange(n), -score))
    turn = np.empty(n, np.int64)
    turn[order] = np.arange(n)
    # A tie lies wholly in the periphery as long as neither of its ends has been taken.
    first = np.minimum(turn[ties.origins], turn[ties.ends])
    total = _total(ties, cells)
    scale = total / max(ties.weight.sum(), math.ulp(0))
    left = scale * (ties.weight.sum() - np.cumsum(sums_at(first, ties.weight, n)))
    values = [_correlation(cells, n, k + 1, left[k], total) for k in range(n - 2)]
    members = np.zeros(n, np.bool_)
    members[order[: int(np.argmax(values)) + 1]] = True
    return members


def _total(ties: Adjacency, cells: _Cells) -> float:
    """The weight of all cells."""
    return cells.mean * cells.number


def _climbed(ties: Adjacency, cells: _Cells, members: Mask) -> tuple[float, Mask]:
    """The core after every single addition, removal or swap that makes it better."""
    n, origins = len(members), ties.origins
    total = _total(ties, cells)
    scale = total / ties.weight.sum()  # of directed ties each stands in one cell, not in two
    members = members.copy()
    # The weight of each actor's ties to the periphery decides what a move changes.
    to_periphery = sums_at(origins, ties.weight * ~members[ties.ends], n)
    inside = float(to_periphery[~members].sum()) * scale
    size = int(members.sum())
    value = _correlation(cells, n, size, inside, total)
    for _ in range(TURNS):
        outer = int(np.argmax(np.where(members, -np.inf, to_periphery)))
        inner = int(np.argmin(np.where(members, to_periphery, np.inf)))
        gain, loss = 2 * scale * to_periphery[outer], 2 * scale * to_periphery[inner]
        between = ties.ends[ties.starts[inner] : ties.starts[inner + 1]] == outer
        tied = ties.weight[ties.starts[inner] : ties.starts[inner + 1]][between].sum()
        moves = [
            (_correlation(cells, n, size + 1, inside - gain, total), (outer,)),
            (_correlation(cells, n, size - 1, inside + loss, total), (inner,)),
            (
                _correlation(cells, n, size, inside - gain + loss - 2 * scale * tied, total),
                (outer, inner),
            ),
        ]
        best, moved = max(moves, key=lambda move: move[0])
        if not best > value + CLOSE:
            break
        for actor in moved:
            members[actor] = ~members[actor]
            span = slice(ties.starts[actor], ties.starts[actor + 1])
            to_periphery[ties.ends[span]] += ties.weight[span] * (-1 if members[actor] else 1)
        inside = float(to_periphery[~members].sum()) * scale
        size = int(members.sum())
        value = _correlation(cells, n, size, inside, total)
    return value, members


def _coreness(ties: Adjacency) -> Weights:
    """The c that makes the squared differences between c_i · c_j and the ties least, the diagonal
    left out, each entry being brought to its best value in turn."""
    n = len(ties.starts) - 1
    matrix = csr_array((ties.weight / ties.weight.max(), ties.ends, ties.starts), shape=(n, n))
    values: Weights = ties.strengths / ties.strengths.max()
    for _ in range(TURNS):
        pulled = matrix @ values
        others = (values**2).sum() - values**2
        better = np.divide(pulled, others, out=np.zeros(n), where=others > 0)
        better = (values + better) / 2  # alternating between two states would never end
        change = np.abs(better - values).max()
        values = better
        if change < CLOSE:
            break
    return values


def _fit(ties: Adjacency, cells: _Cells, values: Weights) -> float | None:
    """The correlation of the ties with the products of coreness over all pairs."""
    sums, squares, fourth = values.sum(), (values**2).sum(), (values**4).sum()
    mean = (sums**2 - squares) / cells.number
    variance = (squares**2 - fourth) / cells.number - mean**2
    if variance <= 0:
        return None
    scale = _total(ties, cells) / ties.weight.sum()
    together = scale * (ties.weight * values[ties.origins] * values[ties.ends]).sum()
    both = together / cells.number - mean * cells.mean
    return float(both / math.sqrt(variance * cells.variance))

"""Single points of failure: what falls apart when one actor drops out."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from numba import njit

from actscope.definition import Definition
from actscope.network.graph import Graph
from actscope.results import Result

FRAGILITY = Definition(
    en=(
        "A single point of failure is an actor without whom its part of the network falls into "
        "several (an articulation point; ties in whatever direction). Parts: into how many. "
        "Largest: the actors left in the largest part of the whole network. Cut: pairs of other "
        "actors that could reach each other and no longer can, and their share of all such pairs."
    ),
    zh=(
        "单点故障：去掉该行动者后其所在部分裂为数块（割点，不论联系方向）。块数：裂成几块；最大块："
        "此后全网最大部分的行动者数；切断：原可互达而不再可达的其余行动者对数及其占比。"
    ),
    source="Hopcroft & Tarjan 1973, Communications of the ACM 16, 372–378.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Failure(Result):
    """The loss of one actor; ``share`` is of the pairs of others that can reach each other."""

    id: str
    parts: int
    largest: int
    pairs_cut: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Fragility(Result):
    """The points of failure, the worst first (by pairs cut, then by name). ``largest`` is the
    largest component with everybody there."""

    n: int
    largest: int
    points: tuple[Failure, ...]
    definition: Definition


def fragility(graph: Graph) -> Fragility:
    """Every single point of failure of the network."""
    ties = graph.either_way()
    component, parts, biggest, cut = _lost(ties.starts, ties.ends)
    sizes = np.bincount(component, minlength=1)
    connected = int((sizes * (sizes - 1) // 2).sum())
    first, second = _two_largest(sizes)
    points = np.flatnonzero(parts > 1)
    found = []
    for v in points[np.lexsort((points, -cut[points]))].tolist():
        own = int(sizes[component[v]])
        elsewhere = second if own == first else first
        others = connected - (own - 1)
        found.append(
            Failure(
                id=graph.names[v],
                parts=int(parts[v]),
                largest=max(int(biggest[v]), elsewhere),
                pairs_cut=int(cut[v]),
                share=float(cut[v] / others),
            )
        )
    return Fragility(n=graph.n, largest=first, points=tuple(found), definition=FRAGILITY)


def _two_largest(sizes: npt.NDArray[np.int64]) -> tuple[int, int]:
    ordered = np.sort(np.concatenate([sizes, [0, 0]]))
    return int(ordered[-1]), int(ordered[-2])


@njit(cache=True, nogil=True)
def _lost(starts, ends):  # type: ignore[no-untyped-def] # compiled
    """Depth first: a subtree that no tie leads out of above v is cut off without v. Gives the
    component of each actor, and per actor the parts left of its component, the largest of them,
    and the pairs of others that are cut."""
    n = len(starts) - 1
    component = np.full(n, -1, np.int64)
    entered = np.full(n, -1, np.int64)
    low = np.zeros(n, np.int64)
    size = np.ones(n, np.int64)
    above = np.full(n, -1, np.int64)
    next_tie = starts[:-1].copy()
    parts = np.zeros(n, np.int64)
    biggest = np.zeros(n, np.int64)
    gone = np.zeros(n, np.int64)  # actors in the subtrees cut off
    inside = np.zeros(n, np.int64)  # pairs within these subtrees
    cut = np.zeros(n, np.int64)
    members = np.empty(n, np.int64)
    clock, number = 0, 0
    for root in range(n):
        if entered[root] >= 0:
            continue
        v, count = root, 1
        members[0] = root
        entered[root] = low[root] = clock
        component[root] = number
        clock += 1
        while v >= 0:
            if next_tie[v] < starts[v + 1]:
                w = ends[next_tie[v]]
                next_tie[v] += 1
                if entered[w] < 0:
                    above[w] = v
                    entered[w] = low[w] = clock
                    component[w] = number
                    clock += 1
                    members[count] = w
                    count += 1
                    v = w
                elif w != above[v]:
                    low[v] = min(low[v], entered[w])
            else:
                up = above[v]
                if up >= 0:
                    size[up] += size[v]
                    low[up] = min(low[up], low[v])
                    if low[v] >= entered[up]:
                        parts[up] += 1
                        biggest[up] = max(biggest[up], size[v])
                        gone[up] += size[v]
                        inside[up] += size[v] * (size[v] - 1) // 2
                v = up
        for place in range(count):
            v = members[place]
            rest = count - 1 - gone[v]
            if rest:
                parts[v] += 1
                biggest[v] = max(biggest[v], rest)
                inside[v] += rest * (rest - 1) // 2
            cut[v] = (count - 1) * (count - 2) // 2 - inside[v]
        number += 1
    return component, parts, biggest, cut

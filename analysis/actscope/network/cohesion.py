"""How closely a network hangs together: density, reciprocity, transitivity, components."""

import math
from dataclasses import dataclass

import numpy as np
from numba import njit
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.network.graph import Adjacency, Graph, Weights
from actscope.results import Result

COHESION = Definition(
    en=(
        "Density: ties ÷ possible ties over all n actors, also those without ties; self-ties do "
        "not count. Reciprocity: share of directed ties that are returned. Transitivity: closed "
        "paths of two ties ÷ all paths of two ties, whatever their direction. Clustering: the mean "
        "of the same share at each actor with at least two neighbours. Components: parts that are "
        "connected by ties in whatever direction; strong: where each reaches each along them. "
        "Assortativity: correlation of the degrees at the two ends of a tie."
    ),
    zh=(
        "密度：联系数÷n 个行动者（含孤立者）间可能的联系数，不计自我联系。互惠度：得到回应的"
        "有向联系比例。传递性：闭合的两步路径÷全部两步路径，不论方向。聚类：邻居不少于两个的"
        "行动者上述比例的均值。分支：不论方向相互连通的部分；强分支：沿方向可互相到达。"
        "同配性：联系两端度数的相关系数。"
    ),
    source=(
        "Wasserman & Faust 1994, Social Network Analysis; Watts & Strogatz 1998, Nature 393, "
        "440–442; Newman 2002, Phys. Rev. Lett. 89, 208701."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cohesion(Result):
    """Over ``n`` actors and ``m`` ties. ``None`` where there is nothing to take a share of, and
    for the reciprocity of undirected ties. ``clustering`` is the mean of ``local`` (not-a-number
    under two neighbours) over ``clustering_n`` actors; ``largest`` counts the actors of the largest
    component."""

    n: int
    m: int
    isolates: int
    density: float | None
    reciprocity: float | None
    transitivity: float | None
    clustering: float | None
    clustering_n: int
    local: Weights
    assortativity: float | None
    components: int
    strong_components: int
    largest: int
    definition: Definition


def cohesion(graph: Graph) -> Cohesion:
    """The measures of the whole network."""
    ties = graph.either_way()
    degrees = ties.degrees
    closed, paths = triads(ties)
    local: Weights = np.divide(closed, paths, out=np.full(graph.n, np.nan), where=paths > 0)
    some = ~np.isnan(local)
    component = components(graph)
    return Cohesion(
        n=graph.n,
        m=graph.m,
        isolates=int(np.count_nonzero(degrees == 0)),
        density=_share(graph.m, graph.pairs),
        reciprocity=_reciprocity(graph),
        transitivity=_share(int(closed.sum()), int(paths.sum())),
        clustering=float(local[some].mean()) if some.any() else None,
        clustering_n=int(np.count_nonzero(some)),
        local=local,
        assortativity=_assortativity(ties),
        components=int(component.max(initial=-1)) + 1,
        strong_components=int(components(graph, strong=True).max(initial=-1)) + 1,
        largest=int(np.bincount(component).max(initial=0)),
        definition=COHESION,
    )


def components(graph: Graph, *, strong: bool = False) -> Codes:
    """For each actor the number of its component, from 0. ``strong``: ties have their direction."""
    if not graph.n:
        return np.empty(0, np.int64)
    size = (graph.n, graph.n)
    matrix = csr_array((np.ones(graph.m, np.int8), (graph.source, graph.target)), shape=size)
    directed = graph.directed and strong
    kind = "strong" if directed else "weak"
    _, labels = connected_components(matrix, directed=directed, connection=kind)
    return labels.astype(np.int64)  # type: ignore[no-any-return] # scipy has no types


def triads(either_way: Adjacency) -> tuple[Codes, Codes]:
    """For each actor how many pairs of its neighbours are tied, and how many there are."""
    degrees = either_way.degrees
    # Ties turned from the lower degree to the higher bound the work by ties^1.5, hubs or not.
    rank = np.empty(len(degrees), np.int64)
    rank[np.argsort(degrees, kind="stable")] = np.arange(len(degrees))
    closed = _triangles(either_way.starts, either_way.ends, rank)
    return closed, degrees * (degrees - 1) // 2


@njit(cache=True, nogil=True)
def _triangles(starts, ends, rank):  # type: ignore[no-untyped-def] # compiled
    n = len(starts) - 1
    closed = np.zeros(n, np.int64)
    seen_from = np.full(n, -1, np.int32)
    for u in range(n):
        for tie in range(starts[u], starts[u + 1]):
            if rank[ends[tie]] > rank[u]:
                seen_from[ends[tie]] = u
        for tie in range(starts[u], starts[u + 1]):
            v = ends[tie]
            if rank[v] > rank[u]:
                for second in range(starts[v], starts[v + 1]):
                    w = ends[second]
                    if rank[w] > rank[v] and seen_from[w] == u:
                        closed[u] += 1
                        closed[v] += 1
                        closed[w] += 1
    return closed


def _reciprocity(graph: Graph) -> float | None:
    if not graph.directed:
        return None
    keys = graph.source * graph.n + graph.target
    returned = np.isin(graph.target * graph.n + graph.source, keys, assume_unique=True)
    return _share(int(np.count_nonzero(returned)), graph.m)


def _assortativity(ties: Adjacency) -> float | None:
    degrees = ties.degrees.astype(np.float64)
    one, other = degrees[ties.origins], degrees[ties.ends]
    if not len(one) or np.ptp(one) == 0:
        return None
    value = float(np.mean((one - one.mean()) * (other - other.mean())) / one.var())
    return value if math.isfinite(value) else None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None

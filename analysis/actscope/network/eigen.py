"""Who is tied to those who count: eigenvector centrality and PageRank."""

import numpy as np
from scipy.sparse import csr_array
from scipy.sparse.linalg import eigs, eigsh

from actscope.definition import Definition
from actscope.network.cohesion import components
from actscope.network.graph import Graph, Weights

DENSE_UP_TO = 400
"""Up to so many actors all eigenvalues are found at once."""

DAMPING = 0.85
PRECISE = 1e-12

EIGENVECTOR = Definition(
    en=(
        "Eigenvector centrality: proportional to the sum of the centralities of those from whom "
        "an actor has ties, times their weights; the largest is 1. Without a cycle of directed "
        "ties it is not defined."
    ),
    zh=(
        "特征向量中心性：与联系来源者的中心性按权重加总成正比，最大者为 1；有向网络中无环时无定义。"
    ),
    source="Bonacich 1972, J. Math. Sociology 2, 113–120.",
)

PAGERANK = Definition(
    en=(
        "PageRank: how often one comes by who follows ties in proportion to their weights and, "
        "with probability 0.15 or at an actor without outgoing ties, starts again anywhere; the "
        "sum over all actors is 1."
    ),
    zh=(
        "PageRank：按权重比例沿联系行走，以 0.15 的概率（或在无出向联系处）随机重新开始时到访的"
        "频率；全部之和为 1。"
    ),
    source="Brin & Page 1998, Computer Networks 30, 107–117.",
)


def eigenvector(graph: Graph) -> Weights:
    """Eigenvector centrality of each actor, by weights; all not-a-number when it is not defined
    (no ties, or no cycle of directed ties). Where several parts have the same largest eigenvalue,
    the projection of equal weights onto all of them."""
    strong = np.bincount(components(graph, strong=True), minlength=1)
    if not graph.m or (graph.directed and strong.max() == 1):
        return np.full(graph.n, np.nan)
    matrix = _matrix(graph).T
    vector: Weights = np.abs(_directed(matrix) if graph.directed else _symmetric(matrix))
    largest = float(vector.max())
    vector[vector < PRECISE * largest] = 0
    return vector / largest


def pagerank(graph: Graph, *, damping: float = DAMPING) -> Weights:
    """PageRank of each actor, by weights; it adds up to 1."""
    if not graph.n:
        return np.empty(0)
    matrix = _matrix(graph)
    strength = np.asarray(matrix.sum(axis=1)).ravel()
    stuck = strength == 0
    share = np.divide(1.0, strength, out=np.zeros(graph.n), where=~stuck)
    follow = csr_array(matrix.T.tocsr())
    rank = np.full(graph.n, 1 / graph.n)
    # The error shrinks by the damping at each turn, so this many turns are enough.
    for _ in range(int(np.log(PRECISE) / np.log(damping)) + 1):
        again = damping * (rank[stuck].sum()) + 1 - damping
        moved = damping * (follow @ (rank * share)) + again / graph.n
        change = np.abs(moved - rank).sum()
        rank = moved
        if change < PRECISE:
            break
    return rank / rank.sum()  # type: ignore[no-any-return] # scipy has no types


def _matrix(graph: Graph) -> csr_array:
    ties = graph.outgoing()
    # Only shares count; this keeps very small and very large weights within reach.
    weight = ties.weight / ties.weight.max(initial=0) if graph.m else ties.weight
    return csr_array((weight, ties.ends, ties.starts), shape=(graph.n, graph.n))


def _symmetric(matrix: csr_array) -> Weights:
    n = matrix.shape[0]
    equal = np.ones(n)
    if n <= DENSE_UP_TO:
        values, vectors = np.linalg.eigh(matrix.toarray())
        top = vectors[:, values > values[-1] * (1 - 1e-9)]
        return top @ (top.T @ equal)  # type: ignore[no-any-return] # numpy loses the type
    _, vectors = eigsh(matrix, k=1, which="LA", v0=equal, tol=1e-10)
    return vectors[:, 0]  # type: ignore[no-any-return] # scipy has no types


def _directed(matrix: csr_array) -> Weights:
    n = matrix.shape[0]
    if n <= DENSE_UP_TO:
        values, vectors = np.linalg.eig(matrix.toarray())
        return vectors[:, np.argmax(values.real)].real
    _, vectors = eigs(matrix, k=1, which="LR", v0=np.ones(n), tol=1e-10)
    return vectors[:, 0].real  # type: ignore[no-any-return] # scipy has no types

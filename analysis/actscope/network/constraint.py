"""Structural holes: how far an actor's partners are tied among themselves."""

import numpy as np
from numba import njit

from actscope.definition import Definition
from actscope.network.graph import Graph, Weights

CONSTRAINT = Definition(
    en=(
        "Burt's constraint of i: the sum over its partners j of (p_ij + Σ over q of p_iq · p_qj)², "
        "p_ij being the share of i's tie strength, both directions added, that goes to j. Low: i "
        "stands between others who are not tied. Not defined without ties."
    ),
    zh=(
        "伯特约束：对 i 的各伙伴 j 求 (p_ij＋Σ_q p_iq·p_qj)² 之和，p_ij 为 i 的（双向合计）联系强度"
        "中投向 j 的比例。低值表示居于互不相连者之间。无联系者无定义。"
    ),
    source="Burt 1992, Structural Holes, 50–81.",
)


def constraint(graph: Graph) -> Weights:
    """Burt's constraint of each actor, by weights; not-a-number for those without ties."""
    ties = graph.either_way()
    share = ties.weight / ties.strengths[ties.origins]
    return _constraint(ties.starts, ties.ends, share)  # type: ignore[no-any-return] # compiled


@njit(cache=True, nogil=True)
def _constraint(starts, ends, share):  # type: ignore[no-untyped-def] # compiled
    n = len(starts) - 1
    values = np.full(n, np.nan)
    through = np.zeros(n)
    for i in range(n):
        if starts[i] == starts[i + 1]:
            continue
        for tie in range(starts[i], starts[i + 1]):
            q = ends[tie]
            through[q] += share[tie]
            for second in range(starts[q], starts[q + 1]):
                through[ends[second]] += share[tie] * share[second]
        total = 0.0
        for tie in range(starts[i], starts[i + 1]):
            total += through[ends[tie]] ** 2
        values[i] = total
        for tie in range(starts[i], starts[i + 1]):
            q = ends[tie]
            through[q] = 0.0
            for second in range(starts[q], starts[q + 1]):
                through[ends[second]] = 0.0
    return values

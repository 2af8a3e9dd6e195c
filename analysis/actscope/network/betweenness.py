"""Who stands between others: betweenness, exact or from a sample of pivots with its error."""

import math
from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.network.graph import Graph, Weights
from actscope.network.paths import paths_from
from actscope.results import Result

EXACT_UP_TO = 3_000_000_000
"""Beyond so many steps (actors × ties) a sample is drawn: some ten seconds on two cores."""

CONFIDENT = 0.95
PIVOTS = 1_000
"""How many actors a sample starts from."""

BETWEENNESS = Definition(
    en=(
        "Betweenness of v: over all pairs of other actors, the share of their shortest paths that "
        "leads through v; every tie is one step long whatever it weighs, and a pair counts once "
        "when ties are undirected, else once in each direction. Closeness: the number of other "
        "actors ÷ the sum of the steps to them, where everybody can be reached."
    ),
    zh=(
        "中介中心性：其余各对行动者之间的最短路径中经过该行动者的比例之和；无论权重，每条联系"
        "长度均为一步；无向时每对只计一次，有向时每个方向各计一次。接近中心性：其余行动者数"
        "÷到它们的步数之和（须全部可达）。"
    ),
    source="Freeman 1977, Sociometry 40, 35–41; Brandes 2001, J. Math. Sociology 25, 163–177.",
)

BY_STRENGTH = Definition(
    en=BETWEENNESS.en.replace(
        "every tie is one step long whatever it weighs", "a tie of weight w is 1 ÷ w long"
    ),
    zh=BETWEENNESS.zh.replace("无论权重，每条联系长度均为一步", "权重为 w 的联系长度为 1÷w"),
    source=BETWEENNESS.source + " Lengths: Newman 2001, Phys. Rev. E 64, 016132.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Betweenness(Result):
    """``values``: betweenness of each actor, not normalised. ``closeness``: of each actor, not-a-
    number where somebody cannot be reached; ``None`` when sampled.

    ``pivots``: ``None`` when the values are exact. Else they are n/k × the sum over k actors
    drawn without replacement, ``standard_error`` is that of each value, and ``error`` the half
    width of the 95 % interval of the worst known actor (1.96 standard errors, with the finite
    population correction); divided by the number of pairs, ``relative_error``. Standard errors
    miss what a few actors depend on that were not drawn; ``bound`` does not: with 95 % confidence
    no value at all is farther off (Serfling 1974, Annals of Statistics 2, 39–48), which is much
    wider."""

    n: int
    values: Weights
    closeness: Weights | None
    pivots: int | None
    standard_error: Weights | None
    error: float | None
    relative_error: float | None
    bound: float | None
    definition: Definition


def betweenness(
    graph: Graph, *, by_strength: bool = False, pivots: int | None = None, seed: int = 1
) -> Betweenness:
    """Betweenness and closeness of all actors.

    ``by_strength``: a tie of weight w is 1/w long; otherwise weights play no part. ``pivots``: how
    many actors to start from; all when ``None`` (exact) or when there are no more.
    """
    ties = graph.outgoing()
    lengths = 1.0 / ties.weight if by_strength else None
    definition = BY_STRENGTH if by_strength else BETWEENNESS
    once = 1.0 if graph.directed else 0.5
    n = graph.n
    if pivots is None or pivots >= n:
        found = paths_from(np.arange(n), ties, lengths)
        others = np.where((found.reaches == n - 1) & (n > 1), found.far, np.nan)
        return Betweenness(
            n=n,
            values=once * found.through,
            closeness=(n - 1) / others,
            pivots=None,
            standard_error=None,
            error=None,
            relative_error=None,
            bound=None,
            definition=definition,
        )
    drawn = np.sort(np.random.default_rng(seed).choice(n, pivots, replace=False))
    found = paths_from(drawn, ties, lengths)
    mean = found.through / pivots
    spread = np.maximum(found.squares - pivots * mean**2, 0) / max(pivots - 1, 1)
    standard_error = once * n * np.sqrt(spread / pivots * (1 - pivots / n))
    error = 1.96 * float(standard_error.max())
    unseen = 1 - (pivots - 1) / n
    farthest = (n - 2) * math.sqrt(math.log(2 * n / (1 - CONFIDENT)) * unseen / (2 * pivots))
    return Betweenness(
        n=n,
        values=once * n * mean,
        closeness=None,
        pivots=pivots,
        standard_error=standard_error,
        error=error if pivots > 1 else math.nan,
        relative_error=error / (once * (n - 1) * (n - 2)) if pivots > 1 and n > 2 else math.nan,
        bound=once * n * farthest,
        definition=definition,
    )


def pivots_needed(graph: Graph) -> int | None:
    """``None`` where exact betweenness takes some seconds at most, else how many pivots to draw."""
    steps = graph.n * graph.m * (1 if graph.directed else 2)
    return None if steps <= EXACT_UP_TO else PIVOTS

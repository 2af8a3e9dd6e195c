"""How far a network hangs on one actor (Freeman centralisation), and the degrees it rests on."""

from dataclasses import dataclass

import numpy as np

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.network.betweenness import Betweenness
from actscope.network.graph import Graph, Weights
from actscope.results import Result

CENTRALISATION = Definition(
    en=(
        "Centralisation: the sum over all actors of (largest centrality − own centrality) ÷ the "
        "most that this sum can be among n actors, which a star reaches: 0 when all are equal, 1 "
        "for a star. Of degree, in- and out-degree, betweenness, and closeness where everybody "
        "reaches everybody."
    ),
    zh=(
        "集中度：各行动者与最大中心性之差的总和÷n 个行动者时该总和的最大值（星形网络）；全部相等"
        "为 0，星形为 1。分别按度数、入度、出度、中介中心性及（全部可互达时）接近中心性计算。"
    ),
    source="Freeman 1979, Social Networks 1, 215–239.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Degrees(Result):
    """Of each actor: with how many others it has a tie that comes ``into`` it or goes ``out``, and
    the ``strength`` of these ties. The same both ways when ties are undirected."""

    into: Codes
    out: Codes
    into_strength: Weights
    out_strength: Weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Centralisation(Result):
    """Each between 0 and 1; ``None`` where there are too few actors, where it does not apply
    (``in_degree`` and ``out_degree`` of undirected ties; closeness where somebody cannot be
    reached or betweenness was sampled). ``degree`` of directed ties is in + out."""

    degree: float | None
    in_degree: float | None
    out_degree: float | None
    betweenness: float | None
    closeness: float | None


def degrees(graph: Graph) -> Degrees:
    """Degree and strength of each actor."""
    into, out = graph.incoming(), graph.outgoing()
    return Degrees(
        into=into.degrees,
        out=out.degrees,
        into_strength=into.strengths,
        out_strength=out.strengths,
    )


def centralisation(graph: Graph, degree: Degrees, between: Betweenness) -> Centralisation:
    """The centralisations of a network with these degrees and this betweenness."""
    n = graph.n
    star = (n - 1) * (n - 2)
    if graph.directed:
        of_degree = _spread(degree.into + degree.out, 2 * star)
        of_in = _spread(degree.into, (n - 1) ** 2)
        of_out = _spread(degree.out, (n - 1) ** 2)
    else:
        of_degree, of_in, of_out = _spread(degree.out, star), None, None
    return Centralisation(
        degree=of_degree,
        in_degree=of_in,
        out_degree=of_out,
        betweenness=_spread(between.values, (n - 1) * star / (1 if graph.directed else 2)),
        closeness=_of_closeness(graph, between),
    )


def _of_closeness(graph: Graph, between: Betweenness) -> float | None:
    values, n = between.closeness, graph.n
    if values is None or n < 3 or np.isnan(values).any():
        return None
    # In a directed star that everybody can be reached in, ties go both ways.
    return _spread(values, (n - 1) * (n - 2) / (2 * n - 3))


def _spread(values: Codes | Weights, most: float) -> float | None:
    return float(np.sum(values.max() - values) / most) if len(values) and most > 0 else None

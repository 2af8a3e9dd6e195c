"""All measures of one network together: the whole, each actor, each division into groups."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.disclosure import Suppressed
from actscope.errors import InputError
from actscope.network.betweenness import Betweenness, betweenness
from actscope.network.brokerage import BROKERAGE, Brokerage, brokerage
from actscope.network.centralisation import (
    CENTRALISATION,
    Centralisation,
    Degrees,
    centralisation,
    degrees,
)
from actscope.network.cohesion import COHESION, Cohesion, cohesion
from actscope.network.communities import COMMUNITIES, Communities, communities
from actscope.network.constraint import CONSTRAINT, constraint
from actscope.network.core import CORE, CorePeriphery, core_periphery
from actscope.network.eigen import EIGENVECTOR, PAGERANK, eigenvector, pagerank
from actscope.network.fragility import FRAGILITY, Fragility, fragility
from actscope.network.graph import Graph, Weights
from actscope.network.mixing import MIXING, PERMUTATIONS, Mixing, mixing
from actscope.results import Result

LABELS_AT_MOST = 1_000


class TooManyLabelsError(InputError):
    """A column with nearly as many values as rows is no division into groups."""

    code = "labels_too_many"
    en = "The column “{field}” has {value} different values; groups may be {most} at most."
    zh = "列“{field}”有 {value} 个不同取值；分组至多 {most} 个。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Division(Result):
    """One division of the actors into groups: how ties mix them, and who brokers between them."""

    mixing: Mixing
    brokerage: Brokerage


@dataclass(frozen=True, slots=True, kw_only=True)
class Portrait(Result):
    """The measures of a ``graph``. ``divisions`` by the name of the attribute. Arrays are in the
    order of ``graph.names``."""

    graph: Graph
    whole: Cohesion
    centralisation: Centralisation
    degrees: Degrees
    betweenness: Betweenness
    eigenvector: Weights
    pagerank: Weights
    constraint: Weights
    core: CorePeriphery
    communities: Communities
    fragility: Fragility
    divisions: Mapping[str, Division]

    def definitions(self) -> dict[str, Definition]:
        """What each measure means."""
        found = {
            "cohesion": COHESION,
            "centralization": CENTRALISATION,
            "betweenness": self.betweenness.definition,
            "eigenvector": EIGENVECTOR,
            "pagerank": PAGERANK,
            "constraint": CONSTRAINT,
            "core": CORE,
            "community": COMMUNITIES,
            "failure": FRAGILITY,
        }
        return found | ({"groups": MIXING, "brokerage": BROKERAGE} if self.divisions else {})


def portrait(
    graph: Graph,
    groups: Mapping[str, Mapping[str, str]] | None = None,
    *,
    by_strength: bool = False,
    pivots: int | None = None,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
    at_least: int = 0,
) -> Portrait:
    """Every measure of a network.

    ``groups``: per attribute the label of each actor by its name; an actor that is not in it has
    none. ``by_strength`` and ``pivots``: as for ``betweenness``. ``at_least``: cells of mixing
    matrices with fewer actors behind them are suppressed (0: none). Raises ``TooManyLabelsError``.
    """
    coded = {name: _coded(graph, name, labels) for name, labels in (groups or {}).items()}
    between = betweenness(graph, by_strength=by_strength, pivots=pivots, seed=seed)
    degree = degrees(graph)
    return Portrait(
        graph=graph,
        whole=cohesion(graph),
        centralisation=centralisation(graph, degree, between),
        degrees=degree,
        betweenness=between,
        eigenvector=eigenvector(graph),
        pagerank=pagerank(graph),
        constraint=constraint(graph),
        core=core_periphery(graph),
        communities=communities(graph, seed=seed),
        fragility=fragility(graph),
        divisions={
            name: Division(
                mixing=mixing(
                    graph, group, labels, permutations=permutations, seed=seed, at_least=at_least
                ),
                brokerage=brokerage(graph, group),
            )
            for name, (group, labels) in coded.items()
        },
    )


def active(graph: Graph) -> frozenset[int]:
    """The actors with ties, by code."""
    return frozenset(np.unique(np.concatenate([graph.source, graph.target])).tolist())


def hidden(graphs: Mapping[str, Graph], at_least: int) -> dict[str, Suppressed]:
    """Which of several networks are the work of fewer than ``at_least`` actors."""
    few = {name: len(active(graph)) for name, graph in graphs.items()}
    return {name: Suppressed.FEW for name, number in few.items() if 0 < number < at_least}


def _coded(
    graph: Graph, attribute: str, labels: Mapping[str, str]
) -> tuple[Codes, tuple[str, ...]]:
    """The code of each actor's label, −1 for none, and the labels in order."""
    names = tuple(sorted({labels[name] for name in graph.names if name in labels}))
    if len(names) > LABELS_AT_MOST:
        raise TooManyLabelsError(field=attribute, value=len(names), most=LABELS_AT_MOST)
    code = {label: place for place, label in enumerate(names)}
    return np.array([code[labels[n]] if n in labels else -1 for n in graph.names], np.int64), names

"""How far the ties that were planned are those that came about."""

from dataclasses import dataclass

import numpy as np

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.network.graph import Graph
from actscope.network.qap import DirectionDiffersError
from actscope.results import Result

PLAN_FIT = Definition(
    en=(
        "Plan fit: ties both planned and actual ÷ ties planned or actual (Jaccard). Blocking "
        "points: ties planned that did not come about; emergent: actual ties that no plan has."
    ),
    zh=(
        "计划吻合度：既在计划又实际出现的联系数÷计划或实际出现的联系数（杰卡德系数）。阻断点："
        "计划有而未出现的联系；自发联系：实际出现而计划没有的联系。"
    ),
    source="Kapucu 2006, American Review of Public Administration 36, 207–225.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFit(Result):
    """``jaccard`` is ``None`` when nothing is planned and nothing came about. ``kept``: the share
    of the planned ties that came about. ``blocking`` and ``emergent``: pairs of names, in order;
    ``unplanned_actors`` are in the actual network and nowhere in the plan."""

    planned: int
    actual: int
    both: int
    jaccard: float | None
    kept: float | None
    blocking: tuple[tuple[str, str], ...]
    emergent: tuple[tuple[str, str], ...]
    unplanned_actors: tuple[str, ...]
    definition: Definition


def plan_fit(planned: Graph, actual: Graph) -> PlanFit:
    """How the actual ties fit the planned ones, whatever they weigh; actors are told by their
    names. Raises ``DirectionDiffersError``."""
    if planned.directed != actual.directed:
        raise DirectionDiffersError
    names = sorted(set(planned.names) | set(actual.names))
    plan, fact = _keys(planned, names), _keys(actual, names)
    both = len(np.intersect1d(plan, fact, assume_unique=True))
    either = len(plan) + len(fact) - both
    return PlanFit(
        planned=len(plan),
        actual=len(fact),
        both=both,
        jaccard=both / either if either else None,
        kept=both / len(plan) if len(plan) else None,
        blocking=_named(np.setdiff1d(plan, fact), names),
        emergent=_named(np.setdiff1d(fact, plan), names),
        unplanned_actors=tuple(sorted(set(actual.names) - set(planned.names))),
        definition=PLAN_FIT,
    )


def _keys(graph: Graph, names: list[str]) -> Codes:
    """One number per tie, over the names of both networks."""
    place = {name: code for code, name in enumerate(names)}
    code = np.array([place[name] for name in graph.names], np.int64)
    return code[graph.source] * len(names) + code[graph.target]


def _named(keys: Codes, names: list[str]) -> tuple[tuple[str, str], ...]:
    return tuple((names[key // len(names)], names[key % len(names)]) for key in keys.tolist())

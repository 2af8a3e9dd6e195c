"""Proof that nothing better exists, from prices alone.

Whatever prices a solver gives back, weak duality turns them into a bound that holds for every
feasible plan (Dantzig & Thapa 1997, Linear Programming 1, ch. 5): prices that a solver got wrong
give a poor bound, never a false one. A plan is proven when it keeps to all limits and meets its
bound. The status word of the solver is not asked.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from actscope.allocation.problem import Floats, Problem
from actscope.results import Result

TOLERANCE = 1e-6
"""A gap, or a limit passed, counts as none up to this share of the figure it belongs to."""

TINY = 1e-12
"""Figures below this are rounding."""


@dataclass(frozen=True, slots=True)
class Prices:
    """What one more unit would be worth: of each stock and on each link (at least 0), and at each
    need (below 0 where it takes no more)."""

    stock: Floats
    need: Floats
    link: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage(Result):
    """One objective: what was reached, the bound that no plan can pass, and their distance as a
    share of the greater of the two; ``tolerance`` is the gap that counts as none."""

    name: str
    value: float
    bound: float
    gap: float
    tolerance: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Certificate(Result):
    """The stages in their order, how far the plan passes each kind of limit at most (as a share
    of the limit), and ``proven``: every gap and every excess is within its tolerance."""

    stages: tuple[Stage, ...]
    excess: dict[str, float]
    proven: bool


def certificate(stages: tuple[Stage, ...], excess: dict[str, float]) -> Certificate:
    """Whether the stages and the limits hold within their tolerances."""
    met = all(one.gap <= one.tolerance for one in stages)
    kept = all(share <= TOLERANCE for share in excess.values())
    return Certificate(stages=stages, excess=excess, proven=met and kept)


def stage(name: str, value: float, bound: float, tolerance: float = TOLERANCE) -> Stage:
    """A stage with its gap."""
    largest = max(abs(value), abs(bound))
    gap = abs(value - bound) / largest if largest > TINY else 0.0
    return Stage(
        name=name, value=float(value), bound=float(bound), gap=float(gap), tolerance=tolerance
    )


def added(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages of several parts of a problem, those of one name added up."""
    by_name: dict[str, list[Stage]] = {}
    for one in stages:
        by_name.setdefault(one.name, []).append(one)
    return tuple(
        stage(name, sum(s.value for s in same), sum(s.bound for s in same), same[0].tolerance)
        for name, same in by_name.items()
    )


def lowest(stages: Iterable[Stage]) -> tuple[Stage, ...]:
    """Stages of several parts of a problem, of one name that with the widest gap, then that of
    the least value."""
    chosen: dict[str, Stage] = {}
    for one in stages:
        held = chosen.setdefault(one.name, one)
        if (-max(one.gap, TOLERANCE), one.value) < (-max(held.gap, TOLERANCE), held.value):
            chosen[one.name] = one
    return tuple(chosen.values())


def least_cost_bound(
    problem: Problem, cost: Floats, floor: Floats, ceiling: Floats, prices: Prices
) -> float:
    """No plan that brings each need between ``floor`` and ``ceiling`` has Σ cost × quantity below
    this: b·y plus, for each route priced below nothing, that price times all it could carry."""
    priced = cost + prices.stock[problem.stock] + prices.link[problem.link]
    left = np.minimum(priced - prices.need[problem.need], 0)
    wanted = floor @ np.maximum(prices.need, 0) + ceiling @ np.minimum(prices.need, 0)
    return float(wanted - _scarce(problem, prices) + problem.limit(ceiling) @ left)


def level_bound(problem: Problem, rate: Floats, floor: Floats, prices: Prices) -> float:
    """No plan that brings each need at least ``floor`` + ``rate`` × t has t above this."""
    free = float(prices.need @ rate)
    if free <= 0:
        return np.inf
    priced = prices.need[problem.need] - prices.stock[problem.stock] - prices.link[problem.link]
    most = _scarce(problem, prices) + problem.limit(problem.demand) @ np.maximum(priced, 0)
    return float(most - floor @ prices.need) / free


def excess(problem: Problem, shipped: Floats, floor: Floats) -> dict[str, float]:
    """How far the plan passes supply, demand, links and the promised ``floor``, and zero, as a
    share of the limit; 0 where it keeps to it."""
    received = problem.received(shipped)
    return {
        "supply": _over(problem.sent(shipped), problem.supply),
        "demand": _over(received, problem.demand),
        "link": _over(problem.carried(shipped), problem.capacity),
        "promise": _over(floor, received),
        "negative": float(-min(shipped.min(initial=0.0), 0.0)),
    }


def _over(found: Floats, limit: Floats) -> float:
    finite = np.isfinite(limit)
    above = (found - limit)[finite] / np.maximum(np.maximum(found, limit)[finite], 1e-300)
    return float(max(above.max(initial=0.0), 0.0))


def _scarce(problem: Problem, prices: Prices) -> float:
    """What all stocks and all limited links are worth at these prices."""
    limited = np.isfinite(problem.capacity)
    links = problem.capacity[limited] @ prices.link[limited]
    return float(problem.supply @ prices.stock + links)


def refuted(problem: Problem, wanted: Floats, prices: Prices) -> bool:
    """Whether the prices show that not every need can get ``wanted``."""
    priced = prices.need[problem.need] - prices.stock[problem.stock] - prices.link[problem.link]
    most = _scarce(problem, prices) + problem.limit(problem.demand) @ np.maximum(priced, 0)
    return bool(wanted @ prices.need > most)

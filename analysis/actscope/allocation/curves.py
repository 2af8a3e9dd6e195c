"""α-fair service: the greatest Σ priority × demand × U(fill), U concave (Mo & Walrand 2000,
IEEE/ACM Trans. Netw. 8:556): U = log for α = 1 (proportional fairness, Kelly 1997), else
fill^(1−α)/(1−α). α = 0 asks for quantity alone; the greater α, the nearer to max-min."""

import numpy as np
from scipy.sparse import csc_array, hstack

from actscope.allocation.certificate import Stage, stage
from actscope.allocation.engine import Engine
from actscope.allocation.problem import Floats, Problem
from actscope.allocation.program import Program, Rows, solved
from actscope.allocation.service import Service, every_level

ROUNDS = 8
PIECES = 12
"""Pieces of the curve on either side of the last answer."""

CLOSE = 1e-4
"""The share of the greatest possible gain at which refinement stops; it is stated as the gap."""


def alpha_fair(engine: Engine, alpha: float) -> Service:
    """The α-fair quantities of one part, every need of which can be reached.

    Where links couple nothing, what can be received together is a polymatroid, and there one and
    the same plan serves every α: the lexicographic one at rates priority^(1/α) (Fujishige 1980,
    Math. Oper. Res. 5:186). Else the curve is cut into straight pieces, finer around each answer,
    until the straight upper bound at the answer itself (Frank & Wolfe 1956) leaves no gap.
    """
    problem = engine.problem
    if not isinstance(engine, Program):
        found = every_level(engine, problem.priority ** (1 / alpha) * problem.demand)
        received = found.floors[0]
        return Service((received,), found.level, (_proof(engine, received, alpha),))
    start = engine.highest(problem.demand, np.zeros(len(problem.demand)), 1.0).value
    fill, wide = np.full(len(problem.demand), max(start, 1e-6)), 64.0
    proofs: list[tuple[Stage, Floats]] = []
    for _ in range(ROUNDS):
        received = _pieced(problem, fill, wide, alpha)
        proofs.append((_proof(engine, received, alpha), received))
        if proofs[-1][0].gap <= CLOSE:
            break
        fill = np.maximum(received / problem.demand, 1e-9)
        wide = max(wide**0.3, 1 + 1e-7)
    proof, received = min(proofs, key=lambda one: one[0].gap)
    return Service((received,), float((received / problem.demand).min()), (proof,))


def _pieced(problem: Problem, fill: Floats, wide: float, alpha: float) -> Floats:
    """The best quantities under the curve cut at ``fill`` × ``wide`` ^ (−1 … 1)."""
    rows = Rows(problem)
    cuts = fill[:, None] * wide ** np.linspace(-1, 1, 2 * PIECES + 1)
    cuts = np.minimum(np.column_stack((np.zeros(len(fill)), cuts, np.ones(len(fill)))), 1.0)
    cuts[:, -1] = 1.0
    width = np.diff(cuts, axis=1)
    middle = np.maximum((cuts[:, 1:] + cuts[:, :-1]) / 2, 1e-12)
    gain = problem.priority[:, None] * middle**-alpha
    pieces = width.size
    row = np.repeat(np.arange(len(fill)) + len(problem.supply), width.shape[1])
    of_need = csc_array(
        (np.ones(pieces), row, np.arange(pieces + 1)),
        shape=(len(rows.limits(fill)), pieces),
    )
    found = solved(
        np.concatenate((np.zeros(rows.routes), -(gain / gain.max()).ravel())),
        hstack((rows.matrix(need=-1.0), of_need), format="csc"),
        rows.limits(np.zeros(len(fill))),
        np.concatenate(
            (np.full(rows.routes, np.inf), (width * problem.demand[:, None]).ravel() * rows.unit)
        ),
    )
    taken = (found.x[rows.routes :] / rows.unit).reshape(width.shape).sum(axis=1)
    received: Floats = np.minimum(taken, problem.demand)
    return received


def _proof(engine: Engine, received: Floats, alpha: float) -> Stage:
    """No plan gains more, measured along the slope of the curve at this one."""
    problem = engine.problem
    fill = np.maximum(received / problem.demand, 1e-12)
    slope = problem.priority * fill**-alpha
    most = engine.greatest(problem.demand, slope / slope.max())
    return stage("service", float(slope / slope.max() @ received), most.bound, CLOSE)

"""From an aim to a plan: the objectives in their order, over all parts of the problem."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from actscope.allocation.certificate import Certificate, Stage, added, certificate, excess, lowest
from actscope.allocation.engine import Engine
from actscope.allocation.flows import Flows
from actscope.allocation.problem import Floats, Part, Problem, parts
from actscope.allocation.service import Service, common_level, every_level
from actscope.allocation.shares import same_share
from actscope.codes import Codes

Fair = Literal["maxmin", "proportional", "none", "alpha"]
Levels = Literal["one", "all"]


@dataclass(frozen=True, slots=True)
class Aim:
    """What is meant by best; see ``allocate``."""

    fair: Fair
    levels: Levels = "one"
    alpha: float = 1.0
    pieces: bool = False
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Settled:
    """What each route carries, the level that was promised, if any, and the proof."""

    shipped: Floats
    level: float | None
    proof: Certificate


def settled(problem: Problem, item: Codes, aim: Aim) -> Settled:
    """The best plan; ``item``: of each need."""
    divided = list(parts(problem, item))
    engines = [_engine(part, aim) for part in divided]
    shipped, floor = np.zeros(len(problem.stock)), np.zeros(len(problem.demand))
    level, stages = None, list[Stage]()
    if aim.fair in ("maxmin", "alpha"):
        services = _services(engines, aim)
        level = min((service.level for service in services), default=None)
        floors = [promise for service in services for promise in service.floors]
        plans = [engine.cheapest(f) for engine, f in zip(engines, floors, strict=True)]
        stages += lowest(stage for service in services for stage in service.stages)
        for part, promise in zip(divided, floors, strict=True):
            floor[part.needs] = promise
    else:
        ceiling, weight = problem.demand, problem.priority
        if aim.fair == "proportional":
            ceiling, weight = same_share(problem, item, pieces=aim.pieces), np.ones_like(weight)
        plans = [
            engine.most(ceiling[part.needs], weight[part.needs])
            for part, engine in zip(divided, engines, strict=True)
        ]
    for part, plan in zip(divided, plans, strict=True):
        shipped[part.routes] = plan.shipped
    shipped = _round(shipped)
    stages += added(stage for plan in plans for stage in plan.stages)
    return Settled(shipped, level, certificate(tuple(stages), excess(problem, shipped, floor)))


def _round(shipped: Floats) -> Floats:
    """Figures that are a solver's last digit away from a short one, as the short one."""
    largest = float(shipped.max(initial=0.0))
    digits = 9 - int(np.ceil(np.log10(largest))) if largest > 0 else 9
    short = shipped.round(digits)
    near: Floats = np.where(np.abs(short - shipped) <= 1e-11 * shipped, short, shipped)
    return near


def _engine(part: Part, aim: Aim) -> Engine:
    if not part.problem.coupled:
        return Flows(part.problem, aim.pieces)
    # SciPy's solvers take longer to load than all items take that nothing couples.
    if aim.pieces:
        from actscope.allocation.pieces import Pieces  # noqa: PLC0415 – see above

        return Pieces(part.problem, aim.seconds)
    from actscope.allocation.program import Program  # noqa: PLC0415 – see above

    return Program(part.problem)


def _services(engines: Sequence[Engine], aim: Aim) -> list[Service]:
    """One service over all parts, or one for each where parts do not touch each other."""
    if aim.fair == "alpha":
        from actscope.allocation.curves import alpha_fair  # noqa: PLC0415 – as above

        return [alpha_fair(engine, aim.alpha) for engine in engines]
    if aim.levels == "all":
        return [
            every_level(engine, engine.problem.priority * engine.problem.demand)
            for engine in engines
        ]
    return [common_level(engines, pieces=aim.pieces)] if engines else []

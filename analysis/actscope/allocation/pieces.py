"""Whole pieces where links couple the items: a mixed-integer program, by HiGHS through SciPy."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy.optimize import LinearConstraint, milp

from actscope.allocation.certificate import Stage, stage
from actscope.allocation.engine import Level, Plan
from actscope.allocation.problem import Floats, Problem
from actscope.allocation.program import Program, Rows
from actscope.errors import InputError


class OutOfTimeError(InputError):
    """The search for a plan in whole pieces found none in time."""

    code = "no_plan_in_time"
    en = "No plan in whole pieces was found within {value} seconds; allow more, or parts of pieces."
    zh = "{value} 秒内未找到整件分配方案；请延长时限，或允许非整件。"


@dataclass(frozen=True)
class Pieces:
    """Settles a part in which links couple items, in whole pieces. ``seconds``: the time that each
    search may take. The bound is the better of two: that of parts of pieces, proven by prices, and
    the one that the search tree proves."""

    problem: Problem
    seconds: float

    def highest(self, rate: Floats, floor: Floats, upto: float) -> Level:
        """See ``Engine``."""
        rows, relaxed = Rows(self.problem), Program(self.problem).highest(rate, floor, upto)
        found = self._searched(
            np.append(np.zeros(rows.routes), -1.0),
            rows.matrix(need=-1.0, last=rate),
            rows.limits(-floor) / rows.unit,
            upto=relaxed.bound * (1 + 1e-9),
        )
        received = self.problem.received(np.rint(found.x[:-1]))
        asked = rate > 0
        level = float(((received - floor)[asked] / rate[asked]).min())
        bound = min(relaxed.bound, -float(found.mip_dual_bound))
        return Level(min(level, upto), max(bound, level), relaxed.held)

    def cheapest(self, floor: Floats) -> Plan:
        """See ``Engine``."""
        problem, rows = self.problem, Rows(self.problem)
        relaxed = Program(problem).cheapest(floor).stages[0].bound
        found = self._searched(
            problem.distance, rows.matrix(need=-1.0), rows.limits(-floor) / rows.unit
        )
        shipped = np.rint(found.x)
        return Plan(shipped, (self._transport(shipped, relaxed, found),))

    def greatest(self, ceiling: Floats, weight: Floats) -> Stage:
        """See ``Engine``."""
        problem, rows = self.problem, Rows(self.problem)
        worth = weight[problem.need]
        relaxed = Program(problem).greatest(ceiling, weight).bound
        found = self._searched(-worth, rows.matrix(need=1.0), rows.limits(ceiling) / rows.unit)
        value = float(worth @ np.rint(found.x))
        return stage("amount", value, max(min(relaxed, -float(found.mip_dual_bound)), value))

    def most(self, ceiling: Floats, weight: Floats) -> Plan:
        """See ``Engine``."""
        problem, rows = self.problem, Rows(self.problem)
        worth = weight[problem.need]
        amount = self.greatest(ceiling, weight)
        kept = amount.value * (1 - 1e-9)
        found = self._searched(
            problem.distance,
            rows.matrix(need=1.0, below=-worth),
            np.append(rows.limits(ceiling) / rows.unit, -kept),
        )
        shipped = np.rint(found.x)
        return Plan(shipped, (amount, self._transport(shipped, 0.0, found)))

    def _transport(self, shipped: Floats, relaxed: float, found: Any) -> Stage:
        distance = float(self.problem.distance @ shipped)
        bound = min(max(relaxed, float(found.mip_dual_bound)), distance)
        return stage("transport", distance, bound)

    def _searched(
        self, cost: Floats, matrix: Any, limits: Floats, *, upto: float | None = None
    ) -> Any:
        """The best plan found; the one column beyond the routes, if any, is the level."""
        routes = len(self.problem.stock)
        upper = np.full(len(cost), np.inf)
        upper[:routes] = self.problem.limit(self.problem.demand)
        if upto is not None:
            upper[routes:] = upto
        found = milp(
            cost,
            constraints=LinearConstraint(matrix, -np.inf, limits),
            integrality=np.arange(len(cost)) < routes,
            bounds=(0, upper),
            options={"time_limit": self.seconds, "mip_rel_gap": 0.0},
        )
        if found.x is None:
            raise OutOfTimeError(value=self.seconds)
        return found

"""Items that share limited links: one linear program for all of them, by HiGHS through SciPy.

The matrix is written straight into compressed columns: a route stands in the rows of its stock,
its need and its link. HiGHS: Huangfu & Hall 2018, Math. Program. Comput. 10:119.
"""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_array

from actscope.allocation.certificate import (
    Prices,
    Stage,
    least_cost_bound,
    level_bound,
    stage,
)
from actscope.allocation.engine import Level, Plan, SolverFailedError
from actscope.allocation.flows import Flows
from actscope.allocation.problem import Floats, Mask, Problem

SLACK = 1e-12
"""The share by which a value that was reached is lowered when the next objective must keep it:
the solver's own tolerance would else make it unreachable."""

PATIENCE = 2
"""Steps of the simplex per row, after which another way is tried: three times what plans that
differ in cost were seen to take."""

FEWEST_STEPS = 1000

OUT_OF_STEPS = 1
"""The status word of SciPy for it."""


@dataclass(frozen=True)
class Program:
    """Settles a part in which links couple items."""

    problem: Problem
    _answers: dict[bytes, Any] = field(default_factory=dict, compare=False, repr=False)

    def highest(self, rate: Floats, floor: Floats, upto: float) -> Level:
        """See ``Engine``. First the level that stocks and single routes allow is tried, which is
        quick: often it can be kept, and then it is proven by the cut that gave it, and the plan
        of least transport is there as well."""
        apart = Flows(self.problem.apart()).highest(rate, floor, upto)
        if self._cheapest(floor + rate * apart.value).x is not None:
            return apart
        problem, rows = self.problem, Rows(self.problem)
        found = solved(
            np.append(np.zeros(rows.routes), -1.0),
            rows.matrix(need=-1.0, last=rate * rows.unit),
            rows.limits(-floor * (1 - SLACK)),
            np.append(np.full(rows.routes, np.inf), apart.bound),
        )
        prices = rows.prices(found.ineqlin.marginals, need=1.0)
        bound = min(level_bound(problem, rate, floor, prices), apart.bound)
        dear = prices.need * rate
        held = dear > 1e-7 * max(float(dear.max(initial=0.0)), 1e-300)
        return Level(float(found.x[-1]), bound, held)

    def cheapest(self, floor: Floats) -> Plan:
        """See ``Engine``."""
        problem, rows = self.problem, Rows(self.problem)
        kept, found = floor * (1 - SLACK), self._cheapest(floor)
        if found.x is None:
            raise SolverFailedError(found.message)
        prices = rows.prices(found.ineqlin.marginals, need=1.0)
        bound = least_cost_bound(problem, problem.distance, kept, problem.demand, prices)
        shipped = _tidied(problem, found.x / Rows(problem).unit, floor)
        return Plan(shipped, (stage("transport", float(problem.distance @ shipped), bound),))

    def _cheapest(self, floor: Floats) -> Any:
        """The answer of the solver, which is also asked whether there is a plan at all."""
        key = floor.tobytes()
        if key not in self._answers:
            rows = Rows(self.problem)
            self._answers.clear()
            self._answers[key] = answered(
                self.problem.distance,
                rows.matrix(need=-1.0),
                rows.limits(-floor * (1 - SLACK)),
            )
        return self._answers[key]

    def greatest(self, ceiling: Floats, weight: Floats) -> Stage:
        """See ``Engine``."""
        problem, rows = self.problem, Rows(self.problem)
        cost = -weight[problem.need]
        found = solved(cost, rows.matrix(need=1.0), rows.limits(ceiling), interior=True)
        prices = rows.prices(found.ineqlin.marginals, need=-1.0)
        bound = least_cost_bound(problem, cost, np.zeros(len(weight)), ceiling, prices)
        return stage("amount", -float(cost @ found.x) / rows.unit, -bound)

    def most(self, ceiling: Floats, weight: Floats) -> Plan:
        """See ``Engine``."""
        problem, rows = self.problem, Rows(self.problem)
        worth, nothing = weight[problem.need], np.zeros(len(weight))
        amount = self.greatest(ceiling, weight)
        kept = amount.value * (1 - SLACK)
        second = solved(
            problem.distance,
            rows.matrix(need=1.0, below=-worth),
            np.append(rows.limits(ceiling), -kept * rows.unit),
            interior=True,
        )
        *marginals, last = second.ineqlin.marginals
        prices = rows.prices(np.array(marginals), need=-1.0)
        bound = least_cost_bound(problem, problem.distance + last * worth, nothing, ceiling, prices)
        shipped = _tidied(problem, second.x / rows.unit, ceiling)
        return Plan(
            shipped,
            (
                stage("amount", float(worth @ shipped), amount.bound),
                stage("transport", float(problem.distance @ shipped), bound - last * kept),
            ),
        )


@dataclass(frozen=True)
class Rows:
    """The rows of the program: stocks, needs, then the limited links."""

    problem: Problem

    @property
    def limited(self) -> Mask:
        """The links that are limited."""
        return np.isfinite(self.problem.capacity)

    @property
    def unit(self) -> float:
        """How many units of the program one unit of quantity is: the solver's tolerances are made
        for figures that are neither tiny nor huge."""
        return 1000 / float(self.problem.demand.max())

    @property
    def routes(self) -> int:
        """How many routes, that is columns."""
        return len(self.problem.stock)

    def matrix(
        self, *, need: float, last: Floats | None = None, below: Floats | None = None
    ) -> Any:
        """The constraint matrix. ``need``: the sign of the rows of needs. ``last``: the entries of
        one more column in those rows. ``below``: one more row."""
        problem, bounded = self.problem, self.limited
        stocks, needs = len(problem.supply), len(problem.demand)
        row_of_link = np.cumsum(bounded) - 1 + stocks + needs
        height = stocks + needs + int(bounded.sum())
        limited = bounded[problem.link]
        rows = [problem.stock, problem.need + stocks, row_of_link[problem.link]]
        values = [np.ones(self.routes), np.full(self.routes, need), np.ones(self.routes)]
        kept = [np.ones(self.routes, np.bool_), np.ones(self.routes, np.bool_), limited]
        if below is not None:
            rows.append(np.full(self.routes, height))
            values.append(below)
            kept.append(np.ones(self.routes, np.bool_))
            height += 1
        # Stacked side by side and read row by row, the entries stand in order of the columns.
        chosen = np.column_stack(kept)
        indices, data = np.column_stack(rows)[chosen], np.column_stack(values)[chosen]
        ends = np.cumsum(chosen.sum(axis=1))
        if last is not None:
            indices = np.concatenate((indices, np.arange(needs) + stocks))
            data = np.concatenate((data, last))
            ends = np.append(ends, len(data))
        starts = np.concatenate(([0], ends))
        return csc_array((data, indices, starts), shape=(height, len(ends)))

    def limits(self, needs: Floats) -> Floats:
        """The right-hand side."""
        problem = self.problem
        parts = (problem.supply, needs, problem.capacity[self.limited])
        return np.concatenate(parts) * self.unit

    def prices(self, marginals: Floats, *, need: float) -> Prices:
        """Prices out of the multipliers, each put on the right side of nothing; ``need`` is 1
        where the rows of needs are promises and −1 where they are ceilings."""
        stocks, needs = len(self.problem.supply), len(self.problem.demand)
        scarce = np.maximum(-np.asarray(marginals), 0)
        link = np.zeros(len(self.problem.capacity))
        link[self.limited] = scarce[stocks + needs :]
        return Prices(scarce[:stocks], need * scarce[stocks : stocks + needs], link)


def solved(
    cost: Floats,
    matrix: Any,
    limits: Floats,
    upto: Floats | None = None,
    *,
    interior: bool = False,
) -> Any:
    """The answer of ``answered``, which must have a plan."""
    found = answered(cost, matrix, limits, upto, interior=interior)
    if found.x is None:
        raise SolverFailedError(found.message)
    return found


def answered(
    cost: Floats,
    matrix: Any,
    limits: Floats,
    upto: Floats | None = None,
    *,
    interior: bool = False,
) -> Any:
    """The answer of the dual simplex, which is the quicker one where plans differ in cost; of the
    ``interior`` point where thousands are equally good, or the simplex loses its way."""
    bounds = (0, None) if upto is None else np.column_stack((np.zeros(len(cost)), upto))
    if not interior:
        found = linprog(
            cost,
            A_ub=matrix,
            b_ub=limits,
            bounds=bounds,
            method="highs-ds",
            options={"maxiter": max(FEWEST_STEPS, PATIENCE * matrix.shape[0])},
        )
        if found.status != OUT_OF_STEPS:
            return found
    return linprog(cost, A_ub=matrix, b_ub=limits, bounds=bounds, method="highs-ipm")


def _tidied(problem: Problem, shipped: Floats, most: Floats) -> Floats:
    """Without the dust that the solver's tolerance leaves, and with no need above ``most``."""
    dust = 1e-12 * float(shipped.max(initial=0.0))
    tidy: Floats = np.where(shipped > dust, shipped, 0.0)
    received = problem.received(tidy)
    share = np.divide(most, received, out=np.ones_like(most), where=received > most)
    return tidy * share[problem.need]

"""Items that no link couples: one network flow for each item, which takes milliseconds.

Highest level: it is lowered to what the tightest cut allows until the flow meets it (Dinkelbach
1967, Management Science 13:492, on the cuts of Ford & Fulkerson). Least transport: cost scaling
(Goldberg 1997, J. Algorithms 22:1). Flows are counted in whole grains: in pieces where pieces are
asked for, else so fine that rounding stays far below every tolerance.
"""

from dataclasses import dataclass

import numpy as np

from actscope.allocation.certificate import (
    Stage,
    least_cost_bound,
    level_bound,
    refuted,
    stage,
)
from actscope.allocation.engine import Level, Plan, promised
from actscope.allocation.grains import Grains
from actscope.allocation.potentials import Flow, prices_of, with_links
from actscope.allocation.problem import Floats, Problem


@dataclass(frozen=True)
class Flows:
    """Settles a part whose links carry one route each; its routes stand in order of their need.
    ``pieces``: only whole quantities are shipped."""

    problem: Problem
    pieces: bool = False

    def highest(self, rate: Floats, floor: Floats, upto: float) -> Level:
        """See ``Engine``."""
        grains = Grains.of(self.problem, self.pieces)
        if self.pieces:
            return self._highest_in_pieces(grains, rate, floor, upto)
        # What a need could get if it were alone is a cut as well, and the cheapest to find.
        alone = self.problem.received(self.problem.limit(self.problem.demand)) - floor
        own = np.divide(alone, rate, out=np.full(len(rate), np.inf), where=rate > 0)
        level = bound = min(upto, max(float(own.min()), 0.0))
        held = own <= level if level < upto else np.zeros(len(rate), np.bool_)
        while (cut := grains.cut(floor + rate * level)) is not None:
            bound = min(level_bound(self.problem, rate, floor, cut), bound)
            held = cut.need > 0
            if bound >= level * (1 - 1e-12):
                break
            level = max(bound, 0.0)
        return Level(level, bound, held)

    def _highest_in_pieces(self, grains: Grains, rate: Floats, floor: Floats, upto: float) -> Level:
        """Halves what lies between a promise that can be kept and one that cannot, until no
        promise in whole pieces stands between the two."""
        cut = grains.cut(floor + promised(rate, upto))
        if cut is None:
            return Level(upto, upto, np.zeros(len(rate), np.bool_))
        asked, low, high = rate[rate > 0], 0.0, upto
        while (following := float(((np.floor(asked * low + 1e-9) + 1) / asked).min())) < high:
            tried = max((low + high) / 2, following)
            if (found := grains.cut(floor + promised(rate, tried))) is None:
                low = tried
            else:
                cut, high = found, tried
        proven = refuted(self.problem, floor + promised(rate, high), cut)
        return Level(low, low if proven else upto, cut.need > 0)

    def cheapest(self, floor: Floats) -> Plan:
        """See ``Engine``."""
        problem, grains = self.problem, Grains.of(self.problem, self.pieces)
        earns = np.zeros(len(floor), np.int64)
        flow = grains.cheapest(floor, earns, at_least=True)
        distance = float(problem.distance @ grains.quantity(flow.shipped))
        prices = grains.prices(flow, earns)
        bound = least_cost_bound(
            problem, problem.distance, grains.quantity(flow.least), problem.demand, prices
        )
        return Plan(grains.quantity(flow.shipped), (stage("transport", distance, bound),))

    def greatest(self, ceiling: Floats, weight: Floats) -> Stage:
        """See ``Engine``."""
        return self.most(ceiling, weight).stages[0]

    def most(self, ceiling: Floats, weight: Floats) -> Plan:
        """See ``Engine``. What can be received together is a polymatroid: the greatest weighted
        sum depends only on the order of the weights (Edmonds 1970), so ranks serve the solver."""
        problem, grains = self.problem, Grains.of(self.problem, self.pieces)
        rank = np.unique(weight, return_inverse=True)[1] + 1
        priceless = grains.priceless()
        earns = rank * priceless
        flow = grains.cheapest(ceiling, earns, at_least=False)
        shipped = grains.quantity(flow.shipped)
        gift = priceless / grains.coin * rank
        bound = least_cost_bound(
            problem,
            problem.distance - gift[problem.need],
            np.zeros(len(rank)),
            grains.quantity(flow.most),
            grains.prices(flow, earns),
        )
        transport = stage(
            "transport",
            float(problem.distance @ shipped),
            bound + float(gift @ problem.received(shipped)),
        )
        return Plan(shipped, (self._amount(grains, flow, weight), transport))

    def _amount(self, grains: Grains, flow: Flow, weight: Floats) -> Stage:
        """The weighted quantity, against prices of its own."""
        problem, free = self.problem, np.zeros(len(self.problem.stock))
        cost = -weight[problem.need]
        prices = with_links(problem, prices_of(problem, flow, free, weight), cost)
        bound = least_cost_bound(
            problem, cost, np.zeros(len(weight)), grains.quantity(flow.most), prices
        )
        value = weight @ problem.received(grains.quantity(flow.shipped))
        return stage("amount", float(value), -bound)

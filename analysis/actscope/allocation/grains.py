"""A flow in whole grains and whole coins, as compiled solvers take it."""

from dataclasses import dataclass

import numpy as np
from ortools.graph.python import max_flow, min_cost_flow

from actscope.allocation.certificate import Prices
from actscope.allocation.engine import SolverFailedError
from actscope.allocation.potentials import CLOSED, Flow, Whole, prices_of, with_links
from actscope.allocation.problem import Floats, Problem

GRAINS = 50
"""All that is wanted is divided into about two to this power of grains."""

ROOM = 60
"""No sum of grains at a node and no dearest cycle in coins reaches two to this power, so that 64
bits hold it."""


@dataclass(frozen=True)
class Grains:
    """``grain``: how many grains make one unit. ``coin``: how many coins make one unit of
    distance. ``stock``, ``route``: limits in grains."""

    problem: Problem
    grain: float
    coin: float
    stock: Whole
    route: Whole

    @classmethod
    def of(cls, problem: Problem, pieces: bool) -> "Grains":
        """The finest grains that 64 bits allow, or pieces."""
        nodes = len(problem.supply) + len(problem.demand) + 2
        total = max(float(problem.demand.sum()), 1e-300)
        # More than everybody wants is as good as no limit, which a cut then never touches.
        useful = np.minimum(problem.supply, total)
        finest = min(GRAINS, ROOM - np.log2(nodes)) - np.log2(total)
        grain = 1.0 if pieces else 2.0 ** np.floor(finest)
        stock = np.floor(useful * grain).astype(np.int64)
        limit = np.minimum(problem.capacity[problem.link], useful[problem.stock])
        return cls(
            problem,
            float(grain),
            _coin(problem),
            stock,
            np.floor(limit * grain).astype(np.int64),
        )

    def quantity(self, grains: Whole) -> Floats:
        """Grains as a quantity."""
        return grains / self.grain

    @property
    def cost(self) -> Whole:
        """The distance of each route in coins."""
        return np.rint(self.problem.distance * self.coin).astype(np.int64)

    def priceless(self) -> int:
        """More coins than any detour through the whole network could cost."""
        nodes = len(self.stock) + len(self.problem.demand) + 2
        return int(self.cost.max(initial=0)) * nodes + 1

    def cut(self, wanted: Floats) -> Prices | None:
        """``None`` when every need can get ``wanted``; else the needs that together want more
        than their stocks and links can give, with price 1 on all that stands in the way."""
        problem, ask = self.problem, np.floor(wanted * self.grain).astype(np.int64)
        source, sink, tail, head = self._arcs()
        solver = max_flow.SimpleMaxFlow()
        solver.add_arcs_with_capacity(tail, head, np.concatenate((self.stock, self.route, ask)))
        if solver.solve(source, sink) != solver.OPTIMAL:
            raise SolverFailedError("maximum flow")
        if solver.optimal_flow() == ask.sum():
            return None
        inside = np.zeros(sink + 1, np.bool_)
        inside[np.array(solver.get_source_side_min_cut())] = True
        stocks = len(self.stock)
        bare = Prices(
            stock=(~inside[:stocks]).astype(np.float64),
            need=(~inside[stocks:source]).astype(np.float64),
            link=np.zeros(len(problem.capacity)),
        )
        return with_links(problem, bare, np.zeros(len(problem.stock)))

    def cheapest(self, wanted: Floats, earns: Whole, *, at_least: bool) -> Flow:
        """The most that can be brought of ``wanted`` for the least cost, where a grain at each
        need earns ``earns`` coins. ``at_least``: what is wanted is a promise, not a ceiling."""
        ask = np.floor(wanted * self.grain).astype(np.int64)
        source, sink, tail, head = self._arcs()
        solver = min_cost_flow.SimpleMinCostFlow()
        free = np.zeros(len(self.stock), np.int64)
        # What is earned is told as what is forgone, since costs below zero only slow it down.
        arcs = solver.add_arcs_with_capacity_and_unit_cost(
            tail,
            head,
            np.concatenate((self.stock, self.route, ask)),
            np.concatenate((free, self.cost, earns.max(initial=0) - earns)),
        )
        total = int(ask.sum())
        solver.set_nodes_supplies(
            np.array([source, sink], np.int32), np.array([total, -total], np.int64)
        )
        if solver.solve_max_flow_with_min_cost() != solver.OPTIMAL:
            raise SolverFailedError("minimum-cost flow")
        routes = arcs[len(self.stock) : len(self.stock) + len(self.route)]
        least = ask if at_least else np.zeros_like(ask)
        most = np.full_like(ask, CLOSED) if at_least else ask
        held, room = self.problem.supply, self.problem.capacity[self.problem.link]
        return Flow(solver.flows(routes), self._limits(held), self._limits(room), least, most)

    def _limits(self, quantity: Floats) -> Whole:
        """In grains, and ``CLOSED`` grains where there is more than could ever be used."""
        return np.floor(np.minimum(quantity * self.grain, CLOSED)).astype(np.int64)

    def prices(self, flow: Flow, earns: Whole) -> Prices:
        """Prices per unit of distance that prove the flow cheapest."""
        found = prices_of(self.problem, flow, self.cost, earns)
        coins = Prices(found.stock / self.coin, found.need / self.coin, found.link)
        cost = self.problem.distance - earns[self.problem.need] / self.coin
        return with_links(self.problem, coins, cost)

    def _arcs(self) -> tuple[int, int, Whole, Whole]:
        """The nodes: stocks, needs, source, sink. The arcs: into stocks, routes, out of needs."""
        stocks, needs = len(self.stock), len(self.problem.demand)
        source, sink = stocks + needs, stocks + needs + 1
        every_stock, every_need = np.arange(stocks), np.arange(needs) + stocks
        tail = (np.full(stocks, source), self.problem.stock, every_need)
        head = (every_stock, self.problem.need + stocks, np.full(needs, sink))
        return source, sink, _nodes(tail), _nodes(head)


def _nodes(pieces: tuple[Whole, ...]) -> Whole:
    nodes: Whole = np.concatenate(pieces).astype(np.int32)
    return nodes


def _coin(problem: Problem) -> float:
    """Exact where distances have up to three decimals and fit; else as fine as fits."""
    nodes = len(problem.supply) + len(problem.demand) + 2
    ranks = len(np.unique(problem.priority)) + 1
    room = 2.0 ** (ROOM - 2 * np.log2(nodes) - np.log2(ranks))
    longest = max(float(problem.distance.max(initial=0.0)), 1e-300)
    exact = problem.distance * 1000
    if longest * 1000 <= room and np.allclose(exact, np.rint(exact), rtol=0, atol=1e-6):
        return 1000.0
    return float(2.0 ** np.floor(np.log2(room / longest)))

"""Prices out of a flow: shortest paths in what the flow leaves open (Ahuja, Magnanti & Orlin 1993,
Network Flows, ch. 9). They exist exactly when the flow cannot be made cheaper."""

from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from actscope.allocation.certificate import Prices
from actscope.allocation.problem import Problem

Whole = npt.NDArray[np.int64]
Cost = TypeVar("Cost", npt.NDArray[np.int64], npt.NDArray[np.float64])

CLOSED = 1 << 61
"""The length of a way that is not open; every real length is far below."""


@dataclass(frozen=True, slots=True)
class Flow:
    """What each route carries, in grains, and the limits in grains: of stocks, of routes, and the
    least and the most of each need."""

    shipped: Whole
    stock: Whole
    route: Whole
    least: Whole
    most: Whole


def prices_of(problem: Problem, flow: Flow, cost: Cost, worth: Cost) -> Prices:
    """Prices that prove the flow cheapest, in units of ``cost``, if it is.

    ``cost``: of each route. ``worth``: what a grain at each need earns. The routes stand in order
    of their need. A flow that could be made cheaper has no such prices; those given then leave a
    gap in the bound.
    """
    sent = np.bincount(problem.stock, flow.shipped, len(flow.stock)).astype(np.int64)
    received = np.bincount(problem.need, flow.shipped, len(flow.most)).astype(np.int64)
    starts = np.flatnonzero(np.diff(problem.need, prepend=-1))
    onward = np.where(flow.shipped < flow.route, cost, CLOSED)
    back = np.flatnonzero(flow.shipped > 0)
    to_stock, from_need = problem.stock[back], problem.need[back]
    idle, sending = sent < flow.stock, sent > 0
    hungry, above = received < flow.most, received > flow.least
    stock, need = np.zeros(len(sent), cost.dtype), np.zeros(len(received), cost.dtype)
    root = cost.dtype.type(0)
    for _ in range(len(sent) + len(received) + 2):
        before = root, stock.copy(), need.copy()
        stock[idle] = np.minimum(stock[idle], root)
        need = np.minimum(need, np.minimum.reduceat(stock[problem.stock] + onward, starts))
        need[above] = np.minimum(need[above], root + worth[above])
        np.minimum.at(stock, to_stock, need[from_need] - cost[back])
        root = min(
            root,
            stock[sending].min(initial=root),
            (need - worth)[hungry].min(initial=root),
        )
        if root == before[0] and np.all(stock == before[1]) and np.all(need == before[2]):
            break
    return Prices(
        stock=np.maximum(stock - root, 0).astype(np.float64),
        need=(need - root - worth).astype(np.float64),
        link=np.zeros(len(problem.capacity)),
    )


def with_links(problem: Problem, prices: Prices, cost: npt.NDArray[np.float64]) -> Prices:
    """The same prices and that of each limited link, which carries one route: what its route
    would still earn."""
    earned = prices.need[problem.need] - prices.stock[problem.stock] - cost
    limited = np.isfinite(problem.capacity[problem.link])
    link = np.zeros(len(problem.capacity))
    link[problem.link[limited]] = np.maximum(earned[limited], 0)
    return Prices(prices.stock, prices.need, link)

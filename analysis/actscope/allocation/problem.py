"""The question that an allocation answers, as arrays: stocks, needs, links and routes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from actscope.codes import Codes

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Stocks (a place holds a quantity of one item), needs (a place wants a quantity of one item),
    links between places with what all items together may carry, and the routes: one for every
    stock and need of one item that a link joins.

    ``supply``, ``demand``: quantities in pieces or whatever unit the item has. ``priority``:
    weights of the needs, above 0. ``capacity``: of each link, infinite where there is no limit.
    ``stock``, ``need``, ``link``: of each route, places in those arrays. ``distance``: of each
    route, per unit shipped.
    """

    supply: Floats
    demand: Floats
    priority: Floats
    capacity: Floats
    stock: Codes
    need: Codes
    link: Codes
    distance: Floats

    @property
    def reachable(self) -> Mask:
        """The needs to which something can come."""
        return np.bincount(self.need, minlength=len(self.demand)) > 0

    def limit(self, ceiling: Floats) -> Floats:
        """What each route can carry at most when each need takes no more than ``ceiling``."""
        ends = np.minimum(self.supply[self.stock], ceiling[self.need])
        return np.minimum(ends, self.capacity[self.link])

    def received(self, shipped: Floats) -> Floats:
        """What comes to each need, given what each route carries."""
        return _sums(self.need, shipped, len(self.demand))

    def sent(self, shipped: Floats) -> Floats:
        """What leaves each stock."""
        return _sums(self.stock, shipped, len(self.supply))

    def carried(self, shipped: Floats) -> Floats:
        """What each link carries."""
        return _sums(self.link, shipped, len(self.capacity))

    @property
    def binding(self) -> Mask:
        """The links whose limit could ever be felt."""
        most = self.carried(np.minimum(self.supply[self.stock], self.demand[self.need]))
        return self.capacity < most

    @property
    def coupled(self) -> bool:
        """Whether a link whose limit can be felt carries more than one route, so that the items
        have to be settled together."""
        routes = np.bincount(self.link, minlength=len(self.capacity))
        return bool(np.any(self.binding & (routes > 1)))

    def apart(self) -> "Problem":
        """The same problem, in which every route has the whole of its link: what is possible here
        is a bound on what is possible there."""
        return replace(self, link=np.arange(len(self.stock)), capacity=self.capacity[self.link])

    def without_idle_limits(self) -> "Problem":
        """The same problem, in which a limit that can never be felt is none."""
        return replace(self, capacity=np.where(self.binding, self.capacity, np.inf))


def _sums(place: Codes, shipped: Floats, size: int) -> Floats:
    return np.bincount(place, shipped, size).astype(np.float64, copy=False)


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of a problem that can be settled alone; ``needs`` and ``routes`` say where its rows
    stand in the whole. Each of its needs has a route."""

    problem: Problem
    needs: Codes
    routes: Codes


def parts(problem: Problem, item_of_need: Codes) -> Iterator[Part]:
    """The whole as one part when links couple the items, else one part per item."""
    problem = problem.without_idle_limits()
    item = np.zeros_like(problem.need) if problem.coupled else item_of_need[problem.need]
    order = np.lexsort((problem.stock, problem.need, item))
    starts = np.flatnonzero(np.diff(item[order], prepend=-1))
    for routes in np.split(order, starts[1:]) if len(order) else ():
        yield _part(problem, routes)


def _part(problem: Problem, routes: Codes) -> Part:
    stocks, stock = np.unique(problem.stock[routes], return_inverse=True)
    needs, need = np.unique(problem.need[routes], return_inverse=True)
    links, link = np.unique(problem.link[routes], return_inverse=True)
    return Part(
        Problem(
            supply=problem.supply[stocks],
            demand=problem.demand[needs],
            priority=problem.priority[needs],
            capacity=problem.capacity[links],
            stock=stock,
            need=need,
            link=link,
            distance=problem.distance[routes],
        ),
        needs,
        routes,
    )

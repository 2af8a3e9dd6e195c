"""The same share for everybody: what the proportional split aims at."""

import numpy as np

from actscope.allocation.problem import Floats, Problem
from actscope.codes import Codes


def same_share(problem: Problem, item: Codes, *, pieces: bool) -> Floats:
    """What each need would get if every need of an item that can be reached had the same share of
    it. ``pieces``: rounded by largest remainders, so that no piece is left over by rounding."""
    reached, items = problem.reachable, int(item.max(initial=-1)) + 1
    usable = np.bincount(problem.stock, minlength=len(problem.supply)) > 0
    # Of which item a stock is, any of its routes tells.
    item_of_stock = np.zeros(len(problem.supply), np.int64)
    item_of_stock[problem.stock] = item[problem.need]
    have = np.bincount(item_of_stock[usable], problem.supply[usable], items)
    want = np.bincount(item[reached], problem.demand[reached], items)
    share = np.minimum(have / np.maximum(want, 1e-300), 1.0)
    targets: Floats = np.where(reached, share[item] * problem.demand, 0.0)
    return _in_pieces(targets, item, np.minimum(have, want)) if pieces else targets


def _in_pieces(targets: Floats, item: Codes, total: Floats) -> Floats:
    whole = np.floor(targets + 1e-9)
    left = np.rint(total - np.bincount(item, whole, len(total))).astype(np.int64)
    order = np.lexsort((np.arange(len(targets)), whole - targets, item))
    starts = np.searchsorted(item[order], np.arange(len(total)))
    rank = np.arange(len(order)) - starts[item[order]]
    more = np.zeros(len(targets))
    more[order] = (rank < left[item[order]]) & (targets[order] > whole[order] + 1e-9)
    return whole + more

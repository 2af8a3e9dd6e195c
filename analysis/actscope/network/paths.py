"""Shortest paths from many actors in one compiled pass each (Brandes 2001, J. Math. Sociology 25,
163–177), over compressed rows of ties."""

import os
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import numpy as np
from numba import njit

from actscope.codes import Codes
from actscope.network.graph import Adjacency, Weights

CHUNKS = 16
"""The sources are shared out in so many parts, always: sums of floats then do not depend on how
many threads there are."""

SAME = 1e-12
"""Two ways are of equal length when they differ by less than this share of it."""


@dataclass(frozen=True, slots=True)
class Paths:
    """``through[v]``: the sum over the sources of the dependency of a source on v, that is the
    share of its shortest paths that go through v, summed over all ends. ``squares``: the sum of
    the squares of these dependencies. Per source: ``far`` the sum of the distances to whom it
    ``reaches``."""

    through: Weights
    squares: Weights
    far: Weights
    reaches: Codes


def paths_from(sources: Codes, adjacency: Adjacency, lengths: Weights | None = None) -> Paths:
    """The shortest paths from each of ``sources``. ``lengths``: how long each tie is, more than 0;
    every tie is of length 1 when ``None``."""
    n = len(adjacency.starts) - 1
    cuts = np.linspace(0, len(sources), CHUNKS + 1).astype(np.int64)
    far, reaches = np.zeros(len(sources)), np.zeros(len(sources), np.int64)

    def part(chunk: int) -> tuple[Weights, Weights]:
        through, squares = np.zeros(n), np.zeros(n)
        span = sources[cuts[chunk] : cuts[chunk + 1]], cuts[chunk]
        sums = through, squares, far, reaches
        if lengths is None:
            _by_steps(adjacency.starts, adjacency.ends, *span, *sums)
        else:
            _by_length(adjacency.starts, adjacency.ends, lengths, *span, *sums)
        return through, squares

    with ThreadPoolExecutor(min(os.cpu_count() or 1, CHUNKS)) as pool:
        parts = list(pool.map(part, range(CHUNKS)))
    through = np.sum([one for one, _ in parts], axis=0)
    squares = np.sum([two for _, two in parts], axis=0)
    return Paths(through, squares, far, reaches)


@njit(cache=True, nogil=True)
def _by_steps(  # type: ignore[no-untyped-def] # compiled
    starts, ends, sources, offset, through, squares, far, reaches
):
    n = len(starts) - 1
    steps = np.full(n, -1, np.int32)
    ways = np.zeros(n)
    share = np.zeros(n)  # (1 + dependency on w) / ways to w
    order = np.empty(n, np.int32)
    for place in range(len(sources)):
        first = sources[place]
        order[0], steps[first], ways[first] = first, 0, 1.0
        opened, found = 0, 1
        while opened < found:
            v = order[opened]
            # Once everybody is found, the farthest have nobody further to lead to.
            if found == n and steps[v] == steps[order[n - 1]]:
                break
            opened += 1
            further, ways_on = steps[v] + 1, ways[v]
            for tie in range(starts[v], starts[v + 1]):
                w = ends[tie]
                if steps[w] < 0:
                    steps[w] = further
                    order[found] = w
                    found += 1
                    ways[w] = 0.0
                # A sum with nought costs less than a branch that nobody can foresee.
                ways[w] += ways_on if steps[w] == further else 0.0
        total = 0
        for turn in range(found - 1, 0, -1):
            v = order[turn]
            total += steps[v]
            depends = 0.0
            if turn < opened:
                further = steps[v] + 1
                for tie in range(starts[v], starts[v + 1]):
                    w = ends[tie]
                    depends += share[w] if steps[w] == further else 0.0
                depends *= ways[v]
                through[v] += depends
                squares[v] += depends * depends
            share[v] = (1.0 + depends) / ways[v]
        far[offset + place] = total
        reaches[offset + place] = found - 1
        for turn in range(found):
            steps[order[turn]] = -1


@njit(cache=True, nogil=True)
def _by_length(  # type: ignore[no-untyped-def] # compiled
    starts, ends, lengths, sources, offset, through, squares, far, reaches
):
    n = len(starts) - 1
    away = np.full(n, np.inf)
    ways = np.zeros(n)
    share = np.zeros(n)
    order = np.empty(n, np.int32)
    heap_key = np.empty(len(ends) + 1)
    heap = np.empty(len(ends) + 1, np.int32)
    done = np.zeros(n, np.bool_)
    for place in range(len(sources)):
        first = sources[place]
        away[first] = 0.0
        heap_key[0], heap[0] = 0.0, first
        size, found = 1, 0
        while size:
            v = heap[0]
            size -= 1
            key, moved = heap_key[size], heap[size]
            at = 0
            while True:
                child = 2 * at + 1
                if child >= size:
                    break
                if child + 1 < size and heap_key[child + 1] < heap_key[child]:
                    child += 1
                if heap_key[child] >= key:
                    break
                heap_key[at], heap[at] = heap_key[child], heap[child]
                at = child
            heap_key[at], heap[at] = key, moved
            if done[v]:
                continue
            done[v] = True
            order[found] = v
            found += 1
            for tie in range(starts[v], starts[v + 1]):
                w = ends[tie]
                reach = away[v] + lengths[tie]
                if reach < away[w] * (1.0 - SAME):
                    away[w] = reach
                    at = size
                    size += 1
                    while at and heap_key[(at - 1) // 2] > reach:
                        heap_key[at], heap[at] = heap_key[(at - 1) // 2], heap[(at - 1) // 2]
                        at = (at - 1) // 2
                    heap_key[at], heap[at] = reach, w
        ways[first] = 1.0
        for turn in range(found):
            v = order[turn]
            for tie in range(starts[v], starts[v + 1]):
                w = ends[tie]
                if abs(away[v] + lengths[tie] - away[w]) <= SAME * away[w]:
                    ways[w] += ways[v]
        total = 0.0
        for turn in range(found - 1, 0, -1):
            v = order[turn]
            total += away[v]
            depends = 0.0
            for tie in range(starts[v], starts[v + 1]):
                w = ends[tie]
                if abs(away[v] + lengths[tie] - away[w]) <= SAME * away[w]:
                    depends += share[w]
            depends *= ways[v]
            through[v] += depends
            squares[v] += depends * depends
            share[v] = (1.0 + depends) / ways[v]
        far[offset + place] = total
        reaches[offset + place] = found - 1
        for turn in range(found):
            v = order[turn]
            away[v], ways[v], done[v] = np.inf, 0.0, False

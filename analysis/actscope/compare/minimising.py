"""The shortest expressions that say which configurations have the outcome.

A configuration of k conditions is a whole number of k bits, the first condition in the highest
bit; a term holds the conditions of ``mask`` to the values of ``value``.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.optimize import Bounds, LinearConstraint, milp

Ints = npt.NDArray[np.int64]

MOST_MODELS = 10
"""As many equally short models are listed."""

MOST_NODES = 500
"""Branches after which the search for a shortest cover gives up the proof."""

OPTIMAL, INFEASIBLE = 0, 2


@dataclass(frozen=True, slots=True, order=True)
class Term:
    """Conditions that are held; every other is free."""

    mask: int
    value: int

    def holds(self, configurations: Ints) -> npt.NDArray[np.bool_]:
        """Which of the configurations are in the term."""
        inside: npt.NDArray[np.bool_] = (configurations & self.mask) == self.value
        return inside

    def within(self, other: "Term") -> bool:
        """Whether the term has every condition that ``other`` has."""
        return other.mask & ~self.mask == 0 and self.value & other.mask == other.value


@dataclass(frozen=True, slots=True)
class Minimised:
    """``models``: the covers with the fewest terms, at most ``MOST_MODELS``; ``complete`` when
    there are no others and none is shorter."""

    models: tuple[tuple[Term, ...], ...]
    complete: bool


def minimised(positive: Collection[int], excluded: Collection[int], conditions: int) -> Minimised:
    """Cover the configurations ``positive`` by as few prime implicants as possible, none of which
    holds one of ``excluded``; on everything else a term may or may not hold (Quine 1952,
    McCluskey 1956)."""
    positives = sorted(positive)
    primes = prime_implicants(positives, excluded, conditions)
    configurations = np.array(positives, np.int64)
    chart = np.array([prime.holds(configurations) for prime in primes]).T
    covers, complete = shortest_covers(chart)
    models = [tuple(primes[i] for i in cover) for cover in covers]
    models.sort(key=lambda model: [_order(term, conditions) for term in model])
    models.sort(key=lambda model: sum(term.mask.bit_count() for term in model))
    return Minimised(tuple(models), complete)


def prime_implicants(
    positives: Sequence[int], excluded: Collection[int], conditions: int
) -> list[Term]:
    """The terms that hold some positive configuration, none of the excluded, and of which no
    condition can be taken away.

    For one positive configuration p a set S of its conditions excludes e when S holds a condition
    on which they differ. Which sets leave some e in, a sum over subsets tells for all S at once.
    """
    size = 1 << conditions
    off = np.array(sorted(excluded), np.int64)
    found: set[Term] = set()
    for p in positives:
        leaves = np.zeros(size, np.bool_)
        leaves[off ^ p] = True
        for i in range(conditions):
            pairs = leaves.reshape(-1, 2, 1 << i)
            pairs[:, 1] |= pairs[:, 0]
        implicant = ~leaves[::-1]  # the conditions not in S are the complement of S
        prime = implicant.copy()
        for i in range(conditions):
            pairs, shorter = prime.reshape(-1, 2, 1 << i), implicant.reshape(-1, 2, 1 << i)
            pairs[:, 1] &= ~shorter[:, 0]
        found.update(Term(mask, mask & p) for mask in np.flatnonzero(prime).tolist())
    return sorted(found, key=lambda term: _order(term, conditions))


def shortest_covers(chart: npt.NDArray[np.bool_]) -> tuple[list[list[int]], bool]:
    """The sets of columns, as small as possible, that together hold every row of ``chart``; at most
    ``MOST_MODELS``. And whether these are all, and proven to be the smallest.

    Each is an integer programme; what was found is forbidden to the next.
    """
    columns = chart.shape[1]
    held = [LinearConstraint(chart.astype(np.float64), lb=1)]
    found: list[list[int]] = []
    while True:
        result = milp(
            np.ones(columns),
            integrality=np.ones(columns),
            bounds=Bounds(0, 1),
            constraints=held,
            options={"node_limit": MOST_NODES, "mip_rel_gap": 0},
        )
        if result.x is None:
            # Infeasible is the proof that there are no more; anything else is giving up.
            return found or [_greedy(chart)], bool(found) and result.status == INFEASIBLE
        chosen = np.flatnonzero(result.x > 0.5)
        if len(found) == MOST_MODELS:
            return found, False
        found.append(chosen.tolist())
        if result.status != OPTIMAL:
            return found, False
        if len(found) == 1:
            held.append(LinearConstraint(np.ones((1, columns)), ub=len(chosen)))
        again = np.zeros((1, columns))
        again[0, chosen] = 1
        held.append(LinearConstraint(again, ub=len(chosen) - 1))


def _greedy(chart: npt.NDArray[np.bool_]) -> list[int]:
    """Columns that hold every row, each time the one that holds most of what is left."""
    chosen, left = [], np.ones(len(chart), np.bool_)
    while left.any():
        chosen.append(int(np.argmax(chart[left].sum(axis=0))))
        left &= ~chart[:, chosen[-1]]
    return sorted(chosen)


def _order(term: Term, conditions: int) -> tuple[int, list[int]]:
    """Short terms first; then by the conditions in order, present before absent before free."""
    bits = [1 << i for i in reversed(range(conditions))]
    signs = [2 if not term.mask & bit else 0 if term.value & bit else 1 for bit in bits]
    return term.mask.bit_count(), signs

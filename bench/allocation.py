"""``python -m bench.allocation``: who sends what to whom among 300 regions, 30 items.

Without limits on links the items fall apart; with them one linear program holds them all, and what
counts is how little is added to the time of its solver, which is the same in every library that
hands the program to HiGHS.
"""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import numpy as np
import pyarrow as pa
import scipy.optimize._linprog_highs as highs

from actscope.allocation.allocate import Allocation, allocate
from bench.table import Row, show

REGIONS = 300
ITEMS = 30
NEAR = 91
"""Links of each region when they are limited: about 206,000 variables, 36,000 rows."""


def main() -> int:
    """The command."""
    print(show(list(measured())))
    return 0


def measured() -> Iterator[Row]:
    """The rows, one after the other."""
    allocate(*drawn(links=2, room=None, regions=4))  # loaded before the clock runs
    for fair in ("maxmin", "none", "proportional"):
        found, spent, _ = timed(drawn(links=REGIONS - 1, room=None), fair)
        yield Row(
            f"allocation {fair}, links without limits",
            f"{spent:.2f} s",
            "< 2 s",
            told(found),
        )
    for room in (20.0, 66.0, 400.0):
        found, spent, own = timed(drawn(links=NEAR, room=room), "maxmin")
        yield Row(
            f"allocation maxmin, links of about {room:.0f} for all items",
            f"{spent:.2f} s CPU, {spent / own:.2f} x the solver's own",
            "<= 1.3 x",
            f"solver {own:.2f} s CPU; {told(found)}",
        )


def drawn(*, links: int, room: float | None, regions: int = REGIONS) -> tuple[pa.Table, ...]:
    """Regions in a square, each with a stock or a need of every item at random, joined to the
    nearest; stocks are three quarters of what is wanted."""
    rng = np.random.default_rng(1)
    place = rng.uniform(0, 1000, (regions, 2))
    far = np.hypot(*(place[:, None] - place[None]).transpose(2, 0, 1)).round(1)
    gives = rng.random((regions, ITEMS)) < 0.5
    quantity = np.round(rng.lognormal(5, 1, (regions, ITEMS))) + 1
    end = np.argsort(far, axis=1)[:, 1 : links + 1].ravel()
    start = np.repeat(np.arange(regions), len(end) // regions)
    names = np.array([f"region {i:03}" for i in range(regions)])

    def lines(chosen: Any, share: float) -> pa.Table:
        region, item = np.nonzero(chosen)
        what = [f"item {i:02}" for i in item]
        return pa.table(
            {"id": names[region], "item": what, "quantity": quantity[region, item] * share}
        )

    ways = {"from": names[start], "to": names[end], "distance": far[start, end]}
    if room is not None:
        ways["capacity"] = np.round(rng.lognormal(np.log(room), 1, len(start))) + 1
    return lines(gives, 0.75), lines(~gives, 1.0), pa.table(ways)


def timed(tables: tuple[pa.Table, ...], fair: Any) -> tuple[Allocation, float, float]:
    """The plan, the processor's seconds for all, and for the solver alone."""
    with solver_clock() as own:
        began = time.process_time()
        found = allocate(*tables, fair=fair)
        return found, time.process_time() - began, own()


@contextmanager
def solver_clock() -> Iterator[Callable[[], float]]:
    """Counts what is spent inside HiGHS."""
    real, spent = highs._highs_wrapper, 0.0

    def clocked(*given: Any) -> Any:
        nonlocal spent
        began = time.process_time()
        try:
            return real(*given)
        finally:
            spent += time.process_time() - began

    highs._highs_wrapper = clocked
    try:
        yield lambda: spent
    finally:
        highs._highs_wrapper = real


def told(found: Allocation) -> str:
    """What was found, and whether it is proven."""
    word = "proven" if found.proven else "NOT PROVEN"
    return f"least fill {found.min_fill:.6f}, distance {found.unit_distance:,.1f}, {word}"


if __name__ == "__main__":
    sys.exit(main())

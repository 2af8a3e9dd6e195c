"""A figure with what it rests on, and shares with their intervals."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import binomtest

from actscope.definition import Definition
from actscope.dimensions.measured import DRAWS
from actscope.dimensions.resampling import interval, resamples
from actscope.dimensions.resampling import part as quotient
from actscope.results import Result

Array = npt.NDArray[np.float64]

WORST = 5
"""How many worst cases are named."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst(Result):
    """A case that pulls the figure in the bad direction: who, its own figure, over how many."""

    who: str
    value: float
    n: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured(Result):
    """``value`` with a 95 % interval over ``n`` things; ``missing`` could not be used. Each is
    ``None`` where there is nothing to compute it from. ``cases`` holds every case's own figure,
    from which a diagnosis names the worst."""

    value: float | None
    lower: float | None
    upper: float | None
    n: int
    missing: int
    definition: Definition
    cases: tuple[Worst, ...] = ()


def share_by_unit(
    part: Array,
    whole: Array,
    names: tuple[str, ...],
    *,
    definition: Definition,
    missing: int = 0,
    seed: int = 1,
) -> Measured:
    """Σ part ÷ Σ whole over units, with the interval of drawing the units anew.

    ``part`` and ``whole``: for each unit how many of its acts count. Acts of one unit resemble
    each other, so the units are drawn and not the acts (percentile bootstrap; Efron & Tibshirani
    1993, An Introduction to the Bootstrap, ch. 13). Under three units there is no interval.
    """
    there = np.flatnonzero(whole > 0)
    part, whole = part[there], whole[there]
    drawn = resamples(len(there), np.arange(len(there)), draws=DRAWS, seed=seed)
    shares = quotient(drawn.of_units(np.column_stack((part, whole))), 0, 1)
    lower, upper = interval(shares, len(there))
    cases = tuple(
        Worst(who=names[who], value=float(a / b), n=int(b))
        for who, a, b in zip(there.tolist(), part, whole, strict=True)
    )
    return Measured(
        value=float(shares[0]) if len(there) else None,
        lower=lower,
        upper=upper,
        n=int(whole.sum()),
        missing=missing,
        definition=definition,
        cases=cases,
    )


def share_of_things(
    part: int,
    whole: int,
    *,
    definition: Definition,
    missing: int = 0,
    cases: tuple[Worst, ...] = (),
) -> Measured:
    """part ÷ whole for things that stand alone (cases, pairs), with Wilson's interval (Wilson
    1927, J. Am. Stat. Assoc. 22, 209–212)."""
    lower = upper = None
    if whole:
        interval = binomtest(part, whole).proportion_ci(method="wilson")
        lower, upper = float(interval.low), float(interval.high)
    return Measured(
        value=part / whole if whole else None,
        lower=lower,
        upper=upper,
        n=whole,
        missing=missing,
        definition=definition,
        cases=cases,
    )

"""What every way of settling a part of the problem can do, and what it gives back."""

from dataclasses import dataclass
from typing import Protocol

import numpy as np

from actscope.allocation.certificate import Stage
from actscope.allocation.problem import Floats, Mask, Problem


class SolverFailedError(RuntimeError):
    """A solver gave no plan where there is one."""


@dataclass(frozen=True, slots=True)
class Level:
    """The highest common level of service, the bound that no plan can pass, and the needs that
    hold it down: together they could not get more."""

    value: float
    bound: float
    held: Mask


@dataclass(frozen=True, slots=True)
class Plan:
    """What each route carries, and the objectives in their order."""

    shipped: Floats
    stages: tuple[Stage, ...]


class Engine(Protocol):
    """Settles one part. Floors and ceilings are quantities of each need; every need of the part
    can be reached."""

    @property
    def problem(self) -> Problem:
        """The part."""
        ...

    def highest(self, rate: Floats, floor: Floats, upto: float) -> Level:
        """The greatest t ≤ ``upto`` with ``floor`` + ``rate`` × t for each need."""
        ...

    def cheapest(self, floor: Floats) -> Plan:
        """At least ``floor`` to each need for the least quantity × distance."""
        ...

    def greatest(self, ceiling: Floats, weight: Floats) -> Stage:
        """The greatest Σ weight × quantity with no need above ``ceiling``."""
        ...

    def most(self, ceiling: Floats, weight: Floats) -> Plan:
        """The greatest Σ weight × quantity with no need above ``ceiling``, and among such plans
        the one of least quantity × distance."""
        ...


def promised(rate: Floats, level: float) -> Floats:
    """The fewest whole pieces that reach the level."""
    pieces: Floats = np.ceil(rate * level - 1e-9)
    return pieces

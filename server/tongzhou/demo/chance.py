"""Chance that can be repeated: one stream per thing, so that a new task somewhere does not
change what happens to all the others."""

import math
from collections.abc import Sequence
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


def stream(seed: int, *names: object) -> Random:
    """The stream of random numbers that belongs to these names."""
    return Random("/".join(map(str, (seed, *names))))  # noqa: S311 – a story, not a secret


def hours(chance: Random, *, median: float, spread: float) -> float:
    """A duration in hours, log-normal with this median and this sigma of the logarithm."""
    return chance.lognormvariate(math.log(median), spread)


def weighted(chance: Random, things: Sequence[Thing], weights: Sequence[float]) -> Thing:
    """One of the things, by weight."""
    return chance.choices(things, weights)[0]

"""Which quantity each need is promised, before transport is looked at."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from actscope.allocation.certificate import Stage, stage
from actscope.allocation.engine import Engine, promised
from actscope.allocation.problem import Floats

FULL = 1 - 1e-12


@dataclass(frozen=True, slots=True)
class Service:
    """The quantities promised to the needs of each part, the common level, and its proof."""

    floors: tuple[Floats, ...]
    level: float
    stages: tuple[Stage, ...]


def common_level(engines: Sequence[Engine], *, pieces: bool) -> Service:
    """The greatest t such that every need gets the share min(1, priority × t) of its demand.

    As t rises, a need that has all it wants leaves the rest to rise further, so that a priority
    above 1 never stops the others.
    """
    rates = [engine.problem.priority * engine.problem.demand for engine in engines]
    floors = [np.zeros_like(rate) for rate in rates]
    free = [np.ones(len(rate), np.bool_) for rate in rates]
    while True:
        upto = min(
            float((1 / engine.problem.priority[open_]).min())
            for engine, open_ in zip(engines, free, strict=True)
            if open_.any()
        )
        level = bound = upto
        for engine, rate, floor, open_ in zip(engines, rates, floors, free, strict=True):
            if not open_.any():
                continue
            found = engine.highest(np.where(open_, rate, 0.0), floor, level)
            level, bound = min(level, found.value), min(bound, found.bound)
        for engine, rate, floor, open_ in zip(engines, rates, floors, free, strict=True):
            demand = engine.problem.demand
            share = promised(rate, level) if pieces else rate * level
            full = open_ & (engine.problem.priority * level >= FULL)
            floor[open_] = np.minimum(np.where(full, demand, share), demand)[open_]
            open_ &= ~full
        if level < upto * FULL or not any(open_.any() for open_ in free):
            return Service(tuple(floors), level, (stage("service", level, max(bound, level)),))
        for floor, open_ in zip(floors, free, strict=True):
            floor[open_] = 0.0


def every_level(engine: Engine, rate: Floats) -> Service:
    """Lexicographic max-min: the level ``rate`` × t of all needs is raised until some cannot rise
    further; those keep it and the others rise on, until none can (Megiddo 1974, Math. Program.
    7:97). No need has more of what another with a lower level could have had."""
    demand = engine.problem.demand
    floor, free = np.zeros_like(rate), np.ones(len(rate), np.bool_)
    stages: list[Stage] = []
    while free.any():
        upto = float((demand[free] / rate[free]).min())
        found = engine.highest(np.where(free, rate, 0.0), floor, upto)
        stages.append(stage("service", found.value, max(found.bound, found.value)))
        full = free & (rate * found.value >= demand * FULL)
        held = full | (free & found.held)
        if not held.any():
            break
        floor[held] = np.minimum(rate * found.value, demand)[held]
        free &= ~held
    further = max(stages[1:], key=lambda one: one.gap, default=None)
    proof = (stages[0],) if further is None else (stages[0], _renamed(further))
    return Service((floor,), stages[0].value, proof)


def _renamed(one: Stage) -> Stage:
    return stage("further levels", one.value, one.bound)

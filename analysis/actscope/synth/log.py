"""A synthetic log: its acts, who could have acted, what was planned, its cases, and what was
planted in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.casting import arrow_schema
from actscope.acts.schema import ACTORS, CASES, TIES
from actscope.acts.times import INSTANT
from actscope.results import Result
from actscope.synth.acts import PEAK, STEEPNESS, area_names, batches, open_cases
from actscope.synth.settings import Plant, Settings
from actscope.synth.world import (
    DAY,
    DUE,
    LEAD,
    LEVELS,
    SECTORS,
    Whole,
    World,
    drawn,
    phase_names,
    unit_names,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted(Result):
    """A truth that is in the log. ``units``: those it is about; ``phase``: from which on;
    ``figures``: numbers that say how much."""

    name: Plant
    units: tuple[str, ...]
    phase: str | None
    figures: dict[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Log:
    """``settings`` and the ``world`` drawn from them; everything else follows."""

    settings: Settings
    world: World

    def batches(self) -> Iterator[pa.Table]:
        """The acts in order of time, piece by piece, so that any number fits into memory."""
        return batches(self.settings, self.world)

    def acts(self) -> pa.Table:
        """The acts in one table, in the schema ``ACTS``."""
        return pa.concat_tables(self.batches())

    def actors(self) -> pa.Table:
        """The units, in the schema ``ACTORS``."""
        names = unit_names(self.settings.units)
        held = {
            "unit": names,
            "sector": _named(SECTORS, self.world.sector),
            "level": _named(LEVELS, self.world.level),
            "area": area_names(self.world).take(pa.array(self.world.area)),
        }
        return _filled(held, arrow_schema(ACTORS), len(names))

    def plan(self) -> pa.Table:
        """The planned ties, in the schema ``TIES``, each in both directions."""
        others = np.arange(1, self.settings.units)
        star = np.column_stack((np.full(len(others), LEAD), others))
        pairs = np.concatenate((star, self.world.pairs))
        names = unit_names(self.settings.units)
        held = {
            "source": names.take(pa.array(np.concatenate((pairs[:, 0], pairs[:, 1])))),
            "target": names.take(pa.array(np.concatenate((pairs[:, 1], pairs[:, 0])))),
            "weight": pa.array(np.ones(2 * len(pairs))),
        }
        return _filled(held, arrow_schema(TIES), 2 * len(pairs))

    def cases(self) -> pa.Table:
        """The cases, in the schema ``CASES``; one that closes after the last day is open."""
        world, number = self.world, len(self.world.opened)
        names = unit_names(self.settings.units)
        held = {
            "case": pc.binary_join_element_wise(
                "case-", pc.cast(pa.array(np.arange(1, number + 1)), pa.string()), ""
            ),
            "opened_at": pc.cast(pa.array(world.opened), INSTANT),
            "due_at": pc.cast(pa.array(world.opened + DUE), INSTANT),
            "closed_at": pc.cast(pa.array(world.closed, mask=world.closed >= world.end), INSTANT),
            "unit": names.take(pa.array(world.host)),
            "area": area_names(world).take(pa.array(world.area[world.host])),
        }
        return _filled(held, arrow_schema(CASES), number)

    def load(self) -> Whole:
        """How many cases are open at some moment of each day."""
        return open_cases(self.world, self.world.start + DAY * np.arange(self.settings.days + 1))

    def planted(self) -> tuple[Planted, ...]:
        """The truths, as data."""
        return tuple(self._planted(plant) for plant in Plant if plant in self.settings.plants)

    def _planted(self, plant: Plant) -> Planted:
        world, settings = self.world, self.settings
        units: tuple[int, ...] = ()
        phase: str | None = None
        figures: dict[str, float] = {}
        turn = phase_names(settings)[world.turn].as_py()
        match plant:
            case Plant.BLOCKED_PAIR:
                units = world.blocked or ()
            case Plant.SLOW_PAIR:
                units = world.slow or ()
            case Plant.ROLE_CHANGE:
                units, phase = (LEAD, world.heir or LEAD), turn
            case Plant.RISE_AND_FALL:
                figures = {"peak_day": PEAK * settings.days, "curvature": -STEEPNESS}
            case Plant.PHASE_SHIFT:
                phase = turn
            case Plant.BURDEN:
                units = tuple(world.burdened.tolist())
                figures = {"part_of_cases": float(np.isin(world.host, world.burdened).mean())}
            case Plant.MIXING:
                inside = world.area[world.pairs[:, 0]] == world.area[world.pairs[:, 1]]
                figures = {"part_inside": float(inside.mean())}
        names = unit_names(settings.units)
        return Planted(
            name=plant,
            units=tuple(names[unit].as_py() for unit in units),
            phase=phase,
            figures=figures,
        )


def synthetic_log(settings: Settings) -> Log:
    """A log drawn from the seed of ``settings``: cases are asked for, taken on, worked at by a
    team, reported as done and confirmed; one unit leads; ties run along a plan, but for some.

    Without a planted truth none of the seven is there: all planned ties are used, waits do not
    depend on the pair, roles and the mix of kinds are the same in every phase, joint acts per open
    case are even, burdens are alike, and areas, sectors and levels know nothing of who works with
    whom. Raises nothing beyond what ``Settings`` refuses.
    """
    return Log(settings=settings, world=drawn(settings))


def _named(names: tuple[str, ...], codes: Whole) -> pa.Array:
    return pa.array(names, pa.string()).take(pa.array(codes))


def _filled(held: dict[str, Any], schema: pa.Schema, rows: int) -> pa.Table:
    arrays = [held.get(field.name, pa.nulls(rows, field.type)) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)

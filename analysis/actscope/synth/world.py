"""Who there is, who is meant to work with whom, and the cases that come up: all that is drawn
before any act is."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from actscope.acts.schema import PHASES
from actscope.synth.settings import Plant, Settings

Whole = npt.NDArray[np.int64]
Real = npt.NDArray[np.float64]

HOUR = 3_600_000_000
DAY = 24 * HOUR
"""In microseconds, as all times here."""

LEAD = 0
"""The unit that leads from the first day."""

SECTORS = (
    *("government", "government", "government", "cdc"),
    *("hospital", "community", "social_organisation", "enterprise"),
)
"""Half of the organisations are government, as where one command leads many departments."""
LEVELS = ("district", "street")
PARTNERS = 4
TEAM = 3

ANSWER_HOURS = 4.0
SLOW_HOURS = 96.0
WORK_DAYS = 2.0
CONFIRM_HOURS = 6.0
DUE = 48 * HOUR

BURDENED = 6
"""One unit in so many carries most cases when a burden is planted …"""
BURDEN = 25.0
"""… being so many times as likely to be asked as another."""


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """Units by number; ``pairs`` (P × 2) are the planned ties without the lead's, which has one
    with everybody; ``blocked``, ``slow`` a planned pair, ``heir`` who takes the lead in phase
    ``turn``. Of each case, in order of opening: when it ``opened``, was ``answered``, ``finished``
    and ``closed``, its ``asker``, its ``host`` and its ``team`` (C × TEAM)."""

    sector: Whole
    level: Whole
    area: Whole
    pairs: Whole
    blocked: tuple[int, int] | None
    slow: tuple[int, int] | None
    heir: int | None
    turn: int
    burdened: Whole
    opened: Whole
    answered: Whole
    finished: Whole
    closed: Whole
    asker: Whole
    host: Whole
    team: Whole
    start: int
    end: int

    @property
    def units(self) -> int:
        """How many units there are."""
        return len(self.area)


def unit_names(number: int) -> pa.Array:
    """The names of the units."""
    width = len(str(number - 1))
    return pa.array([f"unit-{unit:0{width}}" for unit in range(number)], pa.string())


def phase_of(times: Whole, settings: Settings, world: World) -> Whole:
    """The number of the phase at each time: phases last equally long."""
    return (times - world.start) * settings.phases // (world.end - world.start)


def phase_names(settings: Settings) -> pa.Array:
    """The names of the phases; a single one is ``respond``, as an emergency is."""
    return pa.array(PHASES[: settings.phases] if settings.phases > 1 else ["respond"], pa.string())


def drawn(settings: Settings) -> World:
    """The world of the settings."""
    rng = np.random.default_rng([settings.seed, 0])
    sector, level, area = (_labels(rng, settings.units, n) for n in _classes(settings.units))
    pairs = _planned(rng, area, mixing=Plant.MIXING in settings.plants)
    blocked, slow = (_pair(pairs[row]) for row in rng.choice(len(pairs), 2, replace=False))
    heir = int(rng.integers(1, settings.units))
    others = np.arange(1, settings.units)
    burdened = rng.choice(others, max(1, settings.units // BURDENED), replace=False)
    allowed = pairs
    if Plant.BLOCKED_PAIR in settings.plants:
        allowed = pairs[(pairs != blocked).any(axis=1)]
    asker, host = _asked(rng, allowed, settings, burdened)
    start = int(settings.start.timestamp()) * 1_000_000
    end = start + settings.days * DAY
    opened = np.sort(start + (_openings(rng, settings.cases) * (end - start)).astype(np.int64))
    # The first case is at work before the end, so that there is something to act on.
    opened[0] = min(opened[0], start + (end - start) // 2)
    hours = np.full(settings.cases, ANSWER_HOURS)
    if Plant.SLOW_PAIR in settings.plants:
        hours[_is_pair(asker, host, slow)] = SLOW_HOURS
    answered = opened + _span(rng.gamma(2.0, hours / 2.0))
    answered[0] = min(answered[0], start + (end - start) * 3 // 4)
    finished = answered + _span(rng.gamma(2.0, 24 * WORK_DAYS / 2.0, settings.cases))
    return World(
        sector=sector,
        level=level,
        area=area,
        pairs=pairs,
        blocked=blocked if Plant.BLOCKED_PAIR in settings.plants else None,
        slow=slow if Plant.SLOW_PAIR in settings.plants else None,
        heir=heir if Plant.ROLE_CHANGE in settings.plants else None,
        turn=settings.phases // 2,
        burdened=np.sort(burdened) if Plant.BURDEN in settings.plants else burdened[:0],
        opened=opened,
        answered=answered,
        finished=finished,
        closed=finished + _span(rng.exponential(CONFIRM_HOURS, settings.cases)),
        asker=asker,
        host=host,
        team=_teams(rng, host, asker, allowed, settings.units),
        start=start,
        end=end,
    )


def _classes(units: int) -> tuple[int, int, int]:
    """How many sectors, levels and areas there are."""
    return len(SECTORS), len(LEVELS), max(2, min(12, units // 8))


def _labels(rng: np.random.Generator, units: int, classes: int) -> Whole:
    """Classes of nearly equal size, in an order that knows nothing of anything else."""
    return rng.permutation(np.arange(units, dtype=np.int64) % classes)


def _planned(rng: np.random.Generator, area: Whole, *, mixing: bool) -> Whole:
    """Each unit but the lead has some planned partners: neighbours on rings of random order. When
    a mixing is planted the rings run through one area after the other."""
    units = len(area)
    found = []
    for _ in range(PARTNERS // 2):
        ring = rng.permutation(np.arange(1, units))
        if mixing:
            ring = ring[np.argsort(area[ring], kind="stable")]
        found.append(np.column_stack((ring, np.roll(ring, 1))))
    pairs: Whole = np.unique(np.sort(np.concatenate(found), axis=1), axis=0)
    return pairs


def _asked(
    rng: np.random.Generator, pairs: Whole, settings: Settings, burdened: Whole
) -> tuple[Whole, Whole]:
    """Who asks and who is asked, for each case, along planned ties in both directions."""
    both = np.concatenate((pairs, pairs[:, ::-1]))
    weight = np.ones(len(both))
    if Plant.BURDEN in settings.plants:
        weight[np.isin(both[:, 1], burdened)] = BURDEN
    rows = rng.choice(len(both), settings.cases, p=weight / weight.sum())
    return both[rows, 0], both[rows, 1]


def _openings(rng: np.random.Generator, cases: int) -> Real:
    """Parts of the whole time in [0, 1): two cases in five at any time, the rest in a wave."""
    any_time = rng.random(cases)
    wave = rng.beta(3.0, 3.0, cases)
    return np.where(rng.random(cases) < 0.4, any_time, wave) * (1 - 1e-9)


def _teams(rng: np.random.Generator, host: Whole, asker: Whole, pairs: Whole, units: int) -> Whole:
    """For each case its asker and some partners of its host."""
    both = np.concatenate((pairs, pairs[:, ::-1]))
    both = both[np.argsort(both[:, 0], kind="stable")]
    first = np.searchsorted(both[:, 0], np.arange(units + 1))
    degree = np.diff(first)
    picks = (rng.random((len(host), TEAM - 1)) * degree[host][:, None]).astype(np.int64)
    return np.column_stack((asker, both[first[host][:, None] + picks, 1]))


def _pair(row: Whole) -> tuple[int, int]:
    return int(row[0]), int(row[1])


def _is_pair(one: Whole, other: Whole, pair: tuple[int, int]) -> npt.NDArray[np.bool_]:
    a, b = pair
    found: npt.NDArray[np.bool_] = ((one == a) & (other == b)) | ((one == b) & (other == a))
    return found


def _span(hours: Real) -> Whole:
    """Hours in microseconds, at least one second."""
    return np.maximum(1_000_000, (hours * HOUR).astype(np.int64))

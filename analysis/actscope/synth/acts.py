"""The acts of a world, drawn slot by slot in order of time."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.casting import arrow_schema
from actscope.acts.schema import ACTS, KINDS
from actscope.acts.times import INSTANT
from actscope.synth.settings import Plant, Settings
from actscope.synth.world import (
    DAY,
    DUE,
    LEAD,
    Real,
    Whole,
    World,
    phase_names,
    phase_of,
    unit_names,
)

SLOT_ACTS = 1_000_000
"""A slot is a day, or a part of one that has about so many acts …"""
BATCH_ACTS = 250_000
"""… and slots are drawn until there are so many, for a piece of the table."""

LEADING = 0.20
"""Part of the acts between that the unit in the lead does, or that are reported to it."""
STRAY = 0.02
"""Part of them that runs along no planned tie."""
THIRD = 0.25
"""Part of them that has a second partner."""

PEAK = 0.5
STEEPNESS = 5.0
"""Planted rise and fall: log r = −5 (s − 0.5)² over the whole time s from 0 to 1."""

BETWEEN = (
    "report",
    "transfer",
    "share",
    "joint_action",
    "clarify",
    "supervise",
    "deliberate",
    "pledge",
)
MIX = np.array([0.45, 0.05, 0.18, 0.12, 0.08, 0.05, 0.04, 0.03])
SHIFTED = np.array([0.05, 0.45, 0.18, 0.12, 0.08, 0.05, 0.04, 0.03])
OUTCOMES = pa.array(["in_time", "late", "confirmed"], pa.string())
IN_TIME, LATE, CONFIRMED, NONE = 0, 1, 2, -1


@dataclass(frozen=True, slots=True)
class _Rows:
    """Acts as columns of codes; ``third`` is −1 where there is one partner."""

    at: Whole
    case: Whole
    by: Whole
    partner: Whole
    third: Whole
    kind: Whole
    outcome: Whole

    def take(self, places: Whole | slice) -> "_Rows":
        return _Rows(*(getattr(self, name)[places] for name in self.__slots__))

    @staticmethod
    def joined(*parts: "_Rows") -> "_Rows":
        return _Rows(
            *(np.concatenate([getattr(p, name) for p in parts]) for name in _Rows.__slots__)
        )


def batches(settings: Settings, world: World) -> Iterator[pa.Table]:
    """The table of acts in pieces, in order of time and position, each with all columns."""
    told = _told(world)
    edges = _slots(settings, world)
    numbers = _numbers(settings, world, edges, told)
    bounds = np.searchsorted(told.at, edges)
    names, phases = unit_names(settings.units), phase_names(settings)
    position, first = 1, 0
    for last in _batch_ends(numbers):
        rng = np.random.default_rng([settings.seed, 1, first])
        slots = zip(
            numbers[first:last].tolist(), pairwise(edges[first : last + 1].tolist()), strict=True
        )
        placed = [_placed(rng, world, begin, end, number) for number, (begin, end) in slots]
        case, at = (np.concatenate(parts) for parts in zip(*placed, strict=True))
        between = _between(rng, settings, world, case, at)
        rows = _Rows.joined(told.take(slice(bounds[first], bounds[last])), between)
        rows = rows.take(np.argsort(rows.at, kind="stable"))
        yield _table(rows, position, settings, world, names, phases)
        position, first = position + len(rows.at), last


def _told(world: World) -> _Rows:
    """The four acts that every case has, as far as they fall into the time: it is asked for,
    taken on, reported as done, confirmed."""
    cases = np.arange(len(world.opened), dtype=np.int64)
    asked = np.where(cases % 2 == 0, KINDS.index("ask"), KINDS.index("dispatch"))
    late = world.finished > world.opened + DUE
    none = np.full(len(cases), NONE)

    def act(at: Whole, by: Whole, to: Whole, kind: Whole | str, outcome: Whole) -> _Rows:
        code = np.full(len(cases), KINDS.index(kind)) if isinstance(kind, str) else kind
        return _Rows(at, cases, by, to, none, code, outcome)

    rows = _Rows.joined(
        act(world.opened, world.asker, world.host, asked, none),
        act(world.answered, world.host, world.asker, "answer", none),
        act(world.finished, world.host, world.asker, "serve", np.where(late, LATE, IN_TIME)),
        act(world.closed, world.asker, world.host, "answer", np.full(len(cases), CONFIRMED)),
    )
    inside = np.flatnonzero(rows.at < world.end)
    return rows.take(inside[np.argsort(rows.at[inside], kind="stable")])


def _slots(settings: Settings, world: World) -> Whole:
    """Where slots begin, and where the last ends."""
    parts = -(-settings.acts // (settings.days * SLOT_ACTS))
    return np.linspace(world.start, world.end, settings.days * parts + 1).astype(np.int64)


def _numbers(settings: Settings, world: World, edges: Whole, told: _Rows) -> Whole:
    """How many acts between fall into each slot, such that all acts of a day are in proportion to
    the cases open on it (planted rise and fall: times that)."""
    days = world.start + DAY * np.arange(settings.days + 1)
    parts = (len(edges) - 1) // settings.days
    wanted = np.repeat(open_cases(world, days).astype(np.float64), parts)
    if Plant.RISE_AND_FALL in settings.plants:
        middle = (np.arange(len(wanted)) + 0.5) / len(wanted)
        wanted *= np.exp(-STEEPNESS * (middle - PEAK) ** 2)
    wanted *= settings.acts / wanted.sum()
    wanted -= np.diff(np.searchsorted(told.at, edges))
    for slot, (begin, end) in enumerate(pairwise(edges.tolist())):
        if not len(_busy(world, begin, end)):
            wanted[slot] = 0.0
    weight = np.maximum(wanted, 0.0)
    if not weight.any():
        # So few acts that the cases themselves take them all: the rest goes where work is.
        weight[np.searchsorted(edges, world.answered[0], side="right") - 1] = 1.0
    rng = np.random.default_rng([settings.seed, 2])
    numbers: Whole = rng.multinomial(settings.acts - len(told.at), weight / weight.sum())
    return numbers


def open_cases(world: World, days: Whole) -> Whole:
    """How many cases are open at some moment of each day; ``days`` are where days begin, and where
    the last ends."""
    begun = np.searchsorted(world.opened, days[1:])
    ended = np.searchsorted(np.sort(world.closed), days[:-1])
    return begun - ended


def _busy(world: World, begin: int, end: int) -> Whole:
    """The cases at work in a slot: answered before its end, not closed before its begin."""
    some = np.searchsorted(world.opened, end)
    chosen = (world.answered[:some] < end) & (world.closed[:some] > begin)
    return np.flatnonzero(chosen)


def _batch_ends(numbers: Whole) -> list[int]:
    """The slots before which a piece of the table ends."""
    full = np.cumsum(numbers) // BATCH_ACTS
    return [*(np.flatnonzero(np.diff(full)) + 1).tolist(), len(numbers)]


def _placed(
    rng: np.random.Generator, world: World, begin: int, end: int, number: int
) -> tuple[Whole, Whole]:
    """Cases at work in a slot, and times at which they are."""
    busy = _busy(world, begin, end) if number else np.zeros(1, np.int64)
    case = busy[rng.integers(0, len(busy), number)]
    since = np.maximum(world.answered[case], begin)
    until = np.minimum(world.closed[case], end)
    return case, since + (rng.random(number) * (until - since)).astype(np.int64)


def _between(
    rng: np.random.Generator, settings: Settings, world: World, case: Whole, at: Whole
) -> _Rows:
    """What is done about open cases between the answer and the close."""
    number = len(case)
    host = world.host[case]
    member = world.team[case, rng.integers(0, world.team.shape[1], number)]
    out = rng.random(number) < 0.5
    by, partner = np.where(out, host, member), np.where(out, member, host)
    phase = phase_of(at, settings, world)
    kind = _kinds(rng, settings, world, phase)
    dice = rng.random(number)
    leading = dice < LEADING
    stray = (dice >= LEADING) & (dice < LEADING + STRAY)
    lead = np.full(number, LEAD)
    if world.heir is not None:
        lead[phase >= world.turn] = world.heir
    anyone = rng.integers(0, settings.units, number)
    # Half of it goes out and half comes in: the lead is in the middle and not only at the top.
    by = np.where(leading, np.where(out, lead, anyone), by)
    partner = np.where(leading & ~out, lead, np.where(leading | stray, anyone, partner))
    steering = np.where(member % 2 == 0, KINDS.index("decide"), KINDS.index("convene"))
    kind = np.where(leading & out, steering, kind)
    third = np.where(rng.random(number) < THIRD, world.team[case, 0], -1)
    partner, third = _mended(by, partner, third, world)
    return _Rows(at, case, by, partner, third, kind, np.full(number, NONE))


def _mended(by: Whole, partner: Whole, third: Whole, world: World) -> tuple[Whole, Whole]:
    """No unit is its own partner, none is named twice, and nothing runs along a blocked tie."""
    if world.blocked is not None:
        a, b = world.blocked
        for one, other in ((a, b), (b, a)):
            partner = np.where((by == one) & (partner == other), LEAD, partner)
            third = np.where((by == one) & (third == other), -1, third)
    partner = np.where(partner == by, np.where(by == LEAD, 1, LEAD), partner)
    third = np.where((third == by) | (third == partner), -1, third)
    return partner, third


def _kinds(rng: np.random.Generator, settings: Settings, world: World, phase: Whole) -> Whole:
    count = settings.kinds - (len(KINDS) - len(BETWEEN))
    codes = np.array([KINDS.index(kind) for kind in BETWEEN[:count]])

    def drawn(mix: Real, size: int) -> Whole:
        bounds = np.cumsum(mix[:count] / mix[:count].sum())
        bounds[-1] = 1.0
        return codes[np.searchsorted(bounds, rng.random(size), side="right")]

    kinds = drawn(MIX, len(phase))
    if Plant.PHASE_SHIFT in settings.plants:
        later = phase >= world.turn
        kinds[later] = drawn(SHIFTED, int(np.count_nonzero(later)))
    return kinds


def _table(
    rows: _Rows,
    position: int,
    settings: Settings,
    world: World,
    names: pa.Array,
    phases: pa.Array,
) -> pa.Table:
    size = len(rows.at)
    numbers = pa.array(np.arange(position, position + size))
    opened = world.opened[rows.case]
    at = pc.cast(pa.array(rows.at), INSTANT)
    columns = {
        "position": numbers,
        "id": pc.binary_join_element_wise("act-", pc.cast(numbers, pa.string()), ""),
        "at": at,
        "recorded_at": at,
        "by_unit": names.take(pa.array(rows.by)),
        "with_units": _partners(rows, names),
        "kind": pa.array(KINDS).take(pa.array(rows.kind)),
        "incident": _repeated("incident-1", size),
        "phase": phases.take(pa.array(phase_of(rows.at, settings, world))),
        "area": area_names(world).take(pa.array(world.area[rows.by])),
        "about_kind": _repeated("task", size),
        "about_id": pc.binary_join_element_wise(
            "case-", pc.cast(pa.array(rows.case + 1), pa.string()), ""
        ),
        "asked_at": pc.cast(pa.array(opened), INSTANT),
        "due_at": pc.cast(pa.array(opened + DUE), INSTANT),
        "outcome": OUTCOMES.take(pa.array(rows.outcome, mask=rows.outcome < 0)),
        "visibility": _repeated("parties", size),
        "origin": _repeated("synthetic", size),
    }
    schema = arrow_schema(ACTS)
    arrays = [columns.get(field.name, pa.nulls(size, field.type)) for field in schema]
    return pa.Table.from_arrays(arrays, schema=schema)


def _partners(rows: _Rows, names: pa.Array) -> pa.Array:
    both = np.column_stack((rows.partner, rows.third)).ravel()
    ends = np.cumsum(1 + (rows.third >= 0))
    offsets = pa.array(np.concatenate(([0], ends)).astype(np.int32))
    return pa.ListArray.from_arrays(offsets, names.take(pa.array(both[both >= 0])))


def area_names(world: World) -> pa.Array:
    """Codes of areas, by number."""
    return pa.array([f"0{10_001 + code}" for code in range(int(world.area.max()) + 1)], pa.string())


def _repeated(word: str, times: int) -> pa.Array:
    return pa.DictionaryArray.from_arrays(
        pa.array(np.zeros(times, np.int8)), pa.array([word], pa.string())
    ).dictionary_decode()

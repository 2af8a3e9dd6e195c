"""Each truth planted in a synthetic log is found by the measure that is meant to find it, and is
not found where it is absent, in at least 95 of 100 seeds.

Two hundred logs of each make-up are drawn; what can be is measured on all of them at once, each
log standing as a phase of one table.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pytest

from actscope.counting import asked_about
from actscope.dimensions.mechanisms import burden
from actscope.dimensions.requests import requests
from actscope.dimensions.resampling import gini
from actscope.dimensions.view import HOUR, view
from actscope.network.graph import Graph, graph_of_network, graph_of_ties
from actscope.network.mixing import Mixing, mixing
from actscope.network.plan_fit import plan_fit
from actscope.network.roles import Role, role_states
from actscope.network.ties import Network, ties
from actscope.synth.log import Log, synthetic_log
from actscope.synth.settings import Plant, Settings
from actscope.tempo.joint import joint_acts
from actscope.tempo.load import load_of_cases
from actscope.tempo.phase_mix import phase_mixes
from actscope.tempo.trend import rise_then_fall

SEEDS = 200
ENOUGH = 190
PERMUTATIONS = 200
FEW = 10
"""Units of which one is the top tenth."""
MANY = 24
"""Units of three areas: labels can be handed out in so many ways that a sample must do."""
Pair = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A log with its acts."""

    log: Log
    acts: pa.Table

    def units_of(self, plant: Plant) -> Pair:
        """The units that the planted truth is about."""
        (truth,) = (truth for truth in self.log.planted() if truth.name == plant)
        return tuple(sorted(truth.units))


@cache
def logs(*plants: Plant, units: int = FEW) -> tuple[Drawn, ...]:
    """Two hundred logs with the same truths planted."""
    settings = [
        Settings(
            acts=1_500,
            units=units,
            cases=120,
            days=40,
            phases=2,
            seed=seed,
            plants=frozenset(plants),
        )
        for seed in range(SEEDS)
    ]
    return tuple(Drawn(log, log.acts()) for log in map(synthetic_log, settings))


def together(drawn: tuple[Drawn, ...], phase: Callable[[int, str], str]) -> pa.Table:
    """All logs in one table; ``phase`` makes the name of a phase out of place and name."""
    tables = []
    for place, one in enumerate(drawn):
        old = one.acts["phase"].to_pylist()
        at = one.acts.column_names.index("phase")
        new = pa.array([phase(place, name) for name in old], pa.string())
        tables.append(one.acts.set_column(at, "phase", new))
    return pa.concat_tables(tables)


def networks(drawn: tuple[Drawn, ...]) -> tuple[Network, ...]:
    """The network of each log."""
    return ties(together(drawn, lambda place, _: f"{place:03}"), at_least=0).phases


def blocked_pairs(log: Log, network: Network) -> list[Pair]:
    """The planned ties on which nothing came about."""
    units = [node.unit for node in network.nodes]
    actual = graph_of_ties(network.ties, actors=units, directed=False)
    planned = graph_of_ties(log.plan(), directed=False)
    return [tuple(sorted(pair)) for pair in plan_fit(planned, actual).blocking]


def slow_pairs(drawn: Drawn) -> list[Pair]:
    """The pairs between which an answer takes more than a day in the middle."""
    seen = view(drawn.acts, drawn.log.actors())
    found = requests(seen)
    there = found.is_answered
    hours = (found.answered - found.at)[there] / HOUR
    size = len(seen.organisations)
    low, high = (f(found.asker, found.asked)[there] for f in (np.minimum, np.maximum))
    keys = low * size + high
    names = seen.organisations.names
    return [
        tuple(sorted((names[key // size], names[key % size])))
        for key in np.unique(keys).tolist()
        if np.median(hours[keys == key]) > 24
    ]


def inequality(drawn: Drawn) -> float:
    """Gini of the requests that the units received."""
    seen = view(drawn.acts, drawn.log.actors())
    received = burden(seen, requests(seen))
    return float(gini(received, np.ones((1, len(received))))[0])


def leads(drawn: tuple[Drawn, ...]) -> list[list[frozenset[str]]]:
    """Who leads in each of the two phases of each log."""
    found = role_states(together(drawn, lambda place, name: f"{place:03} {name}"))
    order = {"prepare": 0, "watch": 1}
    result: list[list[frozenset[str]]] = [[frozenset()] * 2 for _ in range(SEEDS)]
    for column, phase in enumerate(found.phases):
        place, name = phase.split()
        result[int(place)][order[name]] = frozenset(
            unit
            for unit, states in zip(found.units, found.states, strict=True)
            if states[column] is Role.LEAD
        )
    return result


def rises_and_falls(drawn: Drawn) -> bool:
    """The test of the curve of cooperation, the load being known."""
    joint = joint_acts(drawn.acts, asked_about(drawn.acts, None), zone="UTC")
    load = load_of_cases(drawn.log.cases(), days=joint.days, zone="UTC")
    return rise_then_fall(joint.numbers, load.numbers).found


def shifts(drawn: Drawn) -> list[bool | None]:
    """Between which neighbouring phases the mix of kinds has shifted."""
    return [shift.shifted for shift in phase_mixes(drawn.acts).shifts]


def mixed(drawn: tuple[Drawn, ...]) -> list[Mixing]:
    """How far units of one area keep to themselves, in each log."""
    graphs = map(graph_of_network, networks(drawn))
    return [
        mixing(graph, *areas(graph, one.log), permutations=PERMUTATIONS)
        for one, graph in zip(drawn, graphs, strict=True)
    ]


def areas(graph: Graph, log: Log) -> tuple[npt.NDArray[np.int64], tuple[str, ...]]:
    """The area of each actor of a network, in codes, and their names."""
    area = dict(zip(*(log.actors()[name].to_pylist() for name in ("unit", "area")), strict=True))
    labels = sorted(set(area.values()))
    return np.array([labels.index(area[name]) for name in graph.names]), tuple(labels)


def keeps_apart(found: Mixing) -> bool:
    """Fewer ties between areas than chance would give."""
    assert found.z is not None
    assert found.p is not None
    return found.z < 0 and found.p < 0.01


FIRST = (Plant.BLOCKED_PAIR, Plant.SLOW_PAIR)
SECOND = (Plant.ROLE_CHANGE, Plant.PHASE_SHIFT)
THIRD = (Plant.RISE_AND_FALL, Plant.BURDEN)
"""Truths that do not touch each other, in one log."""


def test_a_blocked_pair_is_the_only_planned_tie_without_acts() -> None:
    planted = logs(*FIRST)

    found = [
        blocked_pairs(drawn.log, network) == [drawn.units_of(Plant.BLOCKED_PAIR)]
        for drawn, network in zip(planted, networks(planted), strict=True)
    ]
    absent = [
        blocked_pairs(drawn.log, network) == []
        for drawn, network in zip(logs(), networks(logs()), strict=True)
    ]

    assert sum(found) >= ENOUGH
    assert sum(absent) >= ENOUGH


def test_a_slow_pair_is_the_only_one_that_waits_long() -> None:
    found = [slow_pairs(one) == [one.units_of(Plant.SLOW_PAIR)] for one in logs(*FIRST)]
    absent = [slow_pairs(one) == [] for one in logs()]

    assert sum(found) >= ENOUGH
    assert sum(absent) >= ENOUGH


def test_a_change_of_the_lead_shows_in_the_phase_in_which_it_happens() -> None:
    planted = logs(*SECOND)

    found = [
        states == [frozenset({unit}) for unit in drawn.units_of(Plant.ROLE_CHANGE)]
        for states, drawn in zip(leads(planted), planted, strict=True)
    ]
    absent = [states == [frozenset({"unit-0"})] * 2 for states in leads(logs())]

    assert sum(found) >= ENOUGH
    assert sum(absent) >= ENOUGH


def test_a_rise_and_fall_is_told_from_that_of_the_load() -> None:
    assert sum(map(rises_and_falls, logs(*THIRD))) >= ENOUGH
    assert sum(not rises_and_falls(one) for one in logs()) >= ENOUGH


def test_a_shift_of_the_core_task_is_found_between_its_phases() -> None:
    assert sum(shifts(one) == [True] for one in logs(*SECOND)) >= ENOUGH
    assert sum(shifts(one) == [False] for one in logs()) >= ENOUGH


def test_an_unequal_burden_has_a_large_gini() -> None:
    assert sum(inequality(one) > 0.45 for one in logs(*THIRD)) >= ENOUGH
    assert sum(inequality(one) < 0.45 for one in logs()) >= ENOUGH


def test_units_that_keep_to_their_area_are_found() -> None:
    planted, absent = logs(Plant.MIXING, units=MANY), logs(units=MANY)

    assert sum(map(keeps_apart, mixed(planted))) >= ENOUGH
    assert sum(not keeps_apart(one) for one in mixed(absent)) >= ENOUGH


def test_labels_handed_out_anew_send_z_to_nought() -> None:
    planted = logs(Plant.MIXING, units=MANY)[:1]
    graph = graph_of_network(networks(planted)[0])
    code, labels = areas(graph, planted[0].log)
    rng = np.random.default_rng(1)

    z = [
        mixing(graph, rng.permutation(code), labels, permutations=PERMUTATIONS).z
        for _ in range(SEEDS)
    ]

    known = np.array([value for value in z if value is not None])
    assert len(known) == SEEDS
    assert abs(known.mean()) < 3 / np.sqrt(SEEDS)
    assert known.std() == pytest.approx(1, abs=0.2)

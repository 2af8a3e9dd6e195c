"""Which part each unit plays in each phase, and how the parts change hands."""

import math
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.codes import Codes, coded_together, distinct
from actscope.counting import Mask, asked_about, column_of
from actscope.definition import Definition
from actscope.network.betweenness import betweenness
from actscope.network.change import ranks
from actscope.network.graph import Weights, graph_of_network
from actscope.network.ties import Network, Ties, ties
from actscope.results import Result

LEADING = ("convene", "decide", "dispatch")
TASKING = ("dispatch", "ask")
SUPPORTING = ("transfer", "serve")
OBSERVES_UNDER = 5
PERMUTATIONS = 1_000
ROUNDING = 1e-12


class Role(StrEnum):
    """The part a unit plays in a phase."""

    LEAD = "lead"
    BROKER = "broker"
    EXECUTOR = "executor"
    SUPPORTER = "supporter"
    MEMBER = "member"
    OBSERVER = "observer"
    ABSENT = "absent"


ROLES = Definition(
    en=(
        "Role of a unit in a phase, the first that holds. Absent: no act. Lead: sends convene, "
        "decide or dispatch acts and is in the top tenth of the active units (at least one) by the "
        "mean of its ranks in the strength of these and in betweenness. Broker: betweenness more "
        "than one standard deviation above the mean of the active units. Executor, supporter: in "
        "the upper quarter of the units that receive dispatch or ask acts, or that give transfer "
        "or serve acts. Observer: under 5 acts. Member: all others. Stability: 1 − changes of role "
        "÷ (phases − 1)."
    ),
    zh=(
        "单位在某阶段的角色，取最先成立者。缺席：无行为。牵头：发出召集、决定或派遣，且按其强度与"
        "中介中心性的平均名次居活跃单位前十分之一（至少一个）。居间：中介中心性高于活跃单位均值一个"
        "标准差以上。执行、支持：在接受派遣或求助、提供转运或服务的单位中居前四分之一。旁观：行为少于"
        "5 次。一般成员：其余。稳定性：1－角色变化次数÷（阶段数－1）。"
    ),
    source="After Abbasi & Kapucu 2012, J. Homeland Security and Emergency Management 9(1).",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleStates(Result):
    """``states[u][p]``: the role of ``units[u]`` in ``phases[p]``; ``acts`` likewise, in how many
    acts it took part. ``stability`` of each unit is ``None`` under two phases or when it is absent
    from all; ``mean_stability`` is over the ``n`` others, ``missing`` those without.

    ``transitions[s][t]``: how often a unit in role ``roles[s]`` had ``roles[t]`` in the next phase,
    units that are absent from all phases left out; ``probabilities`` the same ÷ its row."""

    n: int
    missing: int
    units: tuple[str, ...]
    phases: tuple[str, ...]
    states: tuple[tuple[Role, ...], ...]
    acts: tuple[tuple[int, ...], ...]
    stability: tuple[float | None, ...]
    mean_stability: float | None
    roles: tuple[Role, ...]
    transitions: tuple[tuple[int, ...], ...]
    probabilities: tuple[tuple[float | None, ...], ...]
    definition: Definition


@dataclass(frozen=True, slots=True, kw_only=True)
class StabilityDifference(Result):
    """Mean stability of the ``n_one`` units of one kind less that of the ``n_other`` others; p by
    shuffling the kinds, two-sided. ``missing`` units have no kind or no stability."""

    n_one: int
    n_other: int
    missing: int
    difference: float | None
    p: float | None
    permutations: int


def role_states(acts: pa.Table, *, units: Collection[str] = ()) -> RoleStates:
    """The role of every unit in every phase of a table of acts; ``units``: further ones that could
    have acted. Raises ``ColumnMissingError``."""
    whole = ties(acts, units=units, at_least=0)
    names = tuple(node.unit for node in whole.whole.nodes)
    leading, tasking, supporting = (
        ties(acts, units=names, kinds=kinds, at_least=0) for kinds in (LEADING, TASKING, SUPPORTING)
    )
    phases = tuple(network.phase or "" for network in whole.phases)
    numbers = [_acts_of(acts, names, phase) for phase in phases]
    states = [
        _states(
            number,
            betweenness(graph_of_network(network)).values,
            _strengths(leading, phase, names, "sent"),
            _strengths(tasking, phase, names, "received"),
            _strengths(supporting, phase, names, "sent"),
        )
        for phase, network, number in zip(phases, whole.phases, numbers, strict=True)
    ]
    by_unit = [tuple(row) for row in zip(*states, strict=True)] if states else [()] * len(names)
    present = [any(role is not Role.ABSENT for role in row) for row in by_unit]
    stability = tuple(
        _stability(row) if there else None for row, there in zip(by_unit, present, strict=True)
    )
    known = [value for value in stability if value is not None]
    changes = _changes([row for row, there in zip(by_unit, present, strict=True) if there])
    return RoleStates(
        n=len(known),
        missing=len(names) - len(known),
        units=names,
        phases=phases,
        states=tuple(by_unit),
        acts=tuple(zip(*(number.tolist() for number in numbers), strict=True))
        if numbers
        else ((),) * len(names),
        stability=stability,
        mean_stability=float(np.mean(known)) if known else None,
        roles=tuple(Role),
        transitions=tuple(map(tuple, changes.tolist())),
        probabilities=tuple(
            tuple(number / sum(row) if sum(row) else None for number in row)
            for row in changes.tolist()
        ),
        definition=ROLES,
    )


def stability_difference(
    states: RoleStates,
    kinds: Mapping[str, str],
    one: str,
    *,
    permutations: int = PERMUTATIONS,
    seed: int = 1,
) -> StabilityDifference:
    """Whether units of the kind ``one`` (say ``government``) keep their roles more than others.
    ``kinds``: the kind of each unit by its name."""
    pairs = [
        (kinds[unit] == one, value)
        for unit, value in zip(states.units, states.stability, strict=True)
        if unit in kinds and value is not None
    ]
    member = np.array([is_one for is_one, _ in pairs], np.bool_)
    values = np.array([value for _, value in pairs])
    inside, outside = int(member.sum()), int((~member).sum())
    difference = p = None
    if inside and outside:
        difference = _difference(member, values)
        rng = np.random.default_rng(seed)
        found = [_difference(rng.permutation(member), values) for _ in range(permutations)]
        as_far = np.count_nonzero(np.abs(found) >= abs(difference) - ROUNDING)
        p = (as_far + 1) / (permutations + 1)
    return StabilityDifference(
        n_one=inside,
        n_other=outside,
        missing=len(states.units) - len(pairs),
        difference=difference,
        p=p,
        permutations=permutations,
    )


def _difference(member: Mask, values: Weights) -> float:
    return float(values[member].mean() - values[~member].mean())


def _acts_of(acts: pa.Table, names: tuple[str, ...], phase: str) -> Codes:
    """In how many acts of a phase each unit took part, on whichever side."""
    rows = pc.and_(pc.equal(column_of(acts, "phase"), phase), pa.array(asked_about(acts, None)))
    chosen = acts.filter(pc.fill_null(rows, False))
    partners = column_of(chosen, "with_units")
    who = pc.cast(column_of(chosen, "by_unit"), pa.string())
    order = pa.chunked_array([pa.array(names, pa.string())])
    (_, by, partner), _ = coded_together((order, who, pc.list_flatten(partners)))
    place = pc.list_parent_indices(partners).to_numpy()
    act = np.concatenate([np.arange(len(by)), place])
    unit = np.concatenate([by, partner])
    taken = distinct((act * len(names) + unit)[unit >= 0])
    return np.bincount(taken % max(len(names), 1), minlength=len(names))


def _strengths(found: Ties, phase: str, names: tuple[str, ...], side: str) -> Weights:
    """What each unit sent or received in a phase."""
    of_phase: list[Network] = [network for network in found.phases if network.phase == phase]
    held = {node.unit: getattr(node, side) for network in of_phase for node in network.nodes}
    return np.array([held.get(name, 0.0) for name in names])


def _states(
    number: Codes, between: Weights, leading: Weights, tasked: Weights, supporting: Weights
) -> list[Role]:
    active = number > 0
    leads, brokers = _leads(active, between, leading), _brokers(active, between)
    executes, supports = _upper_quarter(tasked), _upper_quarter(supporting)
    holds = (
        (Role.ABSENT, ~active),
        (Role.LEAD, leads),
        (Role.BROKER, brokers),
        (Role.EXECUTOR, executes),
        (Role.SUPPORTER, supports),
        (Role.OBSERVER, number < OBSERVES_UNDER),
    )
    return [
        next((role for role, who in holds if who[unit]), Role.MEMBER) for unit in range(len(number))
    ]


def _leads(active: Mask, between: Weights, leading: Weights) -> Mask:
    """The top tenth, at least one, of the active units that lead at all."""
    chosen = np.zeros(len(active), np.bool_)
    rank = ranks(leading) + ranks(between)
    could = np.flatnonzero(leading > 0)
    # Of equal ranks, who leads more goes first.
    best = could[np.lexsort((could, -leading[could], -rank[could]))]
    chosen[best[: math.ceil(np.count_nonzero(active) / 10)]] = True
    return chosen


def _brokers(active: Mask, between: Weights) -> Mask:
    values = between[active]
    if not len(values) or not values.std():
        return np.zeros(len(active), np.bool_)
    brokers: Mask = active & (between > values.mean() + values.std())
    return brokers


def _upper_quarter(values: Weights) -> Mask:
    some = values[values > 0]
    if not len(some):
        return np.zeros(len(values), np.bool_)
    return values >= np.quantile(some, 0.75)


def _stability(states: tuple[Role, ...]) -> float | None:
    changes = sum(one is not other for one, other in pairwise(states))
    return 1 - changes / (len(states) - 1) if len(states) > 1 else None


def _changes(rows: list[tuple[Role, ...]]) -> Codes:
    roles = list(Role)
    number = np.zeros((len(roles), len(roles)), np.int64)
    for row in rows:
        for one, other in pairwise(row):
            number[roles.index(one), roles.index(other)] += 1
    return number

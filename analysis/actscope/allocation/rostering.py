"""The constraint program behind a roster (CP-SAT of OR-tools: Perron & Furnon)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import combinations
from typing import Any

from ortools.sat.python import cp_model

from actscope.allocation.shifts import Person, Shift

LEAD = "lead"
"""The role of whoever leads; it is told as a skill in what is assigned and what is short."""


@dataclass(frozen=True, slots=True)
class Rules:
    """``rest`` between two shifts of one person; ``span``: least and most members per leader, or
    ``None``; ``limits``: whether the most shifts of a person count."""

    rest: timedelta
    span: tuple[int, int] | None
    limits: bool = True

    def leaders(self, shift: Shift) -> tuple[int, int]:
        """The fewest and the most who lead a shift; one leader is never too many."""
        if self.span is None or not shift.members:
            return 0, 0
        least, most = self.span
        fewest = -(-shift.members // most)
        return fewest, max(fewest, 1, shift.members // least)

    def without(self) -> dict[str, "Rules"]:
        """The rules with one of them dropped, by its name."""
        span = {"span": replace(self, span=None)} if self.span else {}
        return {
            "rest": replace(self, rest=timedelta(0)),
            "max_shifts": replace(self, limits=False),
            **span,
        }


@dataclass(frozen=True, slots=True)
class Answer:
    """``assigned``: (shift, person, skill). ``short``: (shift, skill, number) that nobody fills.
    ``value`` and ``bound`` of what was minimised: the shortage, or the spread of load."""

    assigned: tuple[tuple[str, str, str], ...]
    short: tuple[tuple[str, str, int], ...]
    value: int
    bound: int


def least_shortage(
    people: Sequence[Person], shifts: Sequence[Shift], rules: Rules, *, seed: int, effort: float
) -> Answer | None:
    """As few empty places as can be."""
    program = _Program(people, shifts, rules)
    program.model.minimize(sum(program.short.values()))
    return program.answer(seed, effort)


def least_spread(
    people: Sequence[Person], shifts: Sequence[Shift], rules: Rules, *, seed: int, effort: float
) -> Answer | None:
    """Every place filled, and the difference between the greatest and the least number of shifts,
    over all who could work at all, as small as can be. ``None``: none was found."""
    program = _Program(people, shifts, rules)
    for missing in program.short.values():
        program.model.add(missing == 0)
    loads = list(program.loads.values())
    top, low = (program.model.new_int_var(0, len(shifts), name) for name in ("top", "low"))
    for load in loads:
        program.model.add(load <= top)
        program.model.add(load >= low)
    program.model.minimize(top - low if loads else 0)
    return program.answer(seed, effort)


class _Program:
    """One Boolean for each person, shift and role that fits."""

    def __init__(self, people: Sequence[Person], shifts: Sequence[Shift], rules: Rules) -> None:
        self.model = cp_model.CpModel()
        self.place: dict[tuple[str, str, str], Any] = {}
        self.short: dict[tuple[str, str], Any] = {}
        self.loads: dict[str, Any] = {}
        for shift in shifts:
            self._fill(people, shift, rules)
        near = [(a, b) for a, b in combinations(shifts, 2) if a.too_near(b, rules.rest)]
        for person in people:
            self._employ(person, shifts, near, rules)

    def _fill(self, people: Sequence[Person], shift: Shift, rules: Rules) -> None:
        for skill, number in shift.needs:
            fit = [person for person in people if skill in person.skills]
            self._role(fit, shift, skill, number, number)
        fewest, most = rules.leaders(shift)
        if most:
            self._role([person for person in people if person.leads], shift, LEAD, fewest, most)

    def _role(self, fit: Sequence[Person], shift: Shift, role: str, fewest: int, most: int) -> None:
        taken = [self.model.new_bool_var("") for _ in fit]
        for person, variable in zip(fit, taken, strict=True):
            self.place[shift.id, person.id, role] = variable
        missing = self.model.new_int_var(0, fewest, "")
        self.model.add(sum(taken) + missing >= fewest)
        self.model.add(sum(taken) <= most)
        self.short[shift.id, role] = missing

    def _employ(
        self,
        person: Person,
        shifts: Sequence[Shift],
        near: Sequence[tuple[Shift, Shift]],
        rules: Rules,
    ) -> None:
        roles: dict[str, list[Any]] = {}
        for shift in shifts:
            for role in (*(skill for skill, _ in shift.needs), LEAD):
                if (variable := self.place.get((shift.id, person.id, role))) is not None:
                    roles.setdefault(shift.id, []).append(variable)
        for variables in roles.values():
            self.model.add_at_most_one(variables)
        for one, two in near:
            if one.id in roles and two.id in roles:
                self.model.add_at_most_one(roles[one.id] + roles[two.id])
        if not roles:
            return
        load = sum(variable for variables in roles.values() for variable in variables)
        if rules.limits and person.most is not None:
            self.model.add(load <= person.most)
        self.loads[person.id] = load

    def answer(self, seed: int, effort: float) -> Answer | None:
        """One worker and deterministic time, so that the same question has the same answer."""
        solver = cp_model.CpSolver()
        solver.parameters.num_workers = 1
        solver.parameters.random_seed = seed
        solver.parameters.max_deterministic_time = effort
        if solver.solve(self.model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
            return None
        return Answer(
            tuple(key for key, variable in self.place.items() if solver.value(variable)),
            tuple(
                (*key, missing)
                for key, variable in self.short.items()
                if (missing := solver.value(variable))
            ),
            round(solver.objective_value),
            round(solver.best_objective_bound),
        )

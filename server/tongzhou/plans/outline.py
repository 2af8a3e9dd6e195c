"""What a plan would do in an incident: every line of it, to whom it goes, and what stands in
the way. A pure function of the plan, the places, who was found for what, and what the person
at the desk wants otherwise."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Literal, TypeVar
from uuid import UUID

from tongzhou.actors.models import Unit
from tongzhou.library.kinds.plan import Plan, PlanGroup, PlanMeasure, PlanTask, Seat
from tongzhou.places.models import Area
from tongzhou.plans.rules import Judgement, judge

Figures = Mapping[str, float | None]


@dataclass(frozen=True)
class Spot:
    """A place to be filled: whoever is accountable for a duty there, or the unit with such a
    post."""

    area: str
    duty: str = ""
    role: str = ""
    sector: str = ""
    level: str = ""


@dataclass(frozen=True)
class Obstacle:
    """Why nobody was found, or why a line cannot be done: a stable code and a sentence."""

    code: str
    sentence: str


@dataclass(frozen=True)
class Found:
    """Who fills a spot; without a unit, why not. ``near``: somebody who might be asked."""

    unit: Unit | None = None
    why: Obstacle | None = None
    cell: UUID | None = None
    near: Unit | None = None


Act = Literal["leave_out", "assign", "include"]


@dataclass(frozen=True)
class Overrule:
    """What the person wants otherwise of one line, and why."""

    line: str
    act: Act
    reason: str
    unit: Unit | None = None


class Standing(StrEnum):
    """How a line stands in the outline."""

    READY = "ready"  # would be done
    KEPT = "kept"  # exists already, from a plan that stands
    UNRESOLVED = "unresolved"  # nobody was found, or a length is not known
    LEFT_OUT = "left_out"  # by the person
    NOT_MET = "not_met"  # its rule does not hold here
    UNDECIDED = "undecided"  # a figure of its rule is missing


@dataclass(frozen=True)
class Line:
    """What all lines have in common. ``name`` tells them apart within a plan
    ("task:trace@3301"); ``key`` is the plan's own."""

    kind: str
    key: str
    title_zh: str
    title_en: str
    area: Area
    standing: Standing
    unit: Unit | None = None
    why: Obstacle | None = None
    near: Unit | None = None
    judgement: Judgement = field(default_factory=lambda: Judgement("met"))
    overrule: Overrule | None = None
    kept: UUID | None = None

    @property
    def name(self) -> str:
        """Its name within the plan."""
        return f"{self.kind}:{self.key}"

    @property
    def done(self) -> bool:
        """True where standing up makes something of it."""
        return self.standing == Standing.READY


L = TypeVar("L", bound=Line)


@dataclass(frozen=True)
class GroupLine(Line):
    """A working group: its chair is the line's unit."""

    group: PlanGroup | None = None
    members: tuple[Unit, ...] = ()
    missing: tuple[Obstacle, ...] = ()


@dataclass(frozen=True)
class TaskLine(Line):
    """A task: its lead is the line's unit. ``basis`` is the plan's, or agreement where the
    authority does not stand above the lead."""

    task: PlanTask | None = None
    basis: str = ""
    due_at: datetime | None = None
    cell: UUID | None = None


@dataclass(frozen=True)
class MeasureLine(Line):
    """A measure: ``expires_at`` and the days of its stop rule's window."""

    measure: PlanMeasure | None = None
    expires_at: datetime | None = None
    window: int | None = None


@dataclass(frozen=True)
class Outline:
    """The whole of it, in the plan's order."""

    plan: Plan
    groups: tuple[GroupLine, ...]
    tasks: tuple[TaskLine, ...]
    measures: tuple[MeasureLine, ...]

    @property
    def lines(self) -> tuple[Line, ...]:
        """Groups, tasks, measures."""
        return (*self.groups, *self.tasks, *self.measures)

    @property
    def unresolved(self) -> tuple[Line, ...]:
        """What could not be resolved."""
        return tuple(line for line in self.lines if line.standing == Standing.UNRESOLVED)

    @property
    def undecided(self) -> tuple[MeasureLine, ...]:
        """Measures whose rule lacks a figure."""
        return tuple(line for line in self.measures if line.standing == Standing.UNDECIDED)

    @property
    def units(self) -> list[Unit]:
        """Everybody who gets something to do or sits in a group, each once."""
        found: dict[UUID, Unit] = {}
        for line in self.lines:
            if line.standing in (Standing.READY, Standing.KEPT) and line.unit is not None:
                found[line.unit.id] = line.unit
        for group in self.groups:
            if group.standing in (Standing.READY, Standing.KEPT):
                found |= {unit.id: unit for unit in group.members}
        return list(found.values())

    @property
    def digest(self) -> str:
        """A fingerprint of what would be done: two outlines with the same one do the same."""
        words = [
            f"{line.name} {line.standing} {line.unit.code if line.unit else ''}"
            + (" ".join(unit.code for unit in line.members) if isinstance(line, GroupLine) else "")
            for line in self.lines
        ]
        return hashlib.sha256("\n".join(words).encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Given:
    """What an outline is made from. ``parts``: the areas of each level inside the incident's
    own; ``figures`` by code of the area; ``standing``: lines that exist already, by name, with
    what they made; ``by_line``: the authority's unit, and whether a unit stands below it."""

    plan: Plan
    area: Area
    parts: Mapping[str, Sequence[Area]]
    figures: Mapping[str, Figures]
    incubation_days: int | None
    found: Mapping[Spot, Found]
    authority: UUID
    at: datetime
    overrules: Mapping[str, Overrule] = field(default_factory=dict)
    standing: Mapping[str, tuple[UUID, Unit | None]] = field(default_factory=dict)


def spots(plan: Plan, area: Area, parts: Mapping[str, Sequence[Area]]) -> list[Spot]:
    """Everything that must be filled, each once, in the plan's order."""
    wanted: dict[Spot, None] = {}
    for group in plan.groups:
        for seat in (group.chair, *group.members):
            wanted |= dict.fromkeys(_of_seat(seat, area, parts))
    for task in plan.tasks:
        wanted |= {Spot(place.code, task.duty): None for place in _places(task.each, area, parts)}
    return list(wanted)


def levels(plan: Plan) -> set[str]:
    """The levels of areas inside the plan's own that it speaks of."""
    each = [task.each for task in (*plan.tasks, *plan.step_down.tasks)]
    each += [measure.each for measure in plan.measures]
    each += [seat.each for group in plan.groups for seat in group.members]
    return {level.value for level in each if level is not None}


def _places(each: str | None, area: Area, parts: Mapping[str, Sequence[Area]]) -> Sequence[Area]:
    return [area] if each is None else parts.get(str(each), ())


def _of_seat(seat: Seat, area: Area, parts: Mapping[str, Sequence[Area]]) -> Iterator[Spot]:
    for place in _places(seat.each, area, parts):
        yield Spot(
            place.code,
            duty=seat.duty or "",
            role=seat.role.value if seat.role else "",
            sector=seat.sector.value if seat.sector else "",
            level=seat.level.value if seat.level else "",
        )


def outline(given: Given) -> Outline:
    """Every line of the plan, as it would be done."""
    plan = given.plan
    return Outline(
        plan=plan,
        groups=tuple(_group(group, given) for group in plan.groups),
        tasks=tuple(
            _task("task", task, area, given)
            for task in plan.tasks
            for area in _places(task.each, given.area, given.parts)
        ),
        measures=tuple(
            _measure(measure, area, given)
            for measure in plan.measures
            for area in _places(measure.each, given.area, given.parts)
        ),
    )


def steps(given: Given) -> tuple[TaskLine, ...]:
    """The tasks of stepping down."""
    return tuple(
        _task("step", task, area, given)
        for task in given.plan.step_down.tasks
        for area in _places(task.each, given.area, given.parts)
    )


def step_spots(plan: Plan, area: Area, parts: Mapping[str, Sequence[Area]]) -> list[Spot]:
    """What must be filled for stepping down."""
    return [
        Spot(place.code, task.duty)
        for task in plan.step_down.tasks
        for place in _places(task.each, area, parts)
    ]


def _group(group: PlanGroup, given: Given) -> GroupLine:
    chair = given.found[next(_of_seat(group.chair, given.area, given.parts))]
    members: dict[UUID, Unit] = {}
    missing: list[Obstacle] = []
    for seat in group.members:
        for spot in _of_seat(seat, given.area, given.parts):
            seated = given.found[spot]
            if seated.unit is not None:
                members[seated.unit.id] = seated.unit
            elif seated.why is not None:
                missing.append(seated.why)
    line = GroupLine(
        "group", group.key, group.name.zh, group.name.en, given.area, Standing.READY,
        unit=chair.unit, why=chair.why, near=chair.near, group=group,
        members=tuple(members.values()), missing=tuple(missing),
    )  # fmt: skip
    return _settled(line, given)


def _task(kind: str, task: PlanTask, area: Area, given: Given) -> TaskLine:
    found = given.found[Spot(area.code, task.duty)]
    key = task.key if task.each is None else f"{task.key}@{area.code}"
    judgement = judge(task.when, given.figures.get(area.code, {}))
    line = TaskLine(
        kind, key, task.title.zh, task.title.en, area, Standing.READY,
        unit=found.unit, why=found.why, near=found.near, judgement=judgement, task=task,
        due_at=given.at + task.due, cell=found.cell,
    )  # fmt: skip
    settled = _settled(line, given)
    return _with(settled, basis=_basis(task.basis, settled.unit, given.authority))


def _basis(planned: str, unit: Unit | None, authority: UUID) -> str:
    """An order goes down the line of command; whoever does not stand in it is asked."""
    ordered = unit is None or authority in unit.line
    return planned if planned != "order" or ordered else "agreement"


def _measure(measure: PlanMeasure, area: Area, given: Given) -> MeasureLine:
    key = measure.key if measure.each is None else f"{measure.key}@{area.code}"
    days = measure.lasts.of(given.incubation_days)
    window = measure.window.of(given.incubation_days) if measure.window else None
    unknown = days is None or (measure.window is not None and window is None)
    line = MeasureLine(
        "measure", key, measure.title.zh, measure.title.en, area, Standing.READY,
        judgement=judge(measure.when, given.figures.get(area.code, {})), measure=measure,
        expires_at=given.at + timedelta(days=days) if days else None, window=window,
        why=Obstacle("incubation-unknown", "") if unknown else None,
    )  # fmt: skip
    return _settled(line, given)


def _settled(line: L, given: Given) -> L:
    """The line with its standing, after what exists already and what the person wants."""
    overrule = given.overrules.get(line.name)
    kept = given.standing.get(line.name)
    if overrule is not None and overrule.act == "leave_out":
        return _with(line, standing=Standing.LEFT_OUT, overrule=overrule)
    if kept is not None:
        made, unit = kept
        return _with(line, standing=Standing.KEPT, kept=made, unit=unit or line.unit, why=None)
    if overrule is not None and overrule.act == "assign":
        line = _with(line, unit=overrule.unit, why=None, overrule=overrule)
    included = overrule is not None and overrule.act == "include"
    if not line.judgement.met and not included:
        missing = line.judgement.verdict == "unknown"
        return _with(line, standing=Standing.UNDECIDED if missing else Standing.NOT_MET)
    standing = Standing.READY if line.why is None else Standing.UNRESOLVED
    return _with(line, standing=standing, overrule=overrule)


def _with(line: L, **changes: Any) -> L:
    return replace(line, **changes)

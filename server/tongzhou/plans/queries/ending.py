"""What ending a plan does to each of its lines: taken back, stays and why, or goes on. The
acts do what stands here, so what is done is what was shown."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, Literal, cast
from uuid import UUID

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Measure, WorkingGroup
from tongzhou.library import queries as library
from tongzhou.library.kinds.plan import Plan
from tongzhou.plans.models import ALIVE, LineKind, Outcome, PlanLine, StandUp
from tongzhou.plans.outline import TaskLine
from tongzhou.plans.queries.preview import step_lines
from tongzhou.plans.wording import why
from tongzhou.tasks.models import CLOSED, State, Task
from tongzhou.tasks.transitions import AT_LEAD, WITH_ASKER

#: Nobody has begun such a task: accepted is a promise, not yet work.
NOT_BEGUN: Final = frozenset({*AT_LEAD, *WITH_ASKER, State.ACCEPTED})
Way = Literal["reverse", "step_down"]
_TASKS: Final = (LineKind.TASK, LineKind.STEP)


@dataclass(frozen=True)
class Fate:
    """What becomes of a line, with the code of why it stays or goes on, and the task, group
    or measure that it made."""

    line: PlanLine
    outcome: Outcome
    why: str = ""
    made: Task | WorkingGroup | Measure | None = None
    named: str = ""

    @property
    def title(self) -> str:
        """What the plan calls it, in the active language; what it is called without a plan."""
        if self.named:
            return self.named
        if isinstance(self.made, WorkingGroup):
            return self.made.name
        return self.made.title if self.made is not None else self.line.key

    @property
    def said(self) -> str:
        """Why, in words."""
        return why(self.why) if self.why else ""


@dataclass(frozen=True)
class Ending:
    """What ending the plan would do now; ``steps``: the tasks of stepping down."""

    stand_up: StandUp
    way: Way
    fates: tuple[Fate, ...]
    steps: tuple[TaskLine, ...] = ()

    def of(self, outcome: Outcome) -> list[Fate]:
        """The lines that this becomes of."""
        return [fate for fate in self.fates if fate.outcome == outcome]

    @property
    def taken(self) -> list[Fate]:
        """What is withdrawn, dissolved, lifted."""
        return self.of(Outcome.TAKEN_BACK)

    @property
    def stayed(self) -> list[Fate]:
        """What cannot be taken back."""
        return self.of(Outcome.STAYED)

    @property
    def going(self) -> list[Fate]:
        """What goes on after the plan."""
        return self.of(Outcome.CARRIED_ON)


def ending(stand_up: StandUp, *, way: Way, visible_to: Post, at: datetime) -> Ending:
    """What taking the plan back, or stepping it down, would do now if the post did it."""
    lines = list(
        stand_up.lines.select_related("unit", "area").filter(outcome__in=ALIVE)
        .order_by("place", "id")
    )  # fmt: skip
    version = library.version(stand_up.version)
    plan = cast(Plan, version.body)
    spare = kept(lines, plan) if way == "step_down" else []
    names = _names(plan)
    found = tuple(
        replace(fate, named=names.get((fate.line.kind, fate.line.key.partition("@")[0]), ""))
        for fate in fates(lines, by=visible_to, at=at, spare=spare)
    )
    if way == "reverse":
        return Ending(stand_up, way, found)
    steps = step_lines(version, stand_up.incident, by=visible_to, at=at)
    return Ending(stand_up, way, found, steps)


def _names(plan: Plan) -> dict[tuple[str, str], str]:
    """What the plan calls its lines."""
    named = {(str(LineKind.GROUP), group.key): str(group.name) for group in plan.groups}
    named |= {(str(LineKind.TASK), task.key): str(task.title) for task in plan.tasks}
    return named | {(str(LineKind.MEASURE), one.key): str(one.title) for one in plan.measures}


def fates(
    lines: Iterable[PlanLine],
    *,
    by: Post,
    at: datetime,
    spare: Collection[PlanLine] = (),
    tasks: Mapping[UUID, Task] | None = None,
) -> list[Fate]:
    """What becomes of the lines whose task, group or measure is there, in their order, if
    ``by`` takes them back; ``spare`` go on. ``tasks``: where the caller holds them locked.
    Four queries, however many lines."""
    alive = [line for line in lines if line.outcome in ALIVE]
    made = [line.made for line in alive if line.made is not None]
    things: dict[UUID, Task | WorkingGroup | Measure] = {}
    things |= Task.objects.in_bulk(made) if tasks is None else tasks
    things |= WorkingGroup.objects.in_bulk(made)
    things |= Measure.objects.in_bulk(made)
    spared = {line.id for line in spare}
    shared = _shared(alive)
    found = []
    for line in alive:
        thing = things.get(line.made) if line.made is not None else None
        if line.id in spared or line.made in shared:
            found.append(Fate(line, Outcome.CARRIED_ON, "goes-on", thing))
            continue
        code = _in_the_way(line, thing, by=by, at=at)
        outcome = Outcome.STAYED if code else Outcome.TAKEN_BACK
        found.append(Fate(line, outcome, code, thing))
    return found


def kept(lines: Sequence[PlanLine], plan: Plan) -> list[PlanLine]:
    """What goes on when the plan is stepped down: begun tasks, and the groups and measures
    that its list names."""
    made = [line.made for line in lines if line.made and line.kind == LineKind.TASK]
    begun = Task.objects.filter(id__in=made).exclude(state__in=[*NOT_BEGUN, *CLOSED])
    going = set(begun.values_list("id", flat=True))
    groups, measures = set(plan.step_down.keep_groups), set(plan.step_down.keep_measures)
    return [
        line
        for line in lines
        if line.made in going
        or (line.kind == LineKind.GROUP and line.key in groups)
        or (line.kind == LineKind.MEASURE and line.key.partition("@")[0] in measures)
    ]


def _shared(lines: Iterable[PlanLine]) -> set[object]:
    """What belongs to another plan that stands as well."""
    mine = {line.stand_up_id for line in lines}
    others = PlanLine.objects.filter(
        made__in=[line.made for line in lines], stand_up__state="up", outcome__in=ALIVE
    ).exclude(stand_up__in=mine)
    return set(others.values_list("made", flat=True))


def _in_the_way(line: PlanLine, thing: object, *, by: Post, at: datetime) -> str:
    """The code of why a thing cannot be taken back; "" where it can."""
    match thing:
        case WorkingGroup():
            return "group-dissolved" if thing.dissolved_at is not None else ""
        case Measure():
            return "" if thing.in_force(at) else "measure-not-in-force"
        case Task():
            return _of_task(thing, by=by)
    return "task-closed" if line.kind in _TASKS and line.made is not None else "not-made"


def _of_task(task: Task, *, by: Post) -> str:
    if task.state in CLOSED:
        return "task-closed"
    if task.state == State.DONE:
        return "task-done"
    if task.state not in NOT_BEGUN:
        return "task-begun"
    return "" if task.asker_id == by.unit_id else "task-of-others"

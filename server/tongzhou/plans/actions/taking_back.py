"""Taking back what a plan began, as far as it can be: tasks that nobody has begun, its groups,
its measures."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.models import Measure, WorkingGroup
from tongzhou.plans.models import ALIVE, LineKind, Outcome, PlanLine, StandUp
from tongzhou.tasks.actions.transition import lock
from tongzhou.tasks.actions.withdraw_tasks import withdraw_tasks
from tongzhou.tasks.models import CLOSED, State, Task
from tongzhou.tasks.transitions import AT_LEAD, WITH_ASKER

#: Nobody has begun such a task: accepted is a promise, not yet work.
NOT_BEGUN: Final = frozenset({*AT_LEAD, *WITH_ASKER, State.ACCEPTED})


@dataclass(frozen=True)
class Report:
    """``taken``: lines that were taken back; ``stayed``: those that could not be, each with
    the code of the reason (in ``PlanLine.why``); ``going``: those left to go on."""

    taken: tuple[PlanLine, ...]
    stayed: tuple[PlanLine, ...]
    going: tuple[PlanLine, ...] = ()


def take_back(
    lines: Sequence[PlanLine],
    *,
    reason: str,
    by: Post,
    at: datetime,
    spare: Collection[PlanLine] = (),
) -> Report:
    """Withdraws, dissolves and lifts what the lines made (``spare``: these go on), and notes on
    each line what became of it. In the caller's transaction, with the incident locked."""
    alive = [line for line in lines if line.outcome in ALIVE]
    spared = {line.id for line in spare}
    shared = _shared(alive)
    taken: list[PlanLine] = []
    stayed: list[PlanLine] = []
    going: list[PlanLine] = []
    tasks = lock([line.made for line in alive if line.made and _is_task(line)])
    withdrawn: list[Task] = []
    for line in alive:
        if line.id in spared or line.made in shared:
            going.append(_note(line, Outcome.CARRIED_ON, "goes-on"))
            continue
        if _is_task(line) and line.made is not None:
            task = tasks.get(line.made)
            why = _in_the_way(task, by=by)
            if task is not None and not why:
                withdrawn.append(task)
        else:
            why = _undo(line, reason=reason, by=by, at=at)
        if why:
            stayed.append(_note(line, Outcome.STAYED, why))
        else:
            taken.append(_note(line, Outcome.TAKEN_BACK, ""))
    withdraw_tasks(tasks=withdrawn, reason=reason, by=by, at=at)
    PlanLine.objects.bulk_update([*taken, *stayed, *going], ["outcome", "why"])
    return Report(tuple(taken), tuple(stayed), tuple(going))


def _is_task(line: PlanLine) -> bool:
    return line.kind in (LineKind.TASK, LineKind.STEP)


def _shared(lines: Iterable[PlanLine]) -> set[object]:
    """What belongs to another plan that stands as well."""
    mine = {line.stand_up_id for line in lines}
    others = PlanLine.objects.filter(
        made__in=[line.made for line in lines], stand_up__state="up", outcome__in=ALIVE
    ).exclude(stand_up__in=mine)
    return set(others.values_list("made", flat=True))


def _note(line: PlanLine, outcome: Outcome, why: str) -> PlanLine:
    line.outcome, line.why = outcome, why
    return line


def _undo(line: PlanLine, *, reason: str, by: Post, at: datetime) -> str:
    """Takes one thing back; "" when it was, else the code of what stands in the way."""
    if line.made is None:
        return "not-made"
    if line.kind == LineKind.GROUP:
        group = WorkingGroup.objects.get(id=line.made)
        if group.dissolved_at is not None:
            return "group-dissolved"
        dissolve_group(group=group, reason=reason, by=by, at=at)
        return ""
    measure = Measure.objects.get(id=line.made)
    if not measure.in_force(at):
        return "measure-not-in-force"
    lift_measure(measure=measure, reason=reason, by=by, at=at)
    return ""


def _in_the_way(task: Task | None, *, by: Post) -> str:
    """The code of why a task cannot be withdrawn; "" where it can."""
    if task is None or task.state in CLOSED:
        return "task-closed"
    if task.state == State.DONE:
        return "task-done"
    if task.state not in NOT_BEGUN:
        return "task-begun"
    if task.asker_id != by.unit_id:
        return "task-of-others"
    return ""


def end(stand_up: StandUp, state: str, *, reason: str, by: Post, at: datetime) -> None:
    """Notes that the plan stands no more."""
    stand_up.state = state
    stand_up.ended_by, stand_up.ended_at, stand_up.end_reason = by, at, reason
    stand_up.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])

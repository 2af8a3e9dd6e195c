"""Taking back what a plan began, as far as it can be: tasks that nobody has begun, its groups,
its measures."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.dissolve_group import dissolve_group
from tongzhou.incidents.actions.lift_measure import lift_measure
from tongzhou.incidents.models import Measure, WorkingGroup
from tongzhou.plans.models import ALIVE, LineKind, Outcome, PlanLine, StandUp
from tongzhou.plans.queries.ending import fates
from tongzhou.tasks.actions.transition import lock
from tongzhou.tasks.actions.withdraw_tasks import withdraw_tasks
from tongzhou.tasks.models import Task


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
    tasks = lock(
        [
            line.made
            for line in lines
            if line.made and line.outcome in ALIVE and line.kind in (LineKind.TASK, LineKind.STEP)
        ]
    )
    found = fates(lines, by=by, at=at, spare=spare, tasks=tasks)
    withdrawn: list[Task] = []
    for fate in found:
        fate.line.outcome, fate.line.why = fate.outcome, fate.why
        if fate.outcome != Outcome.TAKEN_BACK:
            continue
        match fate.made:
            case Task():
                withdrawn.append(fate.made)
            case WorkingGroup():
                dissolve_group(group=fate.made, reason=reason, by=by, at=at)
            case Measure():
                lift_measure(measure=fate.made, reason=reason, by=by, at=at)
    withdraw_tasks(tasks=withdrawn, reason=reason, by=by, at=at)
    PlanLine.objects.bulk_update([fate.line for fate in found], ["outcome", "why"])

    def became(outcome: Outcome) -> tuple[PlanLine, ...]:
        return tuple(fate.line for fate in found if fate.outcome == outcome)

    return Report(became(Outcome.TAKEN_BACK), became(Outcome.STAYED), became(Outcome.CARRIED_ON))


def end(stand_up: StandUp, state: str, *, reason: str, by: Post, at: datetime) -> None:
    """Notes that the plan stands no more."""
    stand_up.state = state
    stand_up.ended_by, stand_up.ended_at, stand_up.end_reason = by, at, reason
    stand_up.save(update_fields=["state", "ended_by", "ended_at", "end_reason"])

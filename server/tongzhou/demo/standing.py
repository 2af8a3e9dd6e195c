"""A plan that is stood up, and its tasks that units begin, finish and leave: their ids are known
once the plan stands."""

from datetime import datetime
from uuid import UUID

from django.utils import timezone

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import ROLES, TASK_ACCEPT, TASK_FINISH, Role
from tongzhou.incidents.models import Incident
from tongzhou.library import queries as library
from tongzhou.plans.actions.fill_line import fill_line
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.stand_up_plan import stand_up_plan
from tongzhou.plans.models import LineKind, StandUp
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.models import State, Task

_RESULT = "已按预案落实 · Done as the plan says"


def stand_up(*, incident: Incident, plan: str, by: Post, at: datetime, id: UUID) -> StandUp:
    """Stands up the version of a plan that is in force on that day."""
    found = library.in_force("plan", plan, on=timezone.localdate(at))
    return stand_up_plan(incident=incident, version=found.id, by=by, at=at, id=id)


def reverse(*, stand_up: StandUp, reason: str, by: Post, at: datetime) -> None:
    """Takes a plan back, as it stands by then."""
    reverse_stand_up(stand_up=stand_up, reason=reason, by=by, at=at)


def fill(*, stand_up: StandUp, line: str, unit: Unit, reason: str, by: Post, at: datetime) -> None:
    """Gives a task of the plan that nobody was found for, by its key, to a unit."""
    open_line = stand_up.lines.get(kind=LineKind.TASK, key=line)
    fill_line(line=open_line, unit=unit, reason=reason, by=by, at=at)


def carry_on(
    *,
    stand_up: StandUp,
    verb: str,
    by: Post,
    at: datetime,
    part: int = 0,
    of: int = 1,
    kind: str = LineKind.TASK,
) -> None:
    """Of the tasks of a plan (or, by ``kind``, of its stepping down), every ``of``-th beginning
    with the ``part``-th goes on by one step: its unit accepts it or finishes it, or the
    authority (``by``) confirms it."""
    made = stand_up.lines.filter(kind=kind, made__isnull=False).order_by("place")
    ids = [made_id for made_id in made.values_list("made", flat=True) if made_id][part::of]
    for task in Task.objects.filter(id__in=ids).select_related("lead").order_by("number"):
        lead = _speaker(task)
        match verb:
            case "accept" if task.state in (State.DISPATCHED, State.SEEN) and lead is not None:
                accept_task(task=task, by=lead, at=at)
            case "finish" if task.state == State.ACCEPTED and lead is not None:
                finish_task(task=task, result=_RESULT, by=lead, at=at)
            case "confirm" if task.state == State.DONE:
                confirm_task(task=task, by=by, at=at)


def _speaker(task: Task) -> Post | None:
    """Whoever of the lead may accept and finish."""
    able = [role for role in Role if {TASK_ACCEPT, TASK_FINISH} <= ROLES[role]]
    posts = Post.objects.filter(unit=task.lead, role__in=able, ends_at=None)
    return posts.select_related("person", "unit").order_by("id").first()

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import TASK_CREATE
from tongzhou.incidents.actions import change
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import Json
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area
from tongzhou.tasks import access
from tongzhou.tasks.actions.mandate import require_open
from tongzhou.tasks.actions.participants import others, require_active
from tongzhou.tasks.actions.transition import begin, record
from tongzhou.tasks.acts import TASK_CREATED
from tongzhou.tasks.choices import require_choice
from tongzhou.tasks.models import Basis, Form, Priority, Task, Work

TITLE_LIMIT = 200
#: Further ahead a due time is a slip of the pen.
DUE_WITHIN_YEARS = 10


class TitleMissing(Invalid):
    """A task without a title."""

    code = "title-missing"
    message = _("Please give the task a title.")


class TitleTooLong(Invalid):
    """A title that no list could show."""

    code = "title-too-long"
    message = _("The title is longer than %(limit)s characters. Put the rest in the text below.")


class DueInThePast(Invalid):
    """A due time that has passed already."""

    code = "due-in-the-past"
    message = _("The due time has passed already.")


class DueTooFar(Invalid):
    """A due time that nobody can mean."""

    code = "due-too-far"
    message = _("A due time lies at most %(years)s years ahead. Please check the year.")


def require_due(due_at: datetime, *, at: datetime) -> None:
    """Raises DueInThePast, DueTooFar unless a task can be due then."""
    if due_at <= at:
        raise DueInThePast(field="due_at")
    if due_at > at + timedelta(days=366 * DUE_WITHIN_YEARS):
        raise DueTooFar(field="due_at", years=DUE_WITHIN_YEARS)


class IncidentClosed(change.IncidentClosed):
    """The incident is closed: no new work in it."""

    message = _("The incident is closed. Open it again or create the task without it.")


class ExerciseNeedsIncident(Invalid):
    """Whoever is in an exercise asks for nothing real."""

    code = "exercise-needs-incident"
    message = _("You are in an exercise: choose its incident, or leave the exercise first.")


class ExerciseAndReal(Invalid):
    """A task of an exercise and a real one cannot have to do with each other."""

    code = "exercise-and-real"
    message = _("One of the two belongs to an exercise, the other is real. They stay apart.")


def require_same_world(task: Task, other: Task | Incident | None) -> None:
    """A drill never points at anything real. Raises ExerciseAndReal."""
    if task.exercise != (other is not None and other.exercise):
        raise ExerciseAndReal()


def create_task(
    *,
    title: str,
    lead: Unit,
    area: Area,
    due_at: datetime,
    basis: str,
    by: Post,
    at: datetime,
    body: str = "",
    work: str = Work.SERVE,
    basis_note: str = "",
    priority: int = Priority.ROUTINE,
    incident: Incident | None = None,
    assisting: Sequence[Unit] = (),
    informed: Sequence[Unit] = (),
    parent: Task | None = None,
    duty: Duty | None = None,
    id: UUID | None = None,
) -> Task:
    """Drafts a task for a unit. Only the asker's side sees it until it is dispatched.

    ``due_at`` has a zone and lies behind ``at``, not by many years; ``basis`` is the authority
    it rests on; ``parent`` a task that the post may split; ``duty`` what it is done for (who
    is charged with it is looked up at dispatch). Raises NotAllowed, NotFound (an incident or
    parent that the post may not see), WrongState (of the parent), TitleMissing, TitleTooLong,
    DueInThePast, DueTooFar, IncidentClosed, UnitInactive, DutyRetired, ExerciseAndReal,
    ExerciseNeedsIncident, and UnknownChoice for an unknown basis, priority or kind of work.
    """
    require_active(assisting, field="assisting")
    require_active(informed, field="informed")
    with transaction.atomic():
        task = draft(
            title=title,
            lead=lead,
            area=area,
            due_at=due_at,
            basis=basis,
            body=body,
            work=work,
            basis_note=basis_note,
            priority=priority,
            incident=incident,
            duty=duty,
            id=id,
            by=by,
            at=at,
        )
        require_may_create(incident, by=by)
        if parent is not None:
            require_same_world(begin("split", task=parent, by=by), incident)
            task.parent = parent
        keep_draft(task, assisting=assisting, informed=informed, by=by, at=at)
    return task


def draft(
    *,
    title: str,
    lead: Unit,
    area: Area,
    due_at: datetime,
    basis: str,
    by: Post,
    at: datetime,
    body: str = "",
    work: str = Work.SERVE,
    basis_note: str = "",
    priority: int = Priority.ROUTINE,
    incident: Incident | None = None,
    duty: Duty | None = None,
    id: UUID | None = None,
) -> Task:
    """The task that ``create_task`` would make of these arguments, not kept yet. They are
    checked; whether the post may ask for it is not."""
    _check(title=title, due_at=due_at, at=at, basis=basis, work=work, priority=priority)
    require_open(duty)
    require_active([lead], field="lead")
    return Task(
        id=id or new_id(),
        incident=incident,
        exercise=incident is not None and incident.exercise,
        title=title.strip(),
        body=body.strip(),
        work=work,
        basis=basis,
        basis_note=basis_note.strip(),
        priority=priority,
        asker=by.unit,
        asker_post=by,
        lead=lead,
        area=area,
        duty=duty,
        due_at=due_at,
        created_at=at,
        updated_at=at,
    )


def require_may_create(incident: Incident | None, *, by: Post) -> None:
    """Raises NotAllowed, NotFound, IncidentClosed, ExerciseNeedsIncident unless the post may
    ask for something in this incident (or in none)."""
    permissions.require(by=by, word=TASK_CREATE, on=incident)
    if incident is not None and not incident.is_open:
        raise IncidentClosed(field="incident")
    if by.exercise and (incident is None or not incident.exercise):
        raise ExerciseNeedsIncident(field="incident")


def keep_draft(
    task: Task,
    *,
    by: Post | None,
    at: datetime,
    assisting: Sequence[Unit] = (),
    informed: Sequence[Unit] = (),
) -> None:
    """Gives a new task its number, participants and parties, and writes both down. ``by`` is
    None where somebody without an account asked."""
    helpers = others(assisting, than=[task.lead_id])
    task.number = next_number()
    task.assisting = helpers
    task.informed = others(informed, than=[task.asker_id, task.lead_id, *helpers])
    task.created_at = task.updated_at = at
    task.save(force_insert=True)
    access.settle(task)
    record(TASK_CREATED, task=task, by=by, at=at, with_units=(), data=facts(task))


def _check(
    *, title: str, due_at: datetime, at: datetime, basis: str, work: str, priority: int
) -> None:
    if not title.strip():
        raise TitleMissing(field="title")
    if len(title.strip()) > TITLE_LIMIT:
        raise TitleTooLong(field="title", limit=TITLE_LIMIT)
    require_due(due_at, at=at)
    require_choice(basis, Basis.values, field="basis")
    require_choice(work, Work.values, field="work")
    require_choice(priority, Priority.values, field="priority")


def facts(task: Task) -> dict[str, Json]:
    """What the ledger must know of a new task so that its state can be told from acts."""
    return {
        "asker": str(task.asker_id),
        "lead": str(task.lead_id),
        "assisting": [str(unit) for unit in task.assisting],
        "informed": [str(unit) for unit in task.informed],
        "work": str(task.work),
        "priority": int(task.priority),
        "parent": str(task.parent_id) if task.parent_id else None,
        **({"duty": str(task.duty_id)} if task.duty_id else {}),
        **({"form": str(task.form)} if task.form != Form.TASK else {}),
    }


def next_number() -> int:
    """The next number that people quote, of tasks and whistles alike."""
    return next_numbers(1)[0]


def next_numbers(count: int) -> list[int]:
    """The next so many numbers, drawn at once."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tasks_number') FROM generate_series(1, %s)", [count])
        return sorted(int(number) for (number,) in cursor.fetchall())

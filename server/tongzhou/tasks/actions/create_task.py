from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import TASK_CREATE
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.places.models import Area
from tongzhou.tasks import access
from tongzhou.tasks.actions.transition import record
from tongzhou.tasks.acts import TASK_CREATED
from tongzhou.tasks.models import Basis, Priority, Task, Work


class TitleMissing(Invalid):
    """A task without a title."""

    code = "title-missing"
    message = _("Please give the task a title.")


class DueInThePast(Invalid):
    """A due time that has passed already."""

    code = "due-in-the-past"
    message = _("The due time has passed already.")


class IncidentClosed(Conflict):
    """The incident is closed: no new work in it."""

    code = "incident-closed"
    message = _("The incident is closed. Open it again or create the task without it.")


class UnitInactive(Invalid):
    """The unit takes no more work."""

    code = "unit-inactive"
    message = _("%(unit)s is no longer active and can take no tasks.")


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
    id: UUID | None = None,
) -> Task:
    """Drafts a task for a unit. Only the asker's side sees it until it is dispatched.

    ``due_at`` has a zone and lies behind ``at``; ``basis`` is the authority it rests on.
    Raises NotAllowed, NotFound (an incident that the post may not see), TitleMissing,
    DueInThePast, IncidentClosed, UnitInactive, and Invalid for an unknown basis or work.
    """
    if not title.strip():
        raise TitleMissing(field="title")
    if due_at <= at:
        raise DueInThePast(field="due_at")
    if basis not in Basis.values:
        raise Invalid(field="basis", reason=_("Unknown basis “%(basis)s”.") % {"basis": basis})
    if work not in Work.values:
        raise Invalid(field="work", reason=_("Unknown kind of work “%(work)s”.") % {"work": work})
    for unit in (lead, *assisting, *informed):
        if not unit.active:
            raise UnitInactive(field="lead", unit=unit.name)
    with transaction.atomic():
        permissions.require(by=by, word=TASK_CREATE, on=incident)
        if incident is not None and not incident.is_open:
            raise IncidentClosed(field="incident")
        task = Task(
            id=id or new_id(),
            number=_next_number(),
            incident=incident,
            title=title.strip(),
            body=body.strip(),
            work=work,
            basis=basis,
            basis_note=basis_note.strip(),
            priority=priority,
            asker=by.unit,
            asker_post=by,
            lead=lead,
            assisting=[unit.id for unit in assisting],
            informed=[unit.id for unit in informed],
            area=area,
            parent=parent,
            created_at=at,
            due_at=due_at,
        )
        task.save(force_insert=True)
        access.grant(task, [by.unit], access.ASKER)
        record(TASK_CREATED, task=task, by=by, at=at, with_units=())
    return task


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('tasks_number')")
        return int(cursor.fetchone()[0])

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel import errors
from tongzhou.ledger.append import Json
from tongzhou.tasks import access
from tongzhou.tasks.actions.create_task import require_due
from tongzhou.tasks.actions.participants import others, require_active
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_EDITED
from tongzhou.tasks.choices import require_choice
from tongzhou.tasks.models import Priority, State, Task


class NothingChanged(errors.NothingChanged):
    """An edit that leaves everything as it is."""

    message = _("Nothing would change. Give a new due time, priority or participants.")


def edit_task(
    *,
    task: Task,
    reason: str,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    priority: int | None = None,
    assisting: Sequence[Unit] | None = None,
    informed: Sequence[Unit] | None = None,
) -> Task:
    """The asker changes the due time, the priority or who takes part; None leaves a thing as
    it is. A unit that no longer assists stays informed. Raises NotFound, NotAllowed,
    WrongState, ReasonMissing, NothingChanged, DueInThePast, DueTooFar,
    UnknownChoice, UnitInactive."""
    said = reason_given(reason)
    if priority is not None:
        require_choice(priority, Priority.values, field="priority")
    with transaction.atomic():
        locked = begin("edit", task=task, by=by)
        before = _facts(locked)
        if due_at is not None and due_at != locked.due_at:
            require_due(due_at, at=at)
            locked.due_at = due_at
        if priority is not None:
            locked.priority = priority
        if assisting is not None or informed is not None:
            _change_participants(locked, assisting, informed)
        changed = {key: value for key, value in _facts(locked).items() if before[key] != value}
        if not changed:
            raise NothingChanged()
        save(
            locked,
            "due_at",
            "priority",
            "assisting",
            "informed",
            at=at,
            parties=bool(changed.keys() & {"assisting", "informed"}),
        )
        note = say(locked, "edit", said, by=by, at=at)
        record(TASK_EDITED, task=locked, by=by, at=at, data={**note, **changed})
    return locked


def _change_participants(
    task: Task, assisting: Sequence[Unit] | None, informed: Sequence[Unit] | None
) -> None:
    former, told = set(task.assisting), set(task.informed)
    if assisting is not None:
        require_active([u for u in assisting if u.id not in former], field="assisting")
        task.assisting = others(assisting, than=[task.lead_id])
    if informed is not None:
        require_active([u for u in informed if u.id not in told], field="informed")
        task.informed = others(informed, than=[task.asker_id, task.lead_id])
    task.informed = [unit for unit in task.informed if unit not in task.assisting]
    if task.state != State.DRAFT:
        access.keep_informed(task, *former)


def _facts(task: Task) -> dict[str, Json]:
    return {
        "due_at": task.due_at.isoformat(),
        "priority": int(task.priority),
        "assisting": [str(unit) for unit in task.assisting],
        "informed": [str(unit) for unit in task.informed],
    }

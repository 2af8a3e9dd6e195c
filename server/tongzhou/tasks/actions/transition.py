"""What the acts on a task have in common: lock, permission, state, and the line in the
ledger. The acts themselves are in the files beside this one, one each."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.tasks import access
from tongzhou.tasks.models import State, Task
from tongzhou.tasks.transitions import TRANSITIONS


class WrongState(Conflict):
    """Somebody else was faster, or the act does not fit."""

    code = "task-wrong-state"
    message = _(
        "%(number)s is “%(state)s” now, so this cannot be done. Somebody may have been faster; "
        "look at the task again."
    )


class ReasonMissing(Invalid):
    """An act that needs a reason came without one."""

    code = "reason-missing"
    message = _("Please give a reason.")


def begin(verb: str, *, task: Task, by: Post, word: Word) -> Task:
    """Locks the task, asks permission, checks that ``verb`` fits its state, and moves it to
    the state that the verb leads to (not saved yet). Returns the locked task.
    Raises NotFound, NotAllowed, WrongState."""
    locked = Task.objects.select_for_update(of=("self",)).get(id=task.id)
    permissions.require(by=by, word=word, on=locked)
    transition = TRANSITIONS[verb]
    if locked.state not in transition.sources:
        raise WrongState(number=locked.reference, state=locked.get_state_display())
    if transition.to is not None:
        locked.state = transition.to
    return locked


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return reason.strip()


def record(
    type: ActType,
    *,
    task: Task,
    by: Post,
    at: datetime,
    with_units: Iterable[UUID] | None = None,
    kind: str | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes the act about the task; partners are its asker, lead and assisting units
    unless given."""
    incident = task.incident
    append(
        type,
        at=at,
        about=("task", task.id),
        **by.signs(),
        with_units=access.partners(task, of=by.unit_id) if with_units is None else with_units,
        kind=kind,
        incident=task.incident_id,
        phase=incident.phase if incident else "",
        area=task.area.code,
        basis=task.basis,
        asked_at=task.dispatched_at,
        due_at=task.due_at,
        outcome=outcome,
        audience=access.audience(task),
        data={"number": task.number, "state": State(task.state).value, **(data or {})},
    )

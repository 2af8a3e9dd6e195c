from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict
from tongzhou.tasks.actions.transition import begin, lock, record, save
from tongzhou.tasks.acts import TASK_RELEASED
from tongzhou.tasks.models import Task


class NobodyHandles(Conflict):
    """There is no handler to be released."""

    code = "task-nobody-handles"
    message = _("Nobody handles %(number)s; it is with the whole unit.")


def release_task(*, task: Task, by: Post, at: datetime) -> Task:
    """The handler, or a colleague, gives the task back to the whole lead unit. Raises
    NotFound, NotAllowed, WrongState, NobodyHandles."""
    with transaction.atomic():
        locked = begin("release", task=task, by=by)
        if locked.handler_id is None:
            raise NobodyHandles(number=locked.reference)
        _release(locked, by=by, at=at)
    return locked


def let_go(*, task: Task, by: Post | None, at: datetime) -> Task:
    """The handler's post ended, so the task falls to the lead unit: the permission was that
    of ending the post. ``by`` is who ended it, None for the clock. Does nothing where nobody
    handles the task any more."""
    with transaction.atomic():
        locked = lock([task.id])[task.id]
        if locked.handler_id is not None:
            _release(locked, by=by, at=at)
    return locked


def _release(task: Task, *, by: Post | None, at: datetime) -> None:
    former, task.handler = task.handler_id, None
    save(task, "handler", at=at)
    data = {"former": str(former)}
    record(TASK_RELEASED, task=task, by=by, at=at, with_units=[task.lead_id], data=data)

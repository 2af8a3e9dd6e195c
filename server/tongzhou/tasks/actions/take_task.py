from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_TAKEN
from tongzhou.tasks.models import Task


class TakenAlready(Conflict):
    """A colleague handles the task."""

    code = "task-taken-already"
    message = _("%(person)s handles %(number)s already.")


def take_task(*, task: Task, by: Post, at: datetime) -> Task:
    """Somebody of the lead unit makes the task theirs; the unit stays answerable. Raises
    NotFound, NotAllowed, WrongState, TakenAlready."""
    with transaction.atomic():
        locked = begin("take", task=task, by=by)
        if locked.handler is not None:
            raise TakenAlready(person=locked.handler.person.name, number=locked.reference)
        locked.handler = by
        save(locked, "handler", at=at)
        record(TASK_TAKEN, task=locked, by=by, at=at, data={"handler": str(by.id)})
    return locked

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


def release_task(*, task: Task, by: Post | None, at: datetime) -> Task:
    """Gives the task back to the whole lead unit: done by its handler or a colleague, or
    (``by`` None) because the handler's post ended. Raises NotFound, NotAllowed, WrongState,
    NobodyHandles."""
    with transaction.atomic():
        locked = lock([task.id])[task.id] if by is None else begin("release", task=task, by=by)
        if locked.handler_id is None:
            raise NobodyHandles(number=locked.reference)
        former = locked.handler_id
        locked.handler = None
        save(locked, "handler", at=at)
        record(
            TASK_RELEASED,
            task=locked,
            by=by,
            at=at,
            with_units=(locked.lead_id,) if by is None else (),
            data={"former": str(former)},
        )
    return locked

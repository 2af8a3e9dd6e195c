from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_WITHDRAWN
from tongzhou.tasks.models import Task


def withdraw_task(*, task: Task, reason: str, by: Post, at: datetime) -> Task:
    """The asker takes the task back for good and says why. Raises NotFound, NotAllowed,
    WrongState, ReasonMissing."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("withdraw", task=task, by=by)
        locked.reason = said
        locked.handler = None
        locked.closed_at = at
        save(locked, "state", "reason", "handler", "closed_at", at=at)
        note = say(locked, "withdraw", said, by=by, at=at)
        record(TASK_WITHDRAWN, task=locked, by=by, at=at, outcome="withdrawn", data=note)
    return locked

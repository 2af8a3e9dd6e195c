from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_RETURNED
from tongzhou.tasks.models import Task


def return_task(*, task: Task, reason: str, by: Post, at: datetime) -> Task:
    """The lead unit gives the task back to its asker and says why. Raises NotFound,
    NotAllowed, WrongState, ReasonMissing."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("return", task=task, by=by)
        locked.reason = said
        locked.handler = None
        save(locked, "state", "reason", "handler", at=at)
        note = say(locked, "return", said, by=by, at=at)
        record(TASK_RETURNED, task=locked, by=by, at=at, outcome="returned", data=note)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_BLOCKED
from tongzhou.tasks.models import Task


def block_task(*, task: Task, reason: str, by: Post, at: datetime) -> Task:
    """Says that the work cannot go on, and what stands in the way. Raises NotFound,
    NotAllowed, WrongState, ReasonMissing."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("block", task=task, by=by)
        locked.reason = said
        save(locked, "state", "reason", at=at)
        note = say(locked, "block", said, by=by, at=at)
        record(TASK_BLOCKED, task=locked, by=by, at=at, outcome="blocked", data=note)
    return locked

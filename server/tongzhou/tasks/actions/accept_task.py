from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_ACCEPTED
from tongzhou.tasks.models import Task


def accept_task(*, task: Task, by: Post, at: datetime) -> Task:
    """The lead unit takes the task on. Raises NotFound, NotAllowed, WrongState."""
    with transaction.atomic():
        locked = begin("accept", task=task, by=by)
        locked.accepted_at = at
        locked.seen_at = locked.seen_at or at
        save(locked, "state", "accepted_at", "seen_at", at=at)
        record(TASK_ACCEPTED, task=locked, by=by, at=at)
    return locked

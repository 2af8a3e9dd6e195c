from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_CONFIRMED
from tongzhou.tasks.models import Task


def confirm_task(*, task: Task, by: Post, at: datetime) -> Task:
    """The asker is content with what was done; the task is closed. Raises NotFound,
    NotAllowed, WrongState."""
    with transaction.atomic():
        locked = begin("confirm", task=task, by=by)
        locked.closed_at = at
        save(locked, "state", "closed_at", at=at)
        record(TASK_CONFIRMED, task=locked, by=by, at=at, outcome="confirmed")
    return locked

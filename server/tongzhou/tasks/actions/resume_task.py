from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_RESUMED
from tongzhou.tasks.models import Task


def resume_task(*, task: Task, by: Post, at: datetime) -> Task:
    """What stood in the way is gone and the work goes on. Raises NotFound, NotAllowed,
    WrongState."""
    with transaction.atomic():
        locked = begin("resume", task=task, by=by)
        locked.reason = ""
        save(locked, "state", "reason", at=at)
        record(TASK_RESUMED, task=locked, by=by, at=at, outcome="resumed")
    return locked

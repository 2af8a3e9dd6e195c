from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_STARTED
from tongzhou.tasks.models import Task


def start_task(*, task: Task, by: Post, at: datetime) -> Task:
    """The lead or an assisting unit begins the work. Raises NotFound, NotAllowed,
    WrongState."""
    with transaction.atomic():
        locked = begin("start", task=task, by=by)
        save(locked, "state", at=at)
        record(TASK_STARTED, task=locked, by=by, at=at)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import TASK_ACCEPT
from tongzhou.tasks.actions.transition import begin, record
from tongzhou.tasks.acts import TASK_ACCEPTED
from tongzhou.tasks.models import Task


def accept_task(*, task: Task, by: Post, at: datetime) -> Task:
    """The lead unit takes the task on. Raises NotFound, NotAllowed, WrongState."""
    with transaction.atomic():
        locked = begin("accept", task=task, by=by, word=TASK_ACCEPT)
        locked.accepted_at = at
        locked.seen_at = locked.seen_at or at
        locked.save(update_fields=["state", "accepted_at", "seen_at"])
        record(TASK_ACCEPTED, task=locked, by=by, at=at)
    return locked

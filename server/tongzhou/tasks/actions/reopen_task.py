from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_REOPENED
from tongzhou.tasks.models import Task


def reopen_task(*, task: Task, reason: str, by: Post, at: datetime) -> Task:
    """Anyone affected – asker, lead, assisting, informed, or above one of them – says why a
    task that was reported or confirmed as done is not. It goes on with its lead. Raises
    NotFound, NotAllowed, WrongState, ReasonMissing."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("reopen", task=task, by=by)
        locked.reason = said
        locked.reopened += 1
        locked.done_at = locked.closed_at = None
        save(locked, "state", "reason", "reopened", "done_at", "closed_at", at=at)
        note = say(locked, "reopen", said, by=by, at=at)
        record(TASK_REOPENED, task=locked, by=by, at=at, outcome="reopened", data=note)
    return locked

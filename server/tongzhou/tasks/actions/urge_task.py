from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.comment_task import text_given
from tongzhou.tasks.actions.transition import begin, record, save, say
from tongzhou.tasks.acts import TASK_URGED
from tongzhou.tasks.models import Task


def urge_task(*, task: Task, text: str, by: Post, at: datetime) -> Task:
    """The asker, or a unit above, presses for the task to be done. Raises NotFound,
    NotAllowed, WrongState, TextMissing, TextTooLong."""
    said = text_given(text)
    with transaction.atomic():
        locked = begin("urge", task=task, by=by)
        save(locked, at=at)
        note = say(locked, "urge", said, by=by, at=at)
        told = [locked.lead_id, *locked.assisting]
        record(TASK_URGED, task=locked, by=by, at=at, with_units=told, data=note)
    return locked

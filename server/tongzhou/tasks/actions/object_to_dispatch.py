from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.bounce import require_not_bound
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_OBJECTED
from tongzhou.tasks.models import Task


def object_to_dispatch(*, task: Task, reason: str, by: Post, at: datetime) -> Task:
    """The lead unit says in writing why a ticket or a call is not its own; who dispatched it,
    or a unit above, reviews that. Until then the lead still leads. Raises NotFound,
    NotAllowed, WrongForm, WrongState, ReasonMissing, OwnerBound."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("object", task=task, by=by)
        require_not_bound(locked)
        locked.reason = said
        locked.seen_at = locked.seen_at or at
        save(locked, "state", "reason", "seen_at", at=at)
        note = say(locked, "object", said, by=by, at=at)
        record(TASK_OBJECTED, task=locked, by=by, at=at, outcome="objected", data=note)
    return locked

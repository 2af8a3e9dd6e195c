from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append_all
from tongzhou.tasks.actions.transition import act_on, begin, held, reason_given
from tongzhou.tasks.acts import TASK_WITHDRAWN
from tongzhou.tasks.models import Comment, State, Task, TaskParty


def withdraw_tasks(*, tasks: Sequence[Task], reason: str, by: Post, at: datetime) -> list[Task]:
    """Takes many tasks back at once, all or none: what ``withdraw_task`` does with each, in a
    number of statements that does not hang on how many there are. Raises what that raises."""
    said = reason_given(reason)
    with transaction.atomic(), held([task.id for task in tasks]):
        taken = [begin("withdraw", task=task, by=by) for task in tasks]
        notes, acts = [], []
        for task in taken:
            task.reason, task.handler, task.closed_at, task.updated_at = said, None, at, at
            note = Comment(id=new_id(), task=task, post=by, verb="withdraw", text=said, at=at)
            notes.append(note)
            data = {"note": str(note.id)}
            acts.append(act_on(TASK_WITHDRAWN, task=task, by=by, at=at, outcome="withdrawn",
                               data=data))  # fmt: skip
        ids = [task.id for task in taken]
        Task.objects.filter(id__in=ids).update(
            state=State.WITHDRAWN, reason=said, handler=None, closed_at=at, updated_at=at
        )
        TaskParty.objects.filter(task__in=ids).update(
            state=State.WITHDRAWN, open=False, updated_at=at
        )
        Comment.objects.bulk_create(notes)
        append_all(acts)
    return taken

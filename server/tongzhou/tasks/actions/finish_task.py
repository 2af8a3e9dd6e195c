from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.tasks.actions.transition import begin, record, save, say
from tongzhou.tasks.acts import TASK_FINISHED
from tongzhou.tasks.models import CLOSED, State, Task


class ResultMissing(Invalid):
    """A task reported as done without a word on what came of it."""

    code = "result-missing"
    message = _("Please say in a few words what was done.")


class PartsOpen(Conflict):
    """The task was split and some of its parts are not done."""

    code = "task-parts-open"
    message = _("Parts of %(number)s are still open: %(parts)s. Finish or withdraw them first.")


def finish_task(*, task: Task, result: str, by: Post, at: datetime) -> Task:
    """The lead unit reports the task as done and says what came of it. The act is of the
    kind of work that the task asked for, with everyone who took part. Raises NotFound,
    NotAllowed, WrongState, ResultMissing, PartsOpen."""
    if not result.strip():
        raise ResultMissing(field="result")
    with transaction.atomic():
        locked = begin("finish", task=task, by=by)
        _require_parts_done(locked)
        locked.result = result.strip()
        locked.reason = ""
        locked.done_at = at
        save(locked, "state", "result", "reason", "done_at", at=at)
        note = say(locked, "finish", locked.result, by=by, at=at)
        record(
            TASK_FINISHED,
            task=locked,
            by=by,
            at=at,
            kind=locked.work,
            outcome="late" if at > locked.due_at else "in_time",
            data=note,
        )
    return locked


def _require_parts_done(task: Task) -> None:
    parts = task.parts.exclude(state__in=[*CLOSED, State.DONE]).order_by("number")
    numbers = [f"T-{number}" for number in parts.values_list("number", flat=True)[:10]]
    if numbers:
        raise PartsOpen(number=task.reference, parts=", ".join(numbers))

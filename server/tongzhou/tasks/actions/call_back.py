from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks.actions.transition import begin, record, save, say
from tongzhou.tasks.acts import TICKET_CALLED_BACK
from tongzhou.tasks.models import Task, Ticket


class NotReachedButAnswered(Invalid):
    """Nobody was reached, and yet somebody is said to have judged."""

    code = "not-reached-but-answered"
    message = _("Nobody was reached, so nobody can have said whether it was solved.")


def call_back(
    *,
    task: Task,
    reached: bool,
    by: Post,
    at: datetime,
    solved: bool | None = None,
    satisfied: bool | None = None,
    note: str = "",
) -> Task:
    """The desk asks whoever asked how they found the answer. What was not said stays unknown;
    a later call corrects an earlier one. Raises NotFound, NotAllowed, WrongForm, WrongState,
    NotReachedButAnswered."""
    if not reached and (solved is not None or satisfied is not None):
        raise NotReachedButAnswered(field="reached")
    with transaction.atomic():
        locked = begin("call_back", task=task, by=by)
        changes = {"called_back_at": at, "reached": reached}
        if reached:
            changes |= {"solved": solved, "satisfied": satisfied}
        Ticket.objects.filter(task_id=locked.id).update(**changes)
        save(locked, at=at)
        said = say(locked, "call_back", note.strip(), by=by, at=at) if note.strip() else {}
        record(
            TICKET_CALLED_BACK,
            task=locked,
            by=by,
            at=at,
            with_units=[locked.lead_id],
            outcome="reached" if reached else "not_reached",
            data={**said, "reached": reached, "solved": solved, "satisfied": satisfied},
        )
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks import rules
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TASK_REOPENED
from tongzhou.tasks.models import Call, Form, Task, Ticket


def reopen_task(*, task: Task, reason: str, by: Post, at: datetime) -> Task:
    """Anyone affected – asker, lead, assisting, informed, or above one of them – says why a
    task that was reported or confirmed as done is not. It goes on with its lead. Raises
    NotFound, NotAllowed, WrongState, ReasonMissing."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("reopen", task=task, by=by)
        open_again(locked, reason=said, at=at)
        note = say(locked, "reopen", said, by=by, at=at)
        record(TASK_REOPENED, task=locked, by=by, at=at, outcome="reopened", data=note)
    return locked


def open_again(task: Task, *, reason: str, at: datetime) -> None:
    """Goes on where it was reported as done. How the answer was judged is forgotten: there
    will be another one, of a ticket within the time that its class gives to a new one."""
    task.reason = reason
    task.reopened += 1
    task.done_at = task.closed_at = None
    if task.form == Form.TICKET:
        _promise_anew(task, at=at)
    save(task, "state", "reason", "reopened", "done_at", "closed_at", "due_at", at=at)
    judged = {"solved": None, "satisfied": None, "evaluated_at": None}
    if task.form == Form.TICKET:
        Ticket.objects.filter(task_id=task.id).update(**judged, called_back_at=None, reached=None)
    elif task.form == Form.WHISTLE:
        Call.objects.filter(task_id=task.id).update(**judged)


def _promise_anew(task: Task, *, at: datetime) -> None:
    ticket = task.ticket
    of = rules.hotline_of(ticket.template).ticket_class(ticket.class_code)
    if of is not None:
        task.due_at = at + of.feedback

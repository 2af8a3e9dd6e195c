from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.ledger.append import Json
from tongzhou.tasks import rules
from tongzhou.tasks.actions.transition import begin, record, save
from tongzhou.tasks.acts import TASK_CONFIRMED
from tongzhou.tasks.models import Form, Task, Ticket


def confirm_task(*, task: Task, by: Post, at: datetime) -> Task:
    """The asker is content with what was done; the task is closed. Of a ticket it is drawn
    whether to call back whoever asked. Raises NotFound,
    NotAllowed, WrongState."""
    with transaction.atomic():
        locked = begin("confirm", task=task, by=by)
        locked.closed_at = at
        save(locked, "state", "closed_at", at=at)
        data = _draw(locked) if locked.form == Form.TICKET else None
        record(TASK_CONFIRMED, task=locked, by=by, at=at, outcome="confirmed", data=data)
    return locked


def _draw(task: Task) -> dict[str, Json]:
    """Keeps whether the ticket is in the sample of those to call back; returns what the act
    says of it."""
    ticket = Ticket.objects.get(task_id=task.id)
    percent = rules.hotline_of(ticket.template).call_back_percent
    ticket.sampled = rules.drawn_for_call_back(task.id, percent=percent)
    ticket.save(update_fields=["sampled"])
    return {"sampled": ticket.sampled}

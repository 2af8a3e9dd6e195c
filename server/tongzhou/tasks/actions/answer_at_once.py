from datetime import datetime
from typing import Any

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.tasks.actions.accept_task import accept_task
from tongzhou.tasks.actions.confirm_task import confirm_task
from tongzhou.tasks.actions.finish_task import finish_task
from tongzhou.tasks.actions.register_ticket import register_ticket
from tongzhou.tasks.models import Ticket


def answer_at_once(*, answer: str, by: Post, at: datetime, **asked: Any) -> Ticket:
    """The desk answers while it takes the matter in: registered, kept, accepted, answered and
    closed, each an act of its own, all of them or none. ``asked`` is what ``register_ticket``
    takes, but for who leads. Whoever asked can judge the answer or open it again like any other.
    Raises what these acts raise."""
    with transaction.atomic():
        ticket = register_ticket(**asked, lead=by.unit, by=by, at=at)
        accept_task(task=ticket.task, by=by, at=at)
        finish_task(task=ticket.task, result=answer, by=by, at=at)
        ticket.task = confirm_task(task=ticket.task, by=by, at=at)
    return ticket

"""Judging the help: who whistled judges each department; who asked a ticket judges the answer,
by its number and without an account."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import NotAllowed
from tongzhou.tasks.actions.transition import begin, begin_outside, record, save
from tongzhou.tasks.acts import TICKET_EVALUATED, WHISTLE_EVALUATED
from tongzhou.tasks.models import Call, Form, Task, Ticket


class EvaluationNotYours(NotAllowed):
    """A ticket that somebody else asked for."""

    code = "evaluation-not-yours"
    message = _("Only whoever asked can evaluate this, with the number of the ticket.")


def evaluate(*, task: Task, solved: bool, satisfied: bool, by: Post, at: datetime) -> Task:
    """The unit that whistled judges the help of one department. Raises NotFound, NotAllowed,
    WrongForm, WrongState, EvaluationNotYours."""
    with transaction.atomic():
        locked = begin("evaluate", task=task, by=by)
        if locked.form == Form.TICKET:
            raise EvaluationNotYours()
        Call.objects.filter(task_id=locked.id).update(
            solved=solved, satisfied=satisfied, evaluated_at=at
        )
        save(locked, at=at)
        record(
            WHISTLE_EVALUATED,
            task=locked,
            by=by,
            at=at,
            with_units=[locked.lead_id],
            data={"lead": str(locked.lead_id), "solved": solved, "satisfied": satisfied},
        )
    return locked


def evaluate_ticket(*, ticket: Ticket, solved: bool, satisfied: bool, at: datetime) -> Task:
    """Whoever holds the number judges the answer, of a repeat that of the ticket it went into;
    a later word corrects an earlier one. Raises NoAnswerYet."""
    with transaction.atomic():
        locked = begin_outside("evaluate", task=ticket.going_on)
        Ticket.objects.filter(task_id=ticket.task_id).update(
            solved=solved, satisfied=satisfied, evaluated_at=at
        )
        save(locked, at=at)
        record(
            TICKET_EVALUATED,
            task=locked,
            by=None,
            at=at,
            data={"solved": solved, "satisfied": satisfied},
        )
    return locked

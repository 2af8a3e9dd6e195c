from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel import errors
from tongzhou.tasks import rules
from tongzhou.tasks.actions.register_ticket import class_of
from tongzhou.tasks.actions.transition import begin, reason_given, record, save, say
from tongzhou.tasks.acts import TICKET_RECLASSIFIED
from tongzhou.tasks.models import Task, Ticket


class SameClass(errors.NothingChanged):
    """The ticket is of this class already."""

    message = _("Nothing would change: the ticket is of this class already.")


def reclassify_ticket(*, task: Task, class_code: str, reason: str, by: Post, at: datetime) -> Task:
    """The desk gives a ticket another class of the template that it came in under. The promised
    time, and the clocks with it, begin anew with the limit of that class. Raises NotFound,
    NotAllowed, WrongForm, WrongState, ReasonMissing, UnknownClass, SameClass."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin("reclassify", task=task, by=by)
        ticket = Ticket.objects.get(task_id=locked.id)
        former = ticket.class_code
        of = class_of(rules.hotline_of(ticket.template), class_code)
        if of.code == former:
            raise SameClass(field="class_code")
        ticket.class_code = of.code
        ticket.save(update_fields=["class_code"])
        locked.due_at = at + of.feedback
        save(locked, "due_at", at=at)
        note = say(locked, "reclassify", said, by=by, at=at)
        data = {**note, "class": of.code, "from": former}
        record(TICKET_RECLASSIFIED, task=locked, by=by, at=at, data=data)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.incidents.actions.report_signal import LONGEST_TEXT
from tongzhou.tasks.actions.register_ticket import TicketTooLong
from tongzhou.tasks.actions.reopen_task import open_again
from tongzhou.tasks.actions.transition import begin_outside, reason_given, record, say
from tongzhou.tasks.acts import TICKET_REOPENED
from tongzhou.tasks.models import Task, Ticket


def reopen_ticket(*, ticket: Ticket, reason: str, at: datetime) -> Task:
    """Whoever holds the number says why it is not solved; it goes on with its lead. Raises
    ReasonMissing, TicketTooLong, WrongState."""
    said = reason_given(reason)
    if len(said) > LONGEST_TEXT:
        raise TicketTooLong(field="reason", limit=LONGEST_TEXT)
    with transaction.atomic():
        locked = begin_outside("reopen", task=ticket.going_on)
        open_again(locked, reason=said, at=at)
        note = say(locked, "reopen", said, by=None, at=at)
        record(TICKET_REOPENED, task=locked, by=None, at=at, outcome="reopened", data=note)
    return locked

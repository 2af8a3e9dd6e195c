"""What stands beside a task that is a ticket or the call of a whistle."""

from typing import Any

from tongzhou.tasks import rules
from tongzhou.tasks.models import Call, Form, Requester, Task, Ticket
from tongzhou.tasks.queries import tickets


def beside(task: Task) -> dict[str, Any]:
    """For the page of the task: its ticket, or its call, with what is said of it."""
    if task.form == Form.TICKET:
        return _ticket(task)
    if task.form == Form.WHISTLE:
        return _call(task)
    return {}


def _ticket(task: Task) -> dict[str, Any]:
    ticket = Ticket.objects.get(task_id=task.id)
    return {
        "ticket": ticket,
        "class_title": tickets.class_title(ticket.template, ticket.class_code),
        "has_requester": Requester.objects.filter(ticket_id=task.id).exists(),
        "most_bounces": rules.hotline_of(ticket.template).bounces,
    }


def _call(task: Task) -> dict[str, Any]:
    call = Call.objects.select_related("whistle__unit").get(task_id=task.id)
    known = rules.whistle_of(call.whistle.template)
    kind, ground = known.kind_of(call.whistle.kind), known.ground_of(call.whistle.ground)
    return {
        "call": call,
        "call_kind": str(kind.title) if kind else call.whistle.kind,
        "call_ground": str(ground.title) if ground else call.whistle.ground,
        "call_late": call.arrived_at is not None and call.arrived_at > call.arrive_by,
        "most_bounces": known.bounces,
    }

"""Reaching whoever asked a ticket, and the slip they take along."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.actions.read_requester import read_requester
from tongzhou.tasks.models import Ticket
from tongzhou.tasks.pages.task import about, refused
from tongzhou.tasks.queries import tickets


@require_POST
@signed_in
def task_requester(request: PostRequest, number: int) -> HttpResponse:
    """The page of the ticket, with how to reach whoever asked; that is an act."""
    task = queries.task_for(visible_to=request.holder, number=number)
    try:
        found = read_requester(task=task, by=request.holder, at=clock.now())
    except NotFound:
        raise
    except Refusal as refusal:
        return refused(request, number, refusal)
    context = about(number, post=request.holder) | {"requester": found}
    part = request.headers.get("HX-Request") == "true"
    response = render(request, f"tasks/{'_' if part else ''}task.html", context)
    response["Cache-Control"] = "no-store"
    return response


@require_safe
@signed_in
def task_slip(request: PostRequest, number: int) -> HttpResponse:
    """A slip with the number and how to follow it, for whoever asks at the desk or the door."""
    task = queries.task_for(visible_to=request.holder, number=number)
    ticket = Ticket.objects.filter(task_id=task.id).first()
    if ticket is None:
        raise NotFound()
    context = {
        "task": task,
        "ticket": ticket,
        "class_title": tickets.class_title(ticket.template, ticket.class_code),
    }
    return render(request, "tasks/slip.html", context)

"""Asking and following a ticket without an account: the same numbers as those of signals."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors.auth import ANONYMOUS
from tongzhou.actors.session import exercise_of
from tongzhou.incidents.pages import report
from tongzhou.incidents.pages.public_entry import entry, followed, unkept
from tongzhou.kernel import clock
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.kernel.ids import named_id
from tongzhou.kernel.rate import Rate
from tongzhou.tasks import rules
from tongzhou.tasks.actions.evaluate import evaluate_ticket
from tongzhou.tasks.actions.register_ticket import NoTicketsInExercise, register_ticket
from tongzhou.tasks.actions.reopen_ticket import reopen_ticket
from tongzhou.tasks.forms.ticket import AskForm
from tongzhou.tasks.models import Channel, Ticket
from tongzhou.tasks.queries import tickets
from tongzhou.ui.refusals import everybody

#: Reopening and judging by number; a village may share one address.
SAYINGS: Final = Rate("ticket-said", most=30, every=timedelta(minutes=10))


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def ask(request: HttpRequest) -> HttpResponse:
    """The form for residents; when it is sent, on to the ticket."""
    context = {"hotline": rules.hotline(at=clock.now())[1]}
    return entry(request, AskForm, _take, template="tasks/ask.html", context=context)


def _take(request: HttpRequest, form: AskForm) -> str:
    given = dict(form.cleaned_data)
    once = named_id("ask", str(given.pop("once")))
    if exercise_of(request) is not None:
        raise NoTicketsInExercise()
    made = Ticket.objects.filter(task_id=once).first()
    if made is not None:
        return made.number
    ANONYMOUS.count(client_address(request))
    return register_ticket(**given, channel=Channel.WEB, at=clock.now(), id=once).number


@require_safe
@everybody
def ticket(request: HttpRequest) -> HttpResponse:
    """Looks a number up: a ticket's here, a signal's where signals are."""
    number = request.GET.get("number", "").strip()[:40]
    try:
        found = tickets.by_number(number) if number else None
    except NotFound:
        found = None
    if found is None:
        return report.ticket(request)
    report.LOOK_UPS.count(client_address(request))
    return _shown(request, found)


def _shown(
    request: HttpRequest, found: tickets.Followed, *, refusal: Refusal | None = None
) -> HttpResponse:
    context = {
        "followed": found,
        "ticket": found.ticket,
        "task": found.task,
        "new": request.GET.get("new") == "1",
        "at": clock.now(),
        "refusal": str(refusal) if refusal else "",
    }
    part = request.headers.get("HX-Target") == "ticket"
    template = "tasks/_followed.html" if part else "tasks/followed.html"
    status = refusal.status if refusal else 200
    return unkept(render(request, template, context, status=status))


@require_POST
@everybody
def ticket_said(request: HttpRequest, what: str) -> HttpResponse:
    """Whoever holds the number judges the answer, or says that it is not solved."""
    SAYINGS.count(client_address(request))
    number = request.POST.get("number", "").strip()[:40]
    found = tickets.by_number(number)
    at = clock.now()
    try:
        if what == "evaluate":
            evaluate_ticket(
                ticket=found.ticket,
                solved=request.POST.get("solved") == "yes",
                satisfied=request.POST.get("satisfied") == "yes",
                at=at,
            )
        elif what == "reopen":
            reopen_ticket(
                ticket=found.ticket, reason=request.POST.get("reason", "")[:20_000], at=at
            )
        else:
            raise NotFound()
    except NotFound:
        raise
    except Refusal as refusal:
        return _shown(request, found, refusal=refusal)
    return followed(found.ticket.number)

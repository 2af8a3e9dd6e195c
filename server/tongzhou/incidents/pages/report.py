"""Reporting a signal and following its ticket; nobody needs an account for it."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors.auth import ANONYMOUS
from tongzhou.actors.session import current_post
from tongzhou.actors.vocabulary import SIGNAL_REPORT
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.forms.signals import ReportForm
from tongzhou.incidents.models import Signal
from tongzhou.incidents.pages.public_entry import entry, unkept
from tongzhou.incidents.queries import reports, signals
from tongzhou.kernel import clock
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import NotFound
from tongzhou.kernel.ids import named_id
from tongzhou.kernel.rate import Rate
from tongzhou.ui.refusals import everybody

#: Tickets cannot be guessed; this keeps anybody from trying.
LOOK_UPS: Final = Rate("ticket", most=60, every=timedelta(minutes=10))


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def report(request: HttpRequest) -> HttpResponse:
    """The form; when it is sent, on to the ticket."""
    context = {"promise": signals.ASSESS_WITHIN}
    return entry(request, ReportForm, _take, template="incidents/report.html", context=context)


def _take(request: HttpRequest, form: ReportForm) -> str:
    """The number of the signal; of one that was sent before, the one that was made then."""
    given = dict(form.cleaned_data)
    # Not the id itself: ids stand in the ledger, and whoever sends one gets the ticket back.
    once = named_id("report", str(given.pop("once")))
    made = Signal.objects.filter(id=once).first()
    if made is not None:
        return made.ticket
    post = current_post(request)
    if post is None or not post.holds(SIGNAL_REPORT.name):
        post = None
        ANONYMOUS.count(client_address(request))
    return report_signal(**given, by=post, at=clock.now(), id=once).ticket


@require_safe
@everybody
def ticket(request: HttpRequest) -> HttpResponse:
    """Looks a ticket up: how far it has come, and the answer."""
    number = request.GET.get("number", "").strip()[:40]
    context: dict[str, object] = {"number": number, "new": request.GET.get("new") == "1"}
    status = 200
    if number:
        LOOK_UPS.count(client_address(request))
        try:
            found = signals.by_ticket(number)
            context |= {
                "ticket": found,
                "ways": reports.of_signal(found.signal, at=clock.now()),
            }
        except NotFound:
            context["missing"] = True
            status = 404
    part = request.headers.get("HX-Target") == "ticket"
    template = "incidents/_ticket.html" if part else "incidents/ticket.html"
    return unkept(render(request, template, context | {"at": clock.now()}, status=status))

"""Reporting a signal and following its ticket; nobody needs an account for it."""

from datetime import timedelta
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors.auth import ANONYMOUS
from tongzhou.actors.session import current_post
from tongzhou.actors.vocabulary import SIGNAL_REPORT
from tongzhou.incidents.actions.report_signal import report_signal
from tongzhou.incidents.forms.signals import ReportForm
from tongzhou.incidents.models import Signal
from tongzhou.incidents.pages import areas
from tongzhou.incidents.queries import reports, signals
from tongzhou.kernel import clock
from tongzhou.kernel.client_address import client_address
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.kernel.ids import named_id
from tongzhou.kernel.rate import Rate
from tongzhou.ui.refusals import everybody, tell_form

#: Tickets cannot be guessed; this keeps anybody from trying.
LOOK_UPS: Final = Rate("ticket", most=60, every=timedelta(minutes=10))
_LATER: Final = 429


@require_http_methods(["GET", "HEAD", "POST"])
@everybody
def report(request: HttpRequest) -> HttpResponse:
    """The form; when it is sent, on to the ticket."""
    picks = request.method == "POST" and areas.PICK in request.POST
    form = ReportForm(initial=request.POST.dict() if picks else {"area": request.GET.get("area")})
    status = 200
    if request.method == "POST" and not picks:
        form = ReportForm(request.POST)
        status = 422
        if form.is_valid():
            try:
                return _done(_take(request, form))
            except Refusal as refusal:
                tell_form(form, refusal)
                status = refusal.status
    given = request.POST if request.method == "POST" else {"area": form["area"].value() or ""}
    context = {
        "form": form,
        "picker": areas.picked(given),
        "promise": signals.ASSESS_WITHIN,
    }
    return render(request, "incidents/report.html", context, status=status)


def _take(request: HttpRequest, form: ReportForm) -> Signal:
    """The signal of the form; of one that was sent before, the one that was made then."""
    given = dict(form.cleaned_data)
    # Not the id itself: ids stand in the ledger, and whoever sends one gets the ticket back.
    once = named_id("report", str(given.pop("once")))
    made = Signal.objects.filter(id=once).first()
    if made is not None:
        return made
    post = current_post(request)
    if post is None or not post.holds(SIGNAL_REPORT.name):
        post = None
        ANONYMOUS.count(client_address(request))
    return report_signal(**given, by=post, at=clock.now(), id=once)


def _done(signal: Signal) -> HttpResponse:
    query = urlencode({"number": signal.ticket, "new": "1"})
    return redirect(f"{reverse('ticket')}?{query}")


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
    response = render(request, template, context | {"at": clock.now()}, status=status)
    # The number is the key to the answer: it stays out of other sites' logs and of caches. This
    # site must know where its own forms (the choice of language) come from, or it refuses them.
    response["Referrer-Policy"] = "same-origin"
    response["Cache-Control"] = "no-store"
    return response

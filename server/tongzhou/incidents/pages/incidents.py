"""The list of incidents, and a new one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import INCIDENT_OPEN
from tongzhou.incidents.actions.open_incident import open_incident
from tongzhou.incidents.forms.incident import IncidentForm
from tongzhou.incidents.models import Incident, Signal
from tongzhou.incidents.pages import areas
from tongzhou.incidents.queries import lists, signals
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.library.grades import Grade
from tongzhou.ui.refusals import tell_form

LIST = "incident-list"


@require_safe
@signed_in
def incidents(request: PostRequest) -> HttpResponse:
    """Incidents that the unit has to do with; the filters stand in the address."""
    wanted = request.GET
    at = clock.now()
    page = lists.listed(
        visible_to=request.holder,
        at=at,
        q=wanted.get("q", "")[:100],
        state=wanted.get("state", ""),
        grade=wanted.get("grade", ""),
        cursor=wanted.get("cursor", "")[:600],
    )
    context = {
        "rows": page.rows,
        "next": page.next,
        "at": at,
        "states": [("open", _("open")), ("closed", _("ended"))],
        "grades": Grade.choices,
        "filtered": any(wanted.get(name) for name in ("q", "state", "grade")),
        "may_open": permissions.holds(request.holder, INCIDENT_OPEN),
    }
    part = request.headers.get("HX-Target") == LIST
    template = "incidents/_incidents.html" if part else "incidents/incidents.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def incident_new(request: PostRequest) -> HttpResponse:
    """The form of a new incident; ``?signal=`` names the signal that it answers."""
    post = request.holder
    permissions.require(by=post, word=INCIDENT_OPEN)
    signal = _signal(request)
    picks = request.method == "POST" and areas.PICK in request.POST
    if request.method == "POST" and not picks:
        form = IncidentForm(request.POST, post=post)
        if form.is_valid():
            try:
                made = open_incident(**form.cleaned_data, signal=signal, by=post, at=clock.now())
            except Refusal as refusal:
                tell_form(form, refusal)
            else:
                messages.success(request, _("The incident is open. Set the response level next."))
                return redirect("incident", code=made.code)
    elif picks:
        typed = request.POST.dict() | {"told": request.POST.getlist("told")}
        form = IncidentForm(initial=typed, post=post)
    else:
        known = _from_signal(signal) | {"exercise": post.exercise}
        form = IncidentForm(post=post, initial=known)
    given = request.POST.dict() if request.method == "POST" else {"area": form["area"].value()}
    context = {
        "form": form,
        "signal": signal,
        **_taken(signal, post),
        "picker": areas.picked(given, root=post.unit.area.code),
    }
    return render(
        request, "incidents/incident_new.html", context, status=422 if form.is_bound else 200
    )


def _signal(request: PostRequest) -> Signal | None:
    ticket = request.GET.get("signal", "")
    return signals.find(ticket, visible_to=request.holder) if ticket else None


def _taken(signal: Signal | None, post: Post) -> dict[str, Incident | bool | None]:
    """Whether the signal belongs to an incident already, and to which, as far as the post
    may know."""
    incident = signal.incident if signal is not None else None
    seen = incident if incident is not None and incident.relations_of(post) else None
    return {"taken": incident is not None, "taken_by": seen}


def _from_signal(signal: Signal | None) -> dict[str, str]:
    return {"area": signal.area.code} if signal is not None else {}

"""The form of an act in an incident: in a dialog, or on a page of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.incidents.forms.steps import StepForm
from tongzhou.incidents.models import Incident
from tongzhou.incidents.pages import areas
from tongzhou.incidents.pages.steps import STEPS, Step
from tongzhou.incidents.queries import lists
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.ui.refusals import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def step(request: PostRequest, code: str, verb: str, id: UUID | None = None) -> HttpResponse:
    """Shows the form of an act, or does it. The address comes from ``pages.steps``."""
    chosen = STEPS.get(verb)
    if chosen is None or (chosen.find is None) != (id is None):
        raise NotFound()
    incident = lists.find(code, visible_to=request.holder)
    target = chosen.find(incident, id) if chosen.find is not None and id is not None else None
    on = target if chosen.about == "decision" else incident
    permissions.require(by=request.holder, word=chosen.word, on=on)
    at = clock.now()
    picks = request.method == "POST" and areas.PICK in request.POST
    data = request.POST if request.method == "POST" and not picks else None
    known: dict[str, Any] = {
        "incident": incident, "post": request.holder, "at": at, "target": target,
    }  # fmt: skip
    if picks:
        # A choice in the area picker without script: all that was typed stays.
        form = chosen.form(initial=request.POST.dict(), **known)
    else:
        form = chosen.form(data, **known)
    if data is not None and form.is_valid():
        try:
            about = {chosen.about: target if target is not None else incident}
            chosen.act(**about, **form.arguments(), by=request.holder, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            return _done(request, chosen, incident)
    return _show(request, chosen, incident, target, form)


def _done(request: PostRequest, chosen: Step, incident: Incident) -> HttpResponse:
    messages.success(request, str(chosen.said))
    back = reverse(chosen.tab, args=[incident.code])
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": back})
    return redirect(back)


def _show(
    request: PostRequest, chosen: Step, incident: Incident, target: Any, form: StepForm
) -> HttpResponse:
    part = bool(request.headers.get("HX-Request"))
    context: dict[str, Any] = {
        "step": chosen,
        "incident": incident,
        "target": target,
        "form": form,
        "dialog": part,
        "back": reverse(chosen.tab, args=[incident.code]),
        "action": request.path,
    }
    if "area" in form.fields:
        given = request.POST.dict() if request.method == "POST" else {"area": form["area"].value()}
        context["picker"] = areas.picked(given, root=incident.area.code)
    template = "incidents/_step.html" if part else "incidents/step.html"
    return render(request, template, context, status=422 if form.is_bound else 200)

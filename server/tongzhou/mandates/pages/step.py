"""The form of an act: in a dialog, or on a page of its own."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_http_methods

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.mandates.forms.steps import StepForm
from tongzhou.mandates.models import Delegation, Duty
from tongzhou.mandates.pages.steps import STEPS, Step, duty_of, require
from tongzhou.mandates.queries import charges
from tongzhou.ui.refusals import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def step(request: PostRequest, code: str, verb: str, id: UUID | None = None) -> HttpResponse:
    """Shows the form of an act, or does it. The address comes from ``pages.steps``."""
    chosen = STEPS.get(verb)
    if chosen is None or (chosen.find is None) != (id is None):
        raise NotFound()
    post, at = request.holder, clock.now()
    duty = charges.duty(code, visible_to=post)
    target = duty if chosen.find is None else chosen.find(id, visible_to=post)
    if duty_of(chosen, target) != duty.id:
        raise NotFound()
    require(chosen, target, post)
    known: dict[str, Any] = {"duty": duty, "target": target, "post": post, "at": at}
    if request.method != "POST":
        initial = {name: value for name, value in request.GET.items() if name in _PREFILL}
        return _show(request, chosen, duty, chosen.form(initial=initial, **known))
    form = chosen.form(request.POST, **known)
    if form.is_valid():
        try:
            chosen.act(**{chosen.about: target}, **form.arguments(), by=post, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            return _done(request, chosen, duty)
    return _show(request, chosen, duty, form)


#: What an address may fill in beforehand.
_PREFILL = frozenset({"unit", "part", "area", "to", "take_over", "kind"})


def _back(request: PostRequest, duty: Duty) -> str:
    """Where the reader came from within this room, else the page of the duty."""
    given = request.GET.get("back", "")
    if given.startswith("/") and url_has_allowed_host_and_scheme(given, allowed_hosts=None):
        return given
    return reverse("duty", args=[duty.code])


def _done(request: PostRequest, chosen: Step, duty: Duty) -> HttpResponse:
    messages.success(request, str(chosen.said))
    back = _back(request, duty)
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": back})
    return redirect(back)


def _going_back(target: object) -> list[dict[str, Any]]:
    """What a recall takes back, as rows of what was passed on without a button."""
    rows = charges.going_back(target) if isinstance(target, Delegation) else ()
    return [{"delegation": one, "mine": False} for one in rows]


def _show(request: PostRequest, chosen: Step, duty: Duty, form: StepForm) -> HttpResponse:
    part = bool(request.headers.get("HX-Request"))
    context = {
        "step": chosen,
        "duty": duty,
        "target": form.target,
        "form": form,
        "dialog": part,
        "back": _back(request, duty),
        "action": request.get_full_path(),
        "going_back": _going_back(form.target),
    }
    template = "mandates/_step.html" if part else "mandates/step.html"
    return render(request, template, context, status=422 if form.is_bound else 200)

"""Doing something with a shipment: one address for each verb."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseNotAllowed
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SHIPMENT_EXPLAIN
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.oversight.pages.rendering import tried
from tongzhou.shipments.actions.change import ShipmentNotSo
from tongzhou.shipments.actions.explain_difference import explain_difference
from tongzhou.shipments.forms.steps import ExplainForm, StepForm
from tongzhou.shipments.models import Shipment
from tongzhou.shipments.pages.steps import STEPS, Step, word_of
from tongzhou.shipments.queries import shipments


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shipment_act(request: PostRequest, number: int, verb: str) -> HttpResponse:
    """GET: the form of an act. POST: does it."""
    step = STEPS.get(verb)
    if step is None:
        raise NotFound()
    post, at = request.holder, clock.now()
    found = shipments.find(number, visible_to=post)
    if step.form is None:
        if request.method != "POST":
            return HttpResponseNotAllowed(["POST"])
        step.act(shipment=found, by=post, at=at)
        return _done(request, step, number)
    if request.method != "POST":
        permissions.require(by=post, word=word_of(step, found, post), on=found)
        if found.state not in step.states:
            raise ShipmentNotSo(reference=found.reference, state=found.state_label)
    known: dict[str, Any] = {
        "shipment": found, "lines": shipments.lines(found), "post": post, "at": at,
    }  # fmt: skip
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = step.form(*data, **known)
    if data and _tried(form, lambda: step.act(shipment=found, **form.arguments(), by=post, at=at)):
        return _done(request, step, number)
    context = {"shipment": found, "step": step, "form": form}
    return render(request, "shipments/step.html", context, status=422 if data else 200)


def _tried(form: StepForm, act: Callable[[], Shipment]) -> Shipment | None:
    if not form.is_valid():
        return None
    try:
        return act()
    except Refusal as refusal:
        if refusal.status in (403, 404) and not refusal.field:
            raise
        form.told(refusal)
        return None


def _done(request: PostRequest, step: Step, number: int) -> HttpResponse:
    messages.success(request, str(step.said))
    return redirect("shipment", number)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def difference_explain(request: PostRequest, number: int, id: UUID) -> HttpResponse:
    """What became of what did not come as it was loaded."""
    post, at = request.holder, clock.now()
    found = shipments.find(number, visible_to=post)
    permissions.require(by=post, word=SHIPMENT_EXPLAIN, on=found)
    difference = shipments.difference(id, shipment=found)
    data = (request.POST,) if request.method == "POST" else ()
    form = ExplainForm(*data, difference=difference)
    if data and tried(
        form,
        lambda: explain_difference(difference=difference, **form.cleaned_data, by=post, at=at),
    ):
        messages.success(request, _("Explained. The goods left the account of the shipment."))
        return redirect("shipment", number)
    context = {"shipment": found, "difference": difference, "form": form}
    return render(request, "shipments/explain.html", context, status=422 if data else 200)

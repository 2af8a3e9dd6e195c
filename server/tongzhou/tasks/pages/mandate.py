"""What the matrix of powers and duties says while a task is written, and who was asked
outside of it."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.mandates import queries as mandates
from tongzhou.mandates.models import Duty
from tongzhou.tasks.forms.pickers import AreaField, DutyField, PickerField, UnitField
from tongzhou.tasks.models import Basis
from tongzhou.tasks.queries.ties import emergent_ties


@require_safe
@signed_in
def task_mandate(request: PostRequest) -> HttpResponse:
    """Who is charged with the chosen duty there and then, whether the chosen unit is, and
    which rule forbids it. Empty while no duty is chosen."""
    post = request.holder
    duty = _chosen(request, "duty", DutyField())
    if not isinstance(duty, Duty):
        return HttpResponse("")
    lead = _chosen(request, "lead", UnitField())
    return render(request, "tasks/_mandate.html", _said(request, post, duty, lead))


def _said(request: HttpRequest, post: Post, duty: Duty, lead: Unit | None) -> dict[str, Any]:
    place = _chosen(request, "area", AreaField()) or (lead or post.unit).area
    phase = grade = ""
    if code := request.GET.get("incident", "")[:80]:
        try:
            incident = incidents.find(code, visible_to=post)
        except NotFound:
            pass
        else:
            phase, grade = incident.phase, incident.grade
    found = mandates.resolve(duty.code, area=place, phase=phase, grade=grade)
    # Whoever is accountable and asks itself means those who do the work.
    others = [unit for unit in found.responsible if unit.id != post.unit_id]
    proposed = found.accountable
    if (proposed is None or proposed.id == post.unit_id) and others:
        proposed = others[0]
    verdict = mandates.judge(found, lead, on=clock.now().date()) if lead is not None else None
    return {
        "duty": duty,
        "place": place,
        "lead": lead,
        "found": found,
        "verdict": verdict,
        "proposed": proposed,
        "below": proposed is not None and post.unit_id in proposed.line,
        "justify": duty.autonomous and request.GET.get("basis") == Basis.ORDER,
    }


def _chosen(request: HttpRequest, name: str, field: PickerField) -> Any:
    """The one thing that the field of this name holds; None while it does not."""
    text = request.GET.get(name, "").strip()[:200]
    found = field.find(text) if text else []
    return found[0] if len(found) == 1 else None


@require_safe
@signed_in
def emergent(request: PostRequest) -> HttpResponse:
    """Who was asked outside of every mandate, by pairs of units: a panel of the page of
    problems."""
    return render(
        request, "tasks/_emergent.html", {"ties": emergent_ties(visible_to=request.holder)}
    )

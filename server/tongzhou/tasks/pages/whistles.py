"""Blowing the whistle, and seeing who came."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.models import Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import WHISTLE_BLOW
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.places.models import Area
from tongzhou.tasks import rules
from tongzhou.tasks.actions.blow_whistle import blow_whistle
from tongzhou.tasks.forms.whistle import WhistleForm
from tongzhou.tasks.models import Whistle
from tongzhou.tasks.pages import once, telling
from tongzhou.tasks.queries import duties
from tongzhou.tasks.queries import whistles as found_whistles

STATES: Final = {
    "open": gettext_lazy("running"),
    "absent": gettext_lazy("somebody not there in time"),
    "closed": pgettext_lazy("ticket", "closed"),
}


@require_safe
@signed_in
def whistles(request: PostRequest) -> HttpResponse:
    """The whistles that one's unit blew or was called by."""
    at, post, wanted = clock.now(), request.holder, request.GET
    q, state = wanted.get("q", "").strip()[:100], wanted.get("state", "")
    page = found_whistles.listed(
        visible_to=post, at=at, q=q, state=state, cursor=wanted.get("cursor", "")[:600]
    )
    context = {
        "page": page,
        "at": at,
        "filtered": bool(q or state),
        "states": list(STATES.items()),
        "closed": STATES["closed"],
        "address": request.get_full_path(),
    }
    part = request.headers.get("HX-Target") in {"whistles", "whistle-list"}
    return render(request, f"tasks/{'_' if part else ''}whistles.html", context)


@require_safe
@signed_in
def whistle(request: PostRequest, number: int) -> HttpResponse:
    """One whistle: each department, when it came, what it answered."""
    row = found_whistles.find(number, visible_to=request.holder, at=clock.now())
    known = rules.whistle_of(row.whistle.template)
    context = {
        "row": row,
        "whistle": row.whistle,
        "ends": known.ends,
        "own": row.whistle.unit_id == request.holder.unit_id,
        "calls": [(call, telling.state_of("whistle", call.call.task.state)) for call in row.calls],
        "at": clock.now(),
        "topics": " ".join(f"task:{call.call.task_id}" for call in row.calls),
    }
    part = request.headers.get("HX-Target") == "whistle"
    return render(request, f"tasks/{'_' if part else ''}whistle.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def whistle_new(request: PostRequest) -> HttpResponse:
    """GET: the composer. POST: calls the departments."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=WHISTLE_BLOW)
    open_ones = {incident.code: incident for incident in incidents.codes(visible_to=post)}
    options: dict[str, Any] = {
        "known": rules.whistle(at=at)[1],
        "duties": duties.open_duties(),
        "incidents": open_ones,
    }
    if request.method != "POST":
        known = options["known"]
        initial = {
            "kind": known.kinds[-1].code,  # whoever whistles from the street is in a hurry
            "ground": known.grounds[0].code,
            "area": post.unit.area,
            "units": request.GET.get("units", "")[:200],
        }
        return _page(request, WhistleForm(initial=initial, **options))
    data = request.POST.copy()
    if data.get("call"):  # the button of a proposed department
        data["units"] = ",".join(
            filter(None, (request.POST.get("units"), request.POST.get("call")))
        )
        return _page(request, WhistleForm(initial=data.dict(), **options))
    form = WhistleForm(data, **options)
    if not form.is_valid():
        return _page(request, form, status=422)
    given = request.POST.get("once", "")
    if not once.first(post, given):
        return redirect("whistles")
    try:
        made: Whistle = blow_whistle(**form.arguments(), by=post, at=at)
    except Refusal as refusal:
        once.free(post, given)
        form.take(refusal)
        return _page(request, form, status=refusal.status)
    messages.success(request, _("%(number)s: the departments were called.") % {"number": made})
    return redirect("whistle", made.number)


def _page(request: PostRequest, form: WhistleForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "once": once.number(request.holder),
        "action_url": reverse("whistle-new"),
        "check_url": reverse("whistle-check"),
        "ends": form.known.ends,
    }
    return render(request, "tasks/whistle_new.html", context, status=status)


@require_safe
@signed_in
def whistle_check(request: PostRequest) -> HttpResponse:
    """Before the call: which department is competent, and whether those chosen are."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=WHISTLE_BLOW)
    area = Area.objects.filter(code=request.GET.get("area", "")[:80]).first() or post.unit.area
    duty = duties.open_duties().get(request.GET.get("duty", "")[:60])
    codes = [code for code in request.GET.get("units", "")[:2000].split(",") if code]
    units = list(Unit.objects.filter(code__in=codes).select_related("area"))
    open_ones = {incident.code: incident for incident in incidents.codes(visible_to=post)}
    incident = open_ones.get(request.GET.get("incident", "")[:80])
    context = {
        "duty": duty,
        "charged": duties.charged(duty, area=area, incident=incident) if duty else None,
        "fits": duties.fits_duty(duty, units, area=area, incident=incident, on=at.date())
        if duty
        else [],
        "own": [unit for unit in units if unit.id == post.unit_id],
        "below": [unit for unit in units if post.unit_id in unit.line and unit.id != post.unit_id],
        "chosen": {unit.code for unit in units},
    }
    return render(request, "tasks/_power_check.html", context)

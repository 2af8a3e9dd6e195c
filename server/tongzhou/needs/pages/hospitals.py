"""How hospitals stand."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import HOSPITAL_REPORT
from tongzhou.kernel import clock
from tongzhou.needs.actions.report_hospital import FIELDS, report_hospital
from tongzhou.needs.forms.hospitals import HospitalForm
from tongzhou.needs.pages.rendering import done, part, posted, tried
from tongzhou.needs.queries import hospitals as queries

LIST: Final = "hospital-list"


@require_safe
@signed_in
def hospitals(request: PostRequest) -> HttpResponse:
    """The hospitals that the post may see, each with its last word and its age."""
    at = clock.now()
    found = queries.standings(
        visible_to=request.holder, at=at, area=request.GET.get("area", "")[:80],
        q=request.GET.get("q", "").strip()[:100],
    )  # fmt: skip
    said = [one.status for one in found if one.status is not None and not one.old]
    sums = {
        name: sum(getattr(one, name) or 0 for one in said)
        for name in ("beds_free", "isolation_free", "icu_free", "ventilators_free")
    }
    context = {
        "rows": found,
        "sums": sums,
        "fresh": len(said),
        "at": at,
        "filtered": bool(request.GET.get("q") or request.GET.get("area")),
        "tab": "hospitals",
    }
    template = "needs/_hospitals.html" if part(request, LIST) else "needs/hospitals.html"
    return render(request, template, context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def hospital(request: PostRequest, code: str) -> HttpResponse:
    """One hospital: its history, and the form of ten fields."""
    post, at = request.holder, clock.now()
    unit = queries.find(code, visible_to=post)
    history = queries.history(unit.id, visible_to=post)
    may = permissions.allowed(by=post, word=HOSPITAL_REPORT, on=unit)
    if request.method == "POST":
        permissions.require(by=post, word=HOSPITAL_REPORT, on=unit)
    last = {name: getattr(history[0], name) for name in FIELDS} if history else {}
    form = HospitalForm(posted(request), initial=last)
    if request.method == "POST" and tried(
        form, lambda: report_hospital(unit=unit, figures=form.figures(), by=post, at=at)
    ):
        return done(request, _("Reported. Thank you."), "hospital", code)
    context = {
        "unit": unit,
        "history": history,
        "form": form if may else None,
        "at": at,
        "old": queries.OLD,
        "tab": "hospitals",
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "needs/hospital.html", context, status=status)

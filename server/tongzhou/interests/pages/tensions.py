"""Structural tensions of areas: compared, recorded by hand, brought in from a file."""

from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import TENSION_RECORD
from tongzhou.interests import exporting
from tongzhou.interests.actions.record_figures import record_figures
from tongzhou.interests.forms.tensions import FigureForm, FiguresFileForm
from tongzhou.interests.importing import Read, read
from tongzhou.interests.indicators import Indicator
from tongzhou.interests.pages.files import csv_answer
from tongzhou.interests.queries import stakes, tensions
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.pages.rendering import done, tried
from tongzhou.places import queries as places
from tongzhou.places.models import Area


def _parent(request: PostRequest) -> Area:
    code = request.GET.get("inside", "")[:80]
    return places.find(code) if code else request.holder.unit.area


@require_safe
@signed_in
def tension_page(request: PostRequest) -> HttpResponse:
    """The areas below one (``?inside=``, else that of the own unit), the most strained first."""
    parent = _parent(request)
    rows = tensions.below(parent, at=clock.now())
    context: dict[str, Any] = {
        "tab": "tensions",
        "parent": parent,
        "rows": rows,
        "known": any(one.value is not None for row in rows for one in row.figures),
        "indicators": [label for _value, label in Indicator.choices],
        "above": [area for area in places.ancestors(parent) if area.id != parent.id],
        "may_record": permissions.holds(request.holder, TENSION_RECORD),
        "fewest": tensions.FEWEST_AREAS,
        "to_confirm": stakes.to_confirm(visible_to=request.holder),
    }
    return render(request, "interests/tensions.html", context)


@require_safe
@signed_in
def tension_csv(request: PostRequest) -> StreamingHttpResponse:
    """The same as a file."""
    rows = tensions.below(_parent(request), at=clock.now())
    return csv_answer(exporting.tensions(rows), "tensions.csv")


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def figure_new(request: PostRequest) -> HttpResponse:
    """The form of one figure."""
    post, at = _recorder(request), clock.now()
    data = (request.POST,) if request.method == "POST" else ()
    form = FigureForm(*data, post=post, at=at, initial={"area": request.GET.get("area", "")[:80]})
    if data and tried(form, lambda: record_figures(**form.arguments(), by=post, at=at)):
        return done(request, _("Recorded."), "tensions")
    context = {"form": form, "title": _("Record a figure"), "action": _("Record it")}
    return render(request, "interests/figure_new.html", context, status=422 if data else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def figure_import(request: PostRequest) -> HttpResponse:
    """The form of a file: tried, with what is wrong row by row, then taken over."""
    post, at = _recorder(request), clock.now()
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    form = FiguresFileForm(*data, post=post, at=at)
    found: Read | None = None
    if data:
        found = tried(form, lambda: read(form.cleaned_data["file"].read(2_000_000), by=post, at=at))
    if found is not None and not found.problems and not form.cleaned_data["dry_run"]:
        record_figures(figures=found.figures, by=post, at=at)
        n = len(found.figures)
        said = ngettext("%(n)d figure recorded.", "%(n)d figures recorded.", n) % {"n": n}
        return done(request, said, "tensions")
    context = {"form": form, "title": _("Bring in figures"), "action": _("Read the file"),
               "found": found}  # fmt: skip
    failed = bool(data) and (found is None or bool(found.problems))
    return render(request, "interests/figure_new.html", context, status=422 if failed else 200)


def _recorder(request: PostRequest) -> Post:
    if not permissions.holds(request.holder, TENSION_RECORD):
        raise NotAllowed(permission=TENSION_RECORD.label)
    return request.holder

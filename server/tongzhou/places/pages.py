"""The tree of areas and the page of one. For everybody who is signed in; changing an area
needs the permission, which the acts ask."""

from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import condition, require_http_methods, require_safe

from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, Refusal
from tongzhou.places import panels, profile, queries
from tongzhou.places.actions.create_area import create_area
from tongzhou.places.actions.edit_area import edit_area
from tongzhou.places.forms import AreaForm
from tongzhou.places.map_option import by_population, shapes_address
from tongzhou.places.models import Area
from tongzhou.places.permissions import AREA_EDIT, Editor, may_edit
from tongzhou.places.shapes import collection, shapes_tag
from tongzhou.ui.refusals import everybody, tell_form

LIST = "area-list"
_FOUND = 100


@require_safe
@login_required
@everybody
def areas(request: HttpRequest) -> HttpResponse:
    """The tree from its roots, or what a search found."""
    q = request.GET.get("q", "")[:100]
    found = queries.suggestions(q, limit=_FOUND) if q.strip() else queries.roots()
    part = request.headers.get("HX-Target") == LIST
    context = {"q": q.strip(), "areas": _branches(found)}
    return render(request, "places/_areas.html" if part else "places/areas.html", context)


@require_safe
@login_required
@everybody
def children(request: HttpRequest, code: str) -> HttpResponse:
    """The branch below an area, as a part of the tree."""
    found = queries.children(queries.find(code))
    return render(request, "places/_branch.html", {"areas": _branches(found)})


@require_safe
@login_required
@everybody
def area(request: HttpRequest, code: str) -> HttpResponse:
    """One area: where it lies, its figures, what is inside, and what other rooms add."""
    found = queries.find(code)
    inside = queries.children(found)
    shaped = queries.with_boundaries(found)
    context: dict[str, Any] = {
        "area": found,
        "ancestors": queries.ancestors(found),
        "children": inside,
        "populated": any(child.population is not None for child in inside),
        "census": profile.rows(found.profile),
        "years": profile.YEARS,
        "panels": panels.shown(found, request),
        "may_edit": may_edit(_holder(request), found),
    }
    if shaped:
        context["map"] = by_population(found, shaped)
        context["map_url"] = shapes_address(found)
        context["map_table"] = {
            "headers": [_("Area"), _("Population")],
            "rows": [[a.name, a.population if a.population is not None else "–"] for a in shaped],
        }
    return render(request, "places/area.html", context)


@require_safe
@login_required
@everybody
@condition(etag_func=lambda request, code: shapes_tag(code))
def area_map(request: HttpRequest, code: str) -> HttpResponse:
    """The shapes inside an area, as GeoJSON."""
    found = queries.with_boundaries(queries.find(code))
    response = JsonResponse(collection(found), content_type="application/geo+json")
    response["Cache-Control"] = "private, max-age=3600"
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@everybody
def area_new(request: HttpRequest, code: str) -> HttpResponse:
    """Adds an area inside another."""
    parent = queries.find(code)
    editor = _editor(request, parent)
    form = AreaForm.below(parent, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            made = create_area(**form.cleaned_data, parent=parent, by=editor, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("%(area)s was added.") % {"area": made.name})
            return redirect("area", made.code)
    return _form_page(request, form, parent=parent)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@everybody
def area_edit(request: HttpRequest, code: str) -> HttpResponse:
    """Changes an area."""
    found = queries.find(code)
    editor = _editor(request, found)
    form = AreaForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            edit_area(area=found, changes=form.cleaned_data, by=editor, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The area was changed."))
            return redirect("area", found.code)
    return _form_page(request, form, area=found)


def _branches(found: list[Area]) -> list[tuple[Area, bool]]:
    """Each area with whether something lies inside."""
    deeper = queries.having_children(found)
    return [(area, area.code in deeper) for area in found]


def _holder(request: HttpRequest) -> Editor | None:
    """Under which post somebody works is found one room above, which puts it here."""
    return cast(Editor | None, getattr(request, "holder", None) or None)


def _editor(request: HttpRequest, area: Area) -> Editor:
    holder = _holder(request)
    if holder is None or not may_edit(holder, area):
        raise NotAllowed(permission=holder.said(AREA_EDIT) if holder else AREA_EDIT)
    return holder


def _form_page(
    request: HttpRequest, form: AreaForm, *, area: Area | None = None, parent: Area | None = None
) -> HttpResponse:
    context = {"form": form, "area": area, "parent": parent}
    return render(request, "places/area_form.html", context, status=422 if form.errors else 200)

"""Units: the list, one unit, making and changing one."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import access, permissions, queries, sentences
from tongzhou.actors.actions.create_unit import create_unit
from tongzhou.actors.actions.edit_unit import edit_unit
from tongzhou.actors.forms import InvitationForm, UnitForm
from tongzhou.actors.models import Sector, Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import (
    PERSON_DEACTIVATE,
    PERSON_INVITE,
    UNIT_CREATE,
    UNIT_EDIT,
)
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, Refusal
from tongzhou.ledger import queries as ledger
from tongzhou.places import queries as places
from tongzhou.places.models import Area, Level
from tongzhou.ui.refusals import tell_form

_PAGE = 50
_ACTS = 20
LIST = "unit-list"


@require_safe
@signed_in
def units(request: PostRequest) -> HttpResponse:
    """The list of units; its filters stand in the address."""
    wanted = request.GET
    area = places.find(wanted["area"]) if wanted.get("area") else None
    page = queries.listed(
        visible_to=request.holder,
        q=wanted.get("q", "")[:100],
        sector=wanted.get("sector", ""),
        level=wanted.get("level", ""),
        area=area,
        closed=wanted.get("closed") == "1",
        cursor=wanted.get("cursor", "")[:600],
        limit=_PAGE,
    )
    part = request.headers.get("HX-Target") == LIST
    # Labels are looked up once for the page, not once for each row.
    sectors = {value: str(label) for value, label in Sector.choices}
    levels = {value: str(label) for value, label in Level.choices}
    context = {
        "rows": [(unit, sectors[unit.sector], levels[unit.level]) for unit in page.rows],
        "next": page.next,
        "area": area,
        "sectors": sectors.items(),
        "levels": levels.items(),
        "may_create": permissions.holds(request.holder, UNIT_CREATE),
    }
    return render(request, "actors/_units.html" if part else "actors/units.html", context)


@require_safe
@signed_in
def unit(request: PostRequest, code: str) -> HttpResponse:
    """One unit: who, where, in which line; people and acts for those who may know."""
    post = request.holder
    found = queries.find(code, visible_to=post)
    at = clock.now()
    knows = access.sees_people(post, found)
    may_invite = permissions.allowed(by=post, word=PERSON_INVITE, on=found)
    acts = ledger.of_unit(found.id, limit=_ACTS) if access.oversees(post, found) else []
    context = {
        "unit": found,
        "ancestors": places.ancestors(found.area),
        "above": queries.above(found, visible_to=post),
        "below": queries.below(found, visible_to=post),
        "knows_people": knows,
        "posts": queries.posts(found, visible_to=post, at=at) if knows else [],
        "oversees": access.oversees(post, found),
        "acts": sentences.tell(acts),
        "invitations": queries.invitations(found, visible_to=post, at=at) if may_invite else [],
        "invitation_form": InvitationForm(giver=post) if may_invite else None,
        "may_edit": permissions.allowed(by=post, word=UNIT_EDIT, on=found),
        "may_create_below": permissions.allowed(by=post, word=UNIT_CREATE, on=found),
        "may_end": permissions.allowed(by=post, word=PERSON_DEACTIVATE, on=found),
    }
    return render(request, "actors/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def unit_new(request: PostRequest) -> HttpResponse:
    """Makes a unit; ``?parent=`` and ``?area=`` fill the form in."""
    post = request.holder
    if not permissions.holds(post, UNIT_CREATE):
        raise NotAllowed(permission=UNIT_CREATE.label)
    above = request.GET.get("parent")
    parent = queries.find(above, visible_to=post) if above else None
    area = _area_for_new(request, parent)
    form = UnitForm.new(request.POST or None, area=area, parent=parent)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = create_unit(
                **{name: given[name] for name in ("code", "name_zh", "name_en", "sector")},
                level=given["level"],
                area=places.find(given["area"]),
                parent=_parent(form, request),
                by=post,
                at=clock.now(),
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("%(unit)s was created.") % {"unit": made.name})
            return redirect("unit", made.code)
    return _form_page(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def unit_edit(request: PostRequest, code: str) -> HttpResponse:
    """Changes a unit, moves it in the line of command, or closes it."""
    post = request.holder
    found = queries.find(code, visible_to=post)
    permissions.require(by=post, word=UNIT_EDIT, on=found)
    form = UnitForm.of(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            edit_unit(
                unit=found,
                **{n: given[n] for n in ("name_zh", "name_en", "sector", "level", "active")},
                area=places.find(given["area"]),
                parent=_parent(form, request),
                by=post,
                at=clock.now(),
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The unit was changed."))
            return redirect("unit", found.code)
    return _form_page(request, form, found)


def _area_for_new(request: PostRequest, parent: Unit | None) -> Area | None:
    if request.GET.get("area"):
        return places.find(request.GET["area"])
    return parent.area if parent else None


def _parent(form: UnitForm, request: PostRequest) -> Unit | None:
    code = form.cleaned_data["parent"].strip()
    try:
        return queries.find(code, visible_to=request.holder) if code else None
    except Refusal as refusal:
        refusal.field = "parent"
        raise


def _form_page(request: PostRequest, form: UnitForm, unit: Unit | None) -> HttpResponse:
    context = {"form": form, "unit": unit}
    return render(request, "actors/unit_form.html", context, status=422 if form.errors else 200)

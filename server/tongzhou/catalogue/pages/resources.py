"""People and teams that others may ask for."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import RESOURCE_REGISTER
from tongzhou.catalogue.actions.register_resource import end_resource, register_resource
from tongzhou.catalogue.forms.items import ResourceForm
from tongzhou.catalogue.queries import listing
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ui.refusals import tell_form

LIST = "resource-list"


@require_safe
@signed_in
def resources(request: PostRequest) -> HttpResponse:
    """Who can be asked for; the filters stand in the address."""
    post, wanted = request.holder, request.GET
    units = [post.unit_id] if wanted.get("mine") == "1" else None
    found = listing.resources(visible_to=post, q=wanted.get("q", "")[:100], units=units)
    rows = list(found[: listing.PAGE])
    context = {
        "rows": [
            (row, permissions.allowed(by=post, word=RESOURCE_REGISTER, on=row)) for row in rows
        ],
        "filtered": any(wanted.get(name) for name in ("q", "mine")),
        "may_register": permissions.holds(post, RESOURCE_REGISTER),
        "at": clock.now(),
    }
    part = request.headers.get("HX-Target") == LIST
    return render(request, f"catalogue/{'_resources' if part else 'resources'}.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def resource_new(request: PostRequest) -> HttpResponse:
    """Registers people or a team."""
    post = request.holder
    permissions.require(by=post, word=RESOURCE_REGISTER)
    form = ResourceForm(request.POST or None, initial={"unit": post.unit})
    if request.method == "POST" and form.is_valid():
        try:
            register_resource(**form.arguments(), by=post, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("Registered. Others can ask for them now."))
            return redirect("resources")
    context = {"form": form, "title": _("Register people or a team"), "label": _("Register")}
    return render(request, "catalogue/form.html", context, status=422 if form.errors else 200)


@require_POST
@signed_in
def resource_end(request: PostRequest, id: UUID) -> HttpResponse:
    """Takes people or a team off the register."""
    found = listing.resource(id, visible_to=request.holder)
    end_resource(resource=found, by=request.holder, at=clock.now())
    messages.success(request, _("“%(label)s” is off the register.") % {"label": found.label})
    return redirect("resources")

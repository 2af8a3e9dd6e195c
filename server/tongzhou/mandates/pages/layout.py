"""Laying a list of duties from the library over a tree of units: looked at first."""

from itertools import groupby
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors import queries as actors
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.library import queries as library
from tongzhou.mandates import access
from tongzhou.mandates.actions.lay_out_duties import lay_out_duties, preview_duties
from tongzhou.mandates.actions.layout import Layout
from tongzhou.mandates.cells import spans
from tongzhou.mandates.forms.files import LayoutForm
from tongzhou.mandates.parts import LETTERS
from tongzhou.ui.refusals import tell_form


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def lay_out(request: PostRequest) -> HttpResponse:
    """GET shows what would be charged to whom and what could not be resolved; POST does it."""
    post, at = request.holder, clock.now()
    access.require_declarer(post)
    found = library.all_in_force("mandates", on=at.date())
    versions = [version for version in found if version.body.duties]
    data = request.POST if request.method == "POST" else request.GET
    form = LayoutForm(data if "version" in data else None, post=post, versions=versions)
    context: dict[str, Any] = {"form": form, "versions": versions}
    if form.is_bound and form.is_valid():
        version = library.version(UUID(form.cleaned_data["version"]))
        try:
            top = actors.find(form.cleaned_data["top"], visible_to=post)
            if request.method == "POST":
                done = lay_out_duties(version=version, top=top, by=post, at=at)
                said = _("%(new)d duties declared, %(lines)d proposals made; units are asked.")
                messages.success(request, said % {"new": len(done.new), "lines": len(done.lines)})
                return redirect("duties")
            layout = preview_duties(version=version, top=top, by=post)
            context |= {"layout": layout, "version": version, "top": top, **_shown(layout)}
        except Refusal as refusal:
            tell_form(form, refusal)
    status = 422 if form.errors else 200
    return render(request, "mandates/layout.html", context, status=status)


def _shown(layout: Layout) -> dict[str, Any]:
    """The lines by unit, and what could not be resolved by duty."""
    lines = sorted(layout.lines, key=lambda line: (line.unit.area.path, line.unit.code))
    units = [
        (
            unit,
            [
                {"line": line, "letter": LETTERS[line.part], "spans": spans(line.cells)}
                for line in rows
            ],
        )
        for unit, rows in groupby(lines, key=lambda line: line.unit)
    ]
    return {"units": units, "unresolved": layout.unresolved}

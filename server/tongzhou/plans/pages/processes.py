"""Process charts: drawn from the running configuration, with a table beside, for screen, print
and file."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.plans.drawing import svg
from tongzhou.plans.queries import charts as queries

_KINDS: Final = {
    "life": _("The life of a task"),
    "report_chain": _("Report chains"),
    "plan": _("Plans"),
    "command": _("Line of command"),
}


@require_safe
@signed_in
def charts(request: PostRequest) -> HttpResponse:
    """All charts, by kind."""
    found = queries.names(visible_to=request.holder, at=clock.now())
    kinds = [
        (label, [(key, title or label) for key, k, title in found if k == kind])
        for kind, label in _KINDS.items()
    ]
    return render(request, "plans/processes.html", {"kinds": [k for k in kinds if k[1]]})


@require_safe
@signed_in
def chart(request: PostRequest, key: str) -> HttpResponse:
    """One chart with its table."""
    found = queries.chart(key, visible_to=request.holder, at=clock.now())
    # Every text in the drawing was escaped when it was drawn.
    drawn = mark_safe(svg(found))  # noqa: S308
    return render(request, "plans/process.html", {"chart": found, "drawn": drawn})


@require_safe
@signed_in
def chart_svg(request: PostRequest, key: str) -> HttpResponse:
    """The drawing alone, as a file."""
    found = queries.chart(key, visible_to=request.holder, at=clock.now())
    response = HttpResponse(svg(found), content_type="image/svg+xml; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{key}.svg"'
    response["X-Content-Type-Options"] = "nosniff"
    return response

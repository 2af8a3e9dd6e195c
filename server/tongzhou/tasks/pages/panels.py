"""The tasks of a unit or an area, for the pages of other rooms to load."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors import queries as units
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.places import queries as areas
from tongzhou.tasks import queries
from tongzhou.tasks.pages.rendering import asked_by_htmx


@require_safe
@signed_in
def unit_tasks(request: PostRequest, code: str) -> HttpResponse:
    """What the reader may see of the tasks that a unit asked or leads."""
    unit = units.find(code, visible_to=request.holder)
    found = queries.of_unit(visible_to=request.holder, code=code, at=clock.now())
    return _panel(request, found, f"?unit={code}", f"?lead={code}" if unit.active else "")


@require_safe
@signed_in
def area_tasks(request: PostRequest, code: str) -> HttpResponse:
    """What the reader may see of the tasks in an area and below it."""
    areas.find(code)
    found = queries.of_area(visible_to=request.holder, code=code, at=clock.now())
    return _panel(request, found, f"?area={code}", f"?area={code}")


def _panel(request: PostRequest, found: queries.Overview, query: str, ask: str) -> HttpResponse:
    running = sum(found.counts[state] for state in ("dispatched", "seen", "accepted",
                                                    "in_progress", "blocked"))  # fmt: skip
    context = {
        "found": found,
        "rows": [*found.late.rows, *found.running.rows][:10],
        "running": running,
        "done": found.counts["done"] + found.counts["confirmed"],
        "query": query,
        "ask": ask,
        "path": request.path,
        "now": clock.now(),
    }
    template = "tasks/_panel.html" if asked_by_htmx(request) else "tasks/panel.html"
    return render(request, template, context)

"""The tasks of one incident, as a tab of its room."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.tasks.pages.inbox import PARTS
from tongzhou.tasks.pages.listing import choices, listing


@require_safe
@signed_in
def incident_tasks(request: PostRequest, code: str) -> HttpResponse:
    """The tab, or the part of it that htmx asks for. 404 for an incident not seen."""
    at, post = clock.now(), request.holder
    incident = incidents.find(code, visible_to=post)
    context = listing(request, post=post, at=at, incident=incident.code)
    context["incident"] = incident
    if request.headers.get("HX-Target") in PARTS:
        return render(request, "tasks/_list.html", context)
    context |= choices(request)
    return render(request, "tasks/incident.html", context)

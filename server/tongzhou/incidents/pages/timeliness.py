"""How fast an event was detected, notified and answered, and how its report went up."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import REPORT_START
from tongzhou.incidents.models import Hindrance
from tongzhou.incidents.pages import steps
from tongzhou.incidents.queries import lists, reports, timeliness
from tongzhou.kernel import clock


@require_safe
@signed_in
def incident_timeliness(request: PostRequest, code: str) -> HttpResponse:
    """The 7-1-7 target and the report chain of an incident."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    context = {
        "incident": found,
        "tab": "timeliness",
        "at": at,
        "can": steps.allowed(found, post),
        "timeliness": timeliness.of(found, on=timezone.localdate(at), at=at),
        "bottleneck": Hindrance.BOTTLENECK,
        "ways": reports.of_incident(found, at=at),
        "may_report": permissions.allowed(by=post, word=REPORT_START, on=found),
    }
    part = request.headers.get("HX-Target") == "timeliness"
    template = "incidents/_timeliness.html" if part else "incidents/timeliness.html"
    return render(request, template, context)

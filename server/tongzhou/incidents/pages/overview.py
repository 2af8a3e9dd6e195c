"""The overview of an incident: what a commander with ten minutes must know."""

from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from tongzhou.actors import sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.clocks import queries as clocks
from tongzhou.incidents.models import Incident
from tongzhou.incidents.pages import charts, steps
from tongzhou.incidents.queries import lists, room, situation, windows
from tongzhou.kernel import clock

PART = "overview"
_ACTS: Final = 8
_SHOWN: Final = 6


@require_safe
@signed_in
def incident(request: PostRequest, code: str) -> HttpResponse:
    """The overview, or the part of it that is fetched anew when something happened."""
    found = lists.find(code, visible_to=request.holder)
    context = _context(found, request, at=clock.now())
    part = request.headers.get("HX-Target") == PART
    template = "incidents/_overview.html" if part else "incidents/overview.html"
    return render(request, template, context)


def _context(found: Incident, request: PostRequest, *, at: datetime) -> dict[str, Any]:
    post = request.holder
    grades = room.grades(found)
    decisions = room.decisions(found, state="open", at=at)
    measures = room.measures(found, state="in_force", at=at)
    series = situation.series(found)
    parties = room.parties(found)
    current = grades[0] if grades else None
    return {
        "incident": found,
        "tab": "overview",
        "at": at,
        "can": steps.allowed(found, post),
        "grade": current,
        "grade_expired": bool(current and current.expires_at and current.expires_at <= at),
        "grades": grades[1:],
        "spans": room.phases(found, at=at),
        "totals": situation.totals_of([found.id]).get(found.id),
        "chart": charts.daily(series) if series.days else None,
        "chart_table": charts.table(series) if series.days else None,
        "clocks": clocks.nearest(visible_to=post, at=at, incident=found.id, but=["task"]),
        "now": at,
        "decisions": decisions[:_SHOWN],
        "decided": bool(decisions) or found.decisions.exists(),
        "decisions_more": max(0, len(decisions) - _SHOWN),
        "measures": measures[:_SHOWN],
        "measures_more": max(0, len(measures) - _SHOWN),
        "windows": windows.of(found, on=timezone.localdate(at)),
        "signals": room.signals(found, visible_to=post),
        "unit_count": len(parties),
        "acts": sentences.tell(room.acts(found, visible_to=post, limit=_ACTS)),
    }

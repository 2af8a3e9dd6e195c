"""What everybody may read, without an account."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tongzhou.incidents.pages import charts
from tongzhou.incidents.queries import public, situation
from tongzhou.kernel import clock
from tongzhou.ui.refusals import everybody


@require_safe
@everybody
def home(request: HttpRequest) -> HttpResponse:
    """The public page; whoever is signed in goes on to work."""
    if request.user.is_authenticated:
        return redirect("today")
    return index(request)


@require_safe
@everybody
def index(request: HttpRequest) -> HttpResponse:
    """Open incidents with figures, measures in force, and what anybody can do."""
    at = clock.now()
    context = {
        "at": at,
        "rows": public.open_incidents(at=at),
        "measures": public.measures_in_force(at=at),
    }
    part = request.headers.get("HX-Target") == "public"
    template = "incidents/_public.html" if part else "incidents/public.html"
    return render(request, template, context)


@require_safe
@everybody
def incident(request: HttpRequest, code: str) -> HttpResponse:
    """One public incident: level, figures, curve, areas, measures."""
    at = clock.now()
    row = public.find(code, at=at)
    found = row.incident
    series = situation.series(found)
    areas = situation.by_area(found)
    context: dict[str, Any] = {
        "at": at,
        "row": row,
        "incident": found,
        "daily": charts.daily(series) if series.days else None,
        "table": charts.table(series) if series.days else None,
        "figures": sorted(areas, key=lambda a: -a.confirmed),
        "measures": public.measures_in_force(at=at, incident=found),
        "ended": public.ended_measures(found, at=at),
    }
    part = request.headers.get("HX-Target") == "public"
    template = "incidents/_public_incident.html" if part else "incidents/public_incident.html"
    return render(request, template, context)

"""The situation of an incident: curve, areas, figures with source and age, and the upload of
new ones with a dry run first."""

from datetime import date
from typing import Any, Final
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import COUNTS_RECORD
from tongzhou.incidents import uploads
from tongzhou.incidents.forms.incident import CountsForm
from tongzhou.incidents.importing import corrections_of
from tongzhou.incidents.models import Incident
from tongzhou.incidents.pages import areas, charts, steps
from tongzhou.incidents.queries import lists, risk, situation
from tongzhou.incidents.queries.risk import AreaRisk
from tongzhou.incidents.queries.situation import innermost
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.places.models import Area
from tongzhou.ui.refusals import tell_form

_CORRECTIONS: Final = 60
_LISTED: Final = 100
_TONES: Final = {"high": "red", "medium": "orange", "low": "green"}


@require_safe
@signed_in
def incident_situation(request: PostRequest, code: str) -> HttpResponse:
    """Curve, map and table; ``?area=`` one area's curve, ``?on=`` the map of a past day."""
    found = lists.find(code, visible_to=request.holder)
    context = _context(found, request)
    target = request.headers.get("HX-Target")
    template = {
        "situation": "incidents/_situation.html",
        "area-map": "incidents/_area_map.html",
    }.get(target or "", "incidents/situation.html")
    return render(request, template, context)


def _context(found: Incident, request: PostRequest) -> dict[str, Any]:
    latest = situation.by_area(found)
    chosen = next((a.area for a in latest if a.area.code == request.GET.get("area")), None)
    series = situation.series(found, area=chosen)
    whole = series if chosen is None else situation.series(found)
    on = _day(request.GET.get("on", ""), whole.days)
    shown = innermost(situation.by_area(found, until=on) if on is not None else latest)
    known: dict[Any, Area] = {a.area.id: a.area for a in latest}
    corrections = corrections_of(found, known) if latest else []
    last = whole.days[-1] if whole.days else None
    classed = risk.of(found, at=clock.now())
    by_area = classed.by_area if classed is not None else {}
    largest = sorted(latest, key=lambda a: -a.confirmed)
    return {
        "incident": found,
        "tab": "situation",
        "can": steps.allowed(found, request.holder),
        "may_record": found.is_open
        and permissions.allowed(by=request.holder, word=COUNTS_RECORD, on=found),
        "totals": situation.totals_of([found.id]).get(found.id),
        "areas": largest,
        "rows": [(a, by_area.get(a.area.id), _tone(by_area.get(a.area.id))) for a in largest],
        "risk": classed,
        "risk_counts": [
            (label, _TONES[level], classed.counts[level])
            for level, label in risk.LEVELS.items()
            if classed is not None and classed.counts[level]
        ],
        "area": chosen,
        # One line for all rows where source, day and age are the same.
        "source": latest[0].source
        if len({(a.source, a.day, a.as_of) for a in latest}) == 1
        else "",
        "series": series,
        "daily": charts.daily(series) if series.days else None,
        "cumulative": charts.cumulative(series) if series.days else None,
        "table": charts.table(series) if series.days else None,
        "map": charts.bubbles(shown),
        "map_table": charts.areas_table(shown),
        "on": on or last,
        "first": whole.days[0] if whole.days else None,
        "last": last,
        "span": max(0, len(whole.days) - 1),
        "place": (on - whole.days[0]).days if on and whole.days else max(0, len(whole.days) - 1),
        "corrections": corrections[:_CORRECTIONS],
        "corrections_more": max(0, len(corrections) - _CORRECTIONS),
        "revised": situation.revised(found),
    }


def _tone(classed: AreaRisk | None) -> str:
    return _TONES[classed.verdict.level] if classed is not None else ""


def _day(written: str, days: list[date]) -> date | None:
    """A day by its date, or by its number from the first one on; None when it is neither."""
    if not days or not written:
        return None
    if written.isdecimal() and len(written) < 6:
        return days[min(int(written), len(days) - 1)]
    try:
        found = date.fromisoformat(written)
    except ValueError:
        return None
    return min(max(found, days[0]), days[-1])


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def counts_new(request: PostRequest, code: str) -> HttpResponse:
    """Takes a file in and shows what it would do; nothing is recorded yet."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    permissions.require(by=post, word=COUNTS_RECORD, on=found)
    form = CountsForm(request.POST or None, request.FILES or None, at=at)
    if request.method == "POST" and areas.PICK not in request.POST and form.is_valid():
        given = form.cleaned_data
        try:
            kept = uploads.keep(
                file=given["file"],
                incident=found,
                source=given["source"],
                as_of=given["as_of"],
                within=given["within"].code if given["within"] else "",
                by=post,
                at=at,
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            return redirect("counts-preview", code=code, id=kept.id)
    given_area = request.POST.dict() if request.method == "POST" else {}
    context = {
        "incident": found,
        "form": form,
        "picker": areas.picked(given_area, root=found.area.code, name="within", required=False),
    }
    status = 422 if form.is_bound else 200
    return render(request, "incidents/counts_new.html", context, status=status)


@require_safe
@signed_in
def counts_preview(request: PostRequest, code: str, id: UUID) -> HttpResponse:
    """What the file would do, row by row where something is wrong."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    kept = uploads.find(id, incident=found, visible_to=post)
    report = uploads.take(kept, by=post, at=at, dry_run=True)
    context = {
        "incident": found,
        "kept": kept,
        "report": report,
        "faults": report.faults[:_LISTED],
        "skipped": report.skipped[:_LISTED],
        "corrections": report.corrections[:_LISTED],
    }
    return render(request, "incidents/counts_preview.html", context)


@require_POST
@signed_in
def counts_record(request: PostRequest, code: str, id: UUID) -> HttpResponse:
    """Records what was previewed."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    kept = uploads.find(id, incident=found, visible_to=post)
    report = uploads.take(kept, by=post, at=at, dry_run=False)
    if report.recorded is None:
        return redirect("counts-preview", code=code, id=id)
    said = _("Recorded: %(added)s new days, %(revised)s revised.") % {
        "added": report.recorded.added,
        "revised": report.recorded.revised,
    }
    messages.success(request, said)
    return redirect("incident-situation", code=code)

"""The administrative ecology of a unit, month by month."""

from datetime import date
from typing import Any

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongzhou.actors import queries as units
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.oversight import exporting
from tongzhou.oversight.pages.burden import day_of
from tongzhou.oversight.queries import drill, findings, letters
from tongzhou.oversight.queries import ecology as queries
from tongzhou.oversight.queries.ecology import Profile
from tongzhou.ui import csv_files

PERIODS = (("3", 3), ("6", 6), ("12", 12), ("24", 24))


@require_safe
@signed_in
def ecology(request: PostRequest) -> HttpResponse:
    """The profile of the unit in the address; of the own one where none is named."""
    found = _profile(request)
    post = request.holder
    below = units.below(found.unit, visible_to=post)
    above = [u for u in units.above(found.unit, visible_to=post) if post.unit_id in u.line]
    context = {
        "tab": "ecology",
        "profile": found,
        "above": above,
        "below": below,
        "periods": [(key, _("%(n)d months") % {"n": n}) for key, n in PERIODS],
        "months": request.GET.get("months", "6"),
        "chart": _chart(found),
        "chart_table": _chart_table(found),
        "to_answer": findings.waiting(visible_to=post).count(),
        "letters_to_answer": letters.waiting(visible_to=post).count(),
        "latest": list(reversed(found.months)),
    }
    return render(request, "oversight/ecology.html", context)


@require_safe
@signed_in
def ecology_csv(request: PostRequest) -> HttpResponseBase:
    """The same as a file."""
    found = _profile(request)
    name = f"ecology-{found.unit.code}.csv"
    return csv_files.download(name, csv_files.of_cells(exporting.ecology(found)))


def _titles() -> dict[str, str]:
    """What a figure counts, in words."""
    return {
        "orders": _("Asked by order"),
        "asks": _("Everything asked"),
        "dispatched": _("Tasks dispatched to it"),
        "bounced": _("Tasks refused or returned"),
        "returned": _("Tasks returned for want of means"),
        "missed": _("Missed time limits"),
    }


@require_safe
@signed_in
def ecology_drill(request: PostRequest, code: str) -> HttpResponse:
    """What one figure of one month counts."""
    found = _drilled(request, code)
    context = {"found": found, "tab": "ecology", "title": _titles()[found.figure]}
    return render(request, "oversight/ecology_drill.html", context)


@require_safe
@signed_in
def ecology_drill_csv(request: PostRequest, code: str) -> HttpResponseBase:
    """The same as a file, up to a thousand lines."""
    found = _drilled(request, code, limit=1000)
    name = f"ecology-{found.unit.code}-{found.figure}-{found.first:%Y-%m}.csv"
    return csv_files.download(name, csv_files.of_cells(exporting.drilled(found)))


def _drilled(request: PostRequest, code: str, limit: int = 50) -> drill.Drilled:
    return drill.drill(
        visible_to=request.holder,
        code=code,
        month=day_of(request, "month"),
        figure=request.GET.get("of", drill.MISSED),
        cursor=request.GET.get("cursor", "")[:300],
        limit=limit,
    )


def _profile(request: PostRequest) -> Profile:
    months = dict(PERIODS).get(request.GET.get("months", ""), 6)
    code = request.GET.get("unit", "")[:80] or request.holder.unit.code
    return queries.profile(visible_to=request.holder, code=code, until=_end(request), months=months)


def _end(request: PostRequest) -> date:
    return day_of(request, "until")


def _chart(found: Profile) -> dict[str, Any]:
    def line(name: str, values: list[int | None], tone: str) -> dict[str, Any]:
        return {
            "name": name, "type": "line", "data": values, "connectNulls": False,
            "itemStyle": {"color": f"--tz-{tone}-solid"},
        }  # fmt: skip

    return {
        "legend": {"type": "plain", "top": 0},
        "xAxis": {"type": "category", "data": [m.first.strftime("%Y-%m") for m in found.months]},
        "yAxis": {"type": "value", "min": 0, "max": 100, "name": "%"},
        "series": [
            line(_("orders"), [m.orders.percent for m in found.months], "red"),
            line(_("bounced"), [m.bounced.percent for m in found.months], "orange"),
            line(_("replied"), [m.replied.percent for m in found.months], "teal"),
        ],
    }


def _chart_table(found: Profile) -> dict[str, Any]:
    def told(value: int | None) -> object:
        return "–" if value is None else value

    rows = [
        [m.first.strftime("%Y-%m"), told(m.orders.percent), told(m.bounced.percent),
         told(m.replied.percent)]
        for m in found.months
    ]  # fmt: skip
    return {"headers": [_("Month"), _("orders"), _("bounced"), _("replied")], "rows": rows}

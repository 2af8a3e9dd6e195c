"""The balance of burdens: who bears how much, and how evenly."""

from datetime import date, timedelta
from typing import Any, Final

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.interests import exporting, reckoning
from tongzhou.interests.pages.files import csv_answer
from tongzhou.interests.queries import burden, stakes
from tongzhou.interests.queries.burden import Balance
from tongzhou.kernel import clock
from tongzhou.oversight.pages.rendering import part

SHOWN: Final = 100
IN_CHART: Final = 20


def _found(request: PostRequest) -> Balance:
    at = clock.now()
    today = timezone.localtime(at).date()
    until = _day(request, "until", today)
    since = _day(request, "since", until - timedelta(days=29))
    return burden.of(visible_to=request.holder, since=since, until=until, at=at)


def _day(request: PostRequest, name: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return otherwise
    return found if 1900 <= found.year <= 2199 else otherwise


@require_safe
@signed_in
def burden_page(request: PostRequest) -> HttpResponse:
    """The balance of a span; its days stand in the address."""
    found = _found(request)
    question = found.question
    answer = reckoning.of(question, at=clock.now()) if question is not None else None
    context: dict[str, Any] = {
        "tab": "burden",
        "balance": found,
        "rows": found.rows[:SHOWN],
        "left_out": max(len(found.rows) - SHOWN, 0),
        "answer": answer,
        "gini": answer.found if answer is not None else None,
        "fair": 1 - answer.found["value"]
        if answer and answer.found and answer.found["value"] is not None else None,
        "chart": _chart(found) if found.known else None,
        "shown_in_chart": min(len(found.known), IN_CHART),
        "chart_height": 90 + 26 * min(len(found.known), IN_CHART),
        "price": found.price,
        "fewest": burden.FEWEST,
        "to_confirm": stakes.to_confirm(visible_to=request.holder),
    }  # fmt: skip
    template = "interests/_burden.html" if part(request, "burden") else "interests/burden.html"
    return render(request, template, context)


@require_safe
@signed_in
def burden_csv(request: PostRequest) -> StreamingHttpResponse:
    """The balance as a file: a line for each unit."""
    return csv_answer(exporting.burden(_found(request)), "burden.csv")


def _chart(found: Balance) -> dict[str, Any]:
    """Hours for each of a unit's people, by source; the most burdened on top."""
    rows = found.known[:IN_CHART][::-1]
    series = (
        (_("tasks"), "--tz-blue-solid", [row.task_hours for row in rows]),
        (_("shifts"), "--tz-teal-solid", [row.shift_hours for row in rows]),
        (_("forms and meetings"), "--tz-purple-solid", [row.form_hours for row in rows]),
        (_("cost less compensation"), "--tz-orange-solid",
         [max(row.money_hours, 0.0) for row in rows]),
    )  # fmt: skip
    return {
        "legend": {"bottom": 0},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "grid": {"left": 8, "right": 24, "top": 8, "bottom": 40, "containLabel": True},
        "xAxis": {"type": "value"},
        "yAxis": {
            "type": "category", "data": [row.unit.name for row in rows],
            "axisLabel": {"width": 180, "overflow": "truncate"},
        },
        "series": [
            {"type": "bar", "stack": "all", "name": name, "itemStyle": {"color": colour},
             "data": [round(v / (row.people or 1), 2) for v, row in zip(values, rows, strict=True)]}
            for name, colour, values in series
        ],
    }  # fmt: skip

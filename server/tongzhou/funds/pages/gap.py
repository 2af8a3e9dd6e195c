"""The forecast: what is planned against what is there; and what closed cases cost."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SPENDING_PLAN
from tongzhou.funds import exporting, money
from tongzhou.funds.actions.drop_planned import drop_planned
from tongzhou.funds.actions.plan_spending import plan_spending
from tongzhou.funds.forecast import FEWEST_WEEKS, Forecast
from tongzhou.funds.forms.funds import PlanForm
from tongzhou.funds.queries import claims, cost, gap, spending
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.ui import csv_files


@require_safe
@signed_in
def fund_gap(request: PostRequest) -> HttpResponse:
    """Planned against there, by purpose and week."""
    post, at = request.holder, clock.now()
    found = gap.of(visible_to=post, at=at, weeks=_weeks(request))
    funds = {fund.code: fund for fund in gap.kept(post)}
    context: dict[str, Any] = {
        "tab": "gap",
        "at": at,
        "forecast": found,
        "rows": [(exporting.purpose_label(row.purpose), row) for row in found.purposes],
        "empties": [(funds[one.code], one) for one in found.funds],
        "chart": _chart(found),
        "weeks": len(found.mondays),
        "spans": [(n, n) for n in (4, 8, 12, 26)],
        "fewest": FEWEST_WEEKS,
        "planned": gap.planned(visible_to=post),
        "may_plan": permissions.holds(post, SPENDING_PLAN),
        "waiting": spending.waiting(visible_to=post),
        "to_answer": claims.to_answer(visible_to=post),
    }
    template = "funds/_gap.html" if part(request, "gap") else "funds/gap.html"
    return render(request, template, context)


def _weeks(request: PostRequest) -> int:
    given = request.GET.get("weeks", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 4 else gap.WEEKS


def _chart(found: Forecast) -> dict[str, Any]:
    """Covered and lacking by week, in whole units of the currency."""
    unit = 10 ** money.currency().decimals
    weeks = range(len(found.mondays))
    covered = [sum(p.weeks[n].covered for p in found.purposes) // unit for n in weeks]
    lacking = [-(-sum(p.weeks[n].gap for p in found.purposes) // unit) for n in weeks]
    return {
        "xAxis": {"type": "category", "data": [day.isoformat() for day in found.mondays]},
        "yAxis": {"type": "value"},
        "series": [
            {"type": "bar", "stack": "all", "name": _("can be paid"), "data": covered,
             "itemStyle": {"color": "--tz-green-solid"}},
            {"type": "bar", "stack": "all", "name": _("lacks"), "data": lacking,
             "itemStyle": {"color": "--tz-red-solid"}},
        ],
    }  # fmt: skip


@require_safe
@signed_in
def fund_gap_csv(request: PostRequest) -> HttpResponse:
    """The forecast as CSV: a line for each purpose and week."""
    found = gap.of(visible_to=request.holder, at=clock.now(), weeks=_weeks(request))
    return HttpResponse(
        csv_files.of_cells(exporting.gap(found)),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": 'attachment; filename="gap.csv"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def planned_new(request: PostRequest) -> HttpResponse:
    """The form of planned spending."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, SPENDING_PLAN):
        raise NotAllowed(permission=SPENDING_PLAN.label)
    data = (request.POST,) if request.method == "POST" else ()
    form = PlanForm(*data, post=post, at=at)
    if data and tried(form, lambda: plan_spending(**form.arguments(), by=post, at=at)):
        return done(request, _("Planned. The forecast counts it."), "fund-gap")
    context = {
        "form": form, "title": _("Plan spending"), "action": _("Plan"),
        "subtitle": _("What you expect to spend. It counts in the forecast and holds no money."),
    }  # fmt: skip
    return render(request, "funds/form.html", context, status=422 if data else 200)


@require_POST
@signed_in
def planned_drop(request: PostRequest, id: UUID) -> HttpResponse:
    """Planned spending that is not expected any more."""
    post = request.holder
    found = gap.find_planned(id, visible_to=post)
    drop_planned(planned=found, by=post, at=clock.now())
    return done(request, _("Dropped."), "fund-gap")


@require_safe
@signed_in
def fund_cost(request: PostRequest) -> HttpResponse:
    """Hours and money of closed cases by kind, before and after."""
    post, at = request.holder, clock.now()
    today = timezone.localtime(at).date()
    before = _day(request, "before", today - timedelta(days=30))
    after = _day(request, "after", before)
    context: dict[str, Any] = {
        "tab": "cost",
        "costs": cost.closed(visible_to=post, before=before, after=after),
        "currency": money.currency(),
        "fewest": cost.FEWEST,
        "waiting": spending.waiting(visible_to=post),
        "to_answer": claims.to_answer(visible_to=post),
    }
    return render(request, "funds/cost.html", context)


def _day(request: PostRequest, name: str, otherwise: date) -> date:
    try:
        found = date.fromisoformat(request.GET.get(name, "")[:10])
    except ValueError:
        return otherwise
    return found if 1900 <= found.year <= 2200 else otherwise

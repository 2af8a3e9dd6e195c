"""One allocation: what is asked, the plan, its proof, and what can be done with it."""

from typing import Any, Final

from django.forms import Form
from django.http import FileResponse, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations import exporting
from tongzhou.allocations.actions.change_line import change_line
from tongzhou.allocations.choices import Objective, State
from tongzhou.allocations.forms.allocations import LISTED, LineForm, WayForm
from tongzhou.allocations.models import Allocation
from tongzhou.allocations.pages.charts import fill_chart, fill_table, flow_map, flow_table
from tongzhou.allocations.pages.steps import STEPS, opened
from tongzhou.allocations.queries import lists
from tongzhou.allocations.queries import plan as plans
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.ui import csv_files

#: So many areas are drawn; all stand in the table.
_DRAWN: Final = 40
_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@signed_in
def allocation(request: PostRequest, number: int) -> HttpResponse:
    """The page, or the part of it that htmx asks for."""
    return _show(request, lists.find(number, visible_to=request.holder))


@require_POST
@signed_in
def step(request: PostRequest, number: int, step: str) -> HttpResponse:
    """Something is done with an allocation."""
    post, at = request.holder, clock.now()
    found = lists.find(number, visible_to=post)
    chosen = STEPS.get(step)
    if chosen is None:
        raise NotFound()
    permissions.require(by=post, word=chosen.word, on=found)
    form = chosen.form(request.POST, at=at)
    if tried(form, lambda: chosen.act(allocation=found, **form.arguments(), by=post, at=at)):
        return done(request, chosen.said, "allocation", number)
    return _show(request, found, failed=(step, form))


@require_POST
@signed_in
def line(request: PostRequest, number: int) -> HttpResponse:
    """Another amount for a line, or for a way that was not used."""
    post, at = request.holder, clock.now()
    found = lists.find(number, visible_to=post)
    permissions.require(by=post, word=ALLOCATION_DRAFT, on=found)
    new = "way" in request.POST
    form = WayForm(request.POST, allocation=found) if new else LineForm(request.POST)
    if tried(form, lambda: change_line(allocation=found, **form.arguments(), by=post, at=at)):
        said = _("Changed. What it costs against the computed plan stands at the top.")
        return done(request, said, "allocation", number)
    return _show(request, found, failed=("way" if new else "line", form))


@require_safe
@signed_in
def export(request: PostRequest, number: int, kind: str) -> HttpResponseBase:
    """The lines as a file."""
    found = lists.find(number, visible_to=request.holder)
    rows = exporting.lines(found)
    name = f"{found.reference}.{kind}"
    if kind == "csv":
        return csv_files.download(name, csv_files.of_cells(rows))
    if kind != "xlsx":
        raise NotFound()
    sheet = exporting.xlsx_file(rows, title=found.reference)
    return FileResponse(sheet, as_attachment=True, filename=name, content_type=_XLSX)


def _show(
    request: PostRequest, found: Allocation, failed: tuple[str, Form] | None = None
) -> HttpResponse:
    post, at = request.holder, clock.now()
    area = request.GET.get("area", "")[:80]
    may_change = found.state == State.READY and permissions.allowed(
        by=post, word=ALLOCATION_DRAFT, on=found
    )
    page = plans.page(found, area=area, cursor=request.GET.get("cursor", "")[:600])
    instead = plans.instead_of(found)
    context: dict[str, Any] = {
        "allocation": found,
        "rows": [
            (row, instead.get((str(row.need_line.item_id), str(row.item_id)), ""))
            for row in page.rows
        ],
        "next": page.next,
        "area": area,
        "may_change": may_change,
    }
    if part(request, "allocation-lines"):
        return render(request, "allocations/_lines.html", context)
    areas = plans.areas(found)
    figures = plans.figures(found)
    flows = plans.flows(found)
    context |= {
        "figures": figures,
        "columns": _columns(found, figures),
        "best": found.objective != Objective.PRIORITY,
        "better": _better(found, figures),
        "loss": plans.loss(found),
        "areas": areas,
        "chart": fill_chart(areas[:_DRAWN]) if areas else None,
        "chart_table": fill_table(areas) if areas else None,
        "chart_height": 80 + 26 * min(len(areas), _DRAWN),
        "drawn": _DRAWN,
        "map": flow_map(flows, areas),
        "map_table": flow_table(flows),
        "stages": _stages(found),
        "things": plans.things(found),
        "changes": plans.changed(found),
        "steps": opened(found, post=post, at=at, failed=failed),
        "failed_line": failed[1] if failed and failed[0] == "line" else None,
        "way": _way(found, failed) if may_change else None,
        "acts": sentences.tell(ledger.about("allocation", found.id), with_subjects=False),
    }
    fragment = part(request, "allocation")
    template = "allocations/_allocation.html" if fragment else "allocations/allocation.html"
    return render(request, template, context, status=422 if failed else 200)


def _way(found: Allocation, failed: tuple[str, Form] | None) -> Form | None:
    if failed and failed[0] == "way":
        return failed[1]
    return WayForm(allocation=found) if len(found.problem["needs"]) <= LISTED else None


def _columns(
    found: Allocation, figures: dict[str, plans.Figures]
) -> list[tuple[str, plans.Figures]]:
    """What is compared: the plan as it stands, as it was computed, the split, doing nothing."""
    names = {
        "plan": _("This plan"),
        "computed": _("As computed"),
        "proportional": _("Proportional split"),
        "nothing": _("Doing nothing"),
    }
    if found.chosen is None:
        names.pop("computed")
    return [(label, figures[name]) for name, label in names.items() if name in figures]


def _better(found: Allocation, figures: dict[str, plans.Figures]) -> float | None:
    """By how much the computed plan beats the proportional split on the stated objective: in
    percentage points, or in percent of the weighted amount. None before there is one."""
    if not figures:
        return None
    mine = plans.stated(found, figures["computed"])
    other = plans.stated(found, figures["proportional"])
    if found.objective != Objective.PRIORITY:
        return round(100 * (mine - other), 1)
    return round(100 * (mine - other) / other, 1) if other else None


def _stages(found: Allocation) -> list[dict[str, object]]:
    """The objectives in their order, with the bound that no plan can pass."""
    labels = {
        "service": _("Service of all"),
        "amount": _("Amount given"),
        "transport": _("Transport"),
    }
    return [
        {
            "label": labels.get(stage["name"], stage["name"]),
            "text": _said(stage),
        }
        for stage in (found.result or {}).get("stages", ())
    ]


def _said(stage: dict[str, Any]) -> str:
    gap = f"{100 * stage['gap']:.4g} %"
    if stage["name"] != "service":
        return _("gap to the bound: %(gap)s") % {"gap": gap}
    return _("%(level)s %% of every need, at most %(bound)s %% possible; gap: %(gap)s") % {
        "level": f"{100 * stage['value']:.2f}", "bound": f"{100 * stage['bound']:.2f}", "gap": gap,
    }  # fmt: skip

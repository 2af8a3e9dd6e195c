"""The tab of plans in the room of an incident: how they stand, which fit, what one would do."""

from collections.abc import Callable, Iterable
from itertools import groupby
from typing import Any, Final, TypeVar, cast
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import PLAN_STAND_UP
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import lists, names
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.library.kinds.plan import Plan
from tongzhou.plans import queries, wording
from tongzhou.plans.actions.stand_up_plan import PlanStands, stand_up_plan
from tongzhou.plans.forms import overrules
from tongzhou.plans.models import StandState
from tongzhou.plans.outline import Line, Overrule, Standing
from tongzhou.plans.queries import Preview
from tongzhou.plans.queries.fitting import plan_for
from tongzhou.plans.queries.preview import preview as looked_at
from tongzhou.plans.queries.standing import LineNow, Progress

PART: Final = "plans"
T = TypeVar("T")


@require_safe
@signed_in
def incident_plans(request: PostRequest, code: str) -> HttpResponse:
    """How the plans of an incident stand, and which fit."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    stood = queries.stand_ups(found)
    up = [stand for stand in stood if stand.is_up]
    context = {
        "incident": found,
        "tab": "plans",
        "at": at,
        "may": permissions.allowed(by=post, word=PLAN_STAND_UP, on=found) and found.is_open,
        "standing": [_shown(queries.progress(s, visible_to=post, at=at), request) for s in up],
        "over": [
            (stand, queries.progress(stand, visible_to=post, at=at))
            for stand in stood
            if not stand.is_up
        ][:10],
        "fitting": _offers(found, {stand.key for stand in up}, at),
        "unit_words": _unit_words(found, request) if up else [],
        "StandState": StandState,
    }
    part = request.headers.get("HX-Target") == PART
    return render(request, "plans/_plans.html" if part else "plans/plans.html", context)


def _offers(incident: Incident, standing: set[str], at: Any) -> list[queries.Fitting]:
    return [f for f in queries.fitting(incident, at=at) if f.version.key not in standing]


def _shown(found: Progress, request: PostRequest) -> dict[str, Any]:
    """A standing plan with its tasks by working group."""
    plan = cast(Plan, found.version.body)
    group_of = {task.key: task.group or "" for task in plan.tasks}
    titles = {group.key: str(group.name) for group in plan.groups}

    def group_key(row: LineNow) -> str:
        return group_of.get(row.line.key.partition("@")[0], "")

    tasks = [row for row in found.of("task", "step") if row.task is not None]
    order = {key: place for place, key in enumerate(titles)}
    tasks.sort(key=lambda row: (order.get(group_key(row), len(order)), row.line.place))
    opened = [(row, wording.why(row.line.why), _title(row, plan)) for row in found.open_lines]
    return {
        "progress": found,
        "mine": found.stand_up.unit_id == request.holder.unit_id,
        "by_group": [
            (titles.get(key, _("Without a group")), list(rows))
            for key, rows in groupby(tasks, key=group_key)
        ],
        "proposed": [(row, wording.stored(row.line.rule)) for row in found.measures],
        "open": opened,
        "open_alike": alike(opened, key=lambda line: (line[0].line.kind, line[2], line[1])),
        "by_hand": [(row, _title(row, plan)) for row in found.by_hand],
    }


def _title(row: LineNow, plan: Plan) -> str:
    key = row.line.key.partition("@")[0]
    if row.line.kind == "group":
        named = {group.key: group.name for group in plan.groups}
    else:
        named = {task.key: task.title for task in (*plan.tasks, *plan.step_down.tasks)}
        named |= {measure.key: measure.title for measure in plan.measures}
    return str(named.get(key, key))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan_preview(request: PostRequest, code: str, version: UUID) -> HttpResponse:
    """What standing a plan up would do. POST: looks again with changes, or stands it up."""
    post, at = request.holder, clock.now()
    found = lists.find(code, visible_to=post)
    permissions.require(by=post, word=PLAN_STAND_UP, on=found)
    refused: Refusal | None = None
    wanted: dict[str, Overrule] = {}
    if request.method == "POST":
        try:
            wanted = {o.line: o for o in overrules.read(request.POST.dict())}
            if request.POST.get("then") == "stand-up":
                stand_up_plan(
                    incident=found, version=version, overrules=wanted.values(),
                    seen=request.POST.get("seen", ""), by=post, at=at,
                )  # fmt: skip
                messages.success(request, _("The plan stands. All units were told."))
                return redirect("incident-plans", code)
        except PlanStands:
            return redirect("incident-plans", code)
        except Refusal as refusal:
            refused = refusal
    chosen = plan_for(found, version=version, at=at)
    context = about(looked_at(chosen, found, overrules=wanted, visible_to=post, at=at), request)
    context |= {"refusal": refused, "changed": bool(wanted), "at": at}
    status = refused.status if refused is not None else 200
    return render(request, "plans/preview.html", context, status=status)


def about(found: Preview, request: PostRequest) -> dict[str, Any]:
    """Everything that the preview page shows."""
    shape = found.outline
    ready = (Standing.READY, Standing.KEPT, Standing.LEFT_OUT)
    titles = {group.key: str(group.name) for group in shape.plan.groups}
    tasks = [line for line in shape.tasks if line.standing in ready]
    by_group: dict[str, list[Line]] = {}
    for line in tasks:
        key = (line.task.group if line.task else None) or ""
        by_group.setdefault(titles.get(key, _("Without a group")), []).append(line)
    return {
        "incident": found.incident,
        "tab": "plans",
        "version": found.version,
        "preview": found,
        "unresolved": shape.unresolved,
        "unresolved_alike": alike(shape.unresolved, key=_same),
        "groups": [line for line in shape.groups if line.standing in ready],
        "tasks": list(by_group.items()),
        "task_count": sum(line.standing in (Standing.READY, Standing.KEPT) for line in tasks),
        "group_count": sum(g.standing in (Standing.READY, Standing.KEPT) for g in shape.groups),
        "measures": [(m, _rule(m)) for m in shape.measures if m.standing in ready],
        "measure_count": sum(m.standing in (Standing.READY, Standing.KEPT) for m in shape.measures),
        "undecided": [(m, _rule(m)) for m in shape.undecided],
        "not_met": [(m, _rule(m)) for m in shape.measures if m.standing == Standing.NOT_MET],
        "told": found.told,
        "unit_words": _unit_words(found.incident, request),
        "Standing": Standing,
    }


def _same(line: Line) -> tuple[str, str, str]:
    """What lines of several districts have in common."""
    return (line.kind, line.key.partition("@")[0], line.why.code if line.why else "")


def alike(lines: Iterable[T], *, key: Callable[[T], tuple[str, str, str]]) -> list[list[T]]:
    """Lines that differ only by their area stand together, each where its first one stood."""
    found: dict[tuple[str, str, str], list[T]] = {}
    for line in lines:
        found.setdefault(key(line), []).append(line)
    return list(found.values())


def _rule(line: Line) -> list[str]:
    return [wording.reading(reading) for reading in line.judgement.readings]


def _unit_words(incident: Incident, request: PostRequest) -> list[str]:
    """The units that can be chosen, as they are written into the field."""
    groups = names.choices(area=incident.area, visible_to=request.holder, incident=incident)
    return [f"{name}{overrules.BETWEEN}{code}" for _sector, units in groups for code, name in units]

"""What can be done with a plan that stands: take it back, step it down, give an open line to
somebody."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import PLAN_STAND_UP
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.library import queries as library
from tongzhou.plans import queries
from tongzhou.plans.actions.fill_line import fill_line
from tongzhou.plans.actions.reverse_stand_up import reverse_stand_up
from tongzhou.plans.actions.step_down_plan import step_down_plan
from tongzhou.plans.actions.taking_back import Report
from tongzhou.plans.forms.overrules import unit_named
from tongzhou.plans.models import StandUp
from tongzhou.plans.queries.ending import Way
from tongzhou.plans.queries.standing import line_for

_LONGEST = 4000
End = Callable[..., Report]


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan_reverse(request: PostRequest, id: UUID) -> HttpResponse:
    """What taking back that the plan was stood up would do. POST: takes it back."""
    return _end(request, id, "reverse", reverse_stand_up, _("The plan was taken back."))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def plan_step_down(request: PostRequest, id: UUID) -> HttpResponse:
    """What stepping the plan down would do. POST: steps it down."""
    return _end(request, id, "step_down", step_down_plan, _("The plan was stepped down."))


def _end(request: PostRequest, id: UUID, way: Way, act: End, said: str) -> HttpResponse:
    found = queries.standing_for(id, visible_to=request.holder)
    refused: Refusal | None = None
    if request.method == "POST":
        reason = request.POST.get("reason", "")[:_LONGEST]
        try:
            report = act(stand_up=found, reason=reason, by=request.holder, at=clock.now())
        except Refusal as refusal:
            if refusal.status == 404:
                raise
            refused = refusal
        else:
            messages.success(request, f"{said} {told(report)}".strip())
            return redirect("incident-plans", found.incident.code)
    return _foreseen(request, found, way, refused)


def _foreseen(
    request: PostRequest, found: StandUp, way: Way, refused: Refusal | None
) -> HttpResponse:
    """The page that says what would become of each line, and who may end the plan."""
    post, at = request.holder, clock.now()
    mine = found.unit_id == post.unit_id
    allowed = permissions.allowed(by=post, word=PLAN_STAND_UP, on=found)
    may = found.is_up and found.incident.is_open and mine and allowed
    context = {
        "incident": found.incident,
        "tab": "plans",
        "stand": found,
        "version": library.version(found.version),
        "way": way,
        "ending": queries.ending(found, way=way, visible_to=post, at=at) if found.is_up else None,
        "mine": mine,
        "may": may,
        "refusal": refused,
        "at": at,
        "reason": request.POST.get("reason", "")[:_LONGEST],
    }
    status = refused.status if refused is not None else 200
    return render(request, "plans/ending.html", context, status=status)


def told(report: Report) -> str:
    """What was taken back and what was not, in a sentence."""
    n = len(report.stayed)
    if not n:
        return ""
    sentence = ngettext(
        "%(n)s line could not be taken back; the reason stands beside it.",
        "%(n)s lines could not be taken back; the reason stands beside each.",
        n,
    )
    return sentence % {"n": n}


@require_POST
@signed_in
def plan_fill(request: PostRequest, id: UUID) -> HttpResponse:
    """Gives a line that nobody was found for to a unit."""
    line = line_for(id, visible_to=request.holder)
    code = line.stand_up.incident.code
    try:
        unit = unit_named(request.POST.get("unit", ""), field="unit")
        reason = request.POST.get("reason", "")[:_LONGEST]
        fill_line(line=line, unit=unit, reason=reason, by=request.holder, at=clock.now())
    except Refusal as refusal:
        return _refused(request, refusal, code)
    messages.success(request, _("It was given to %(unit)s.") % {"unit": unit.name})
    return redirect("incident-plans", code)


def _refused(request: PostRequest, refusal: Refusal, code: str) -> HttpResponse:
    if refusal.status == 404:
        raise refusal
    messages.error(request, str(refusal))
    return redirect("incident-plans", code)

"""Reports on their way up: a list, and one with its stages."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import REPORT_PASS, REPORT_SKIP, REPORT_START
from tongzhou.incidents.actions.pass_report import pass_report
from tongzhou.incidents.actions.receive_report import receive_report
from tongzhou.incidents.actions.skip_level_report import skip_level_report
from tongzhou.incidents.actions.start_report import start_report
from tongzhou.incidents.forms.reports import SkipForm, StartReportForm
from tongzhou.incidents.models import Incident, Report, Signal
from tongzhou.incidents.pages import files
from tongzhou.incidents.queries import chains, lists, signals
from tongzhou.incidents.queries import reports as queries
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger import queries as ledger
from tongzhou.ui import csv_files
from tongzhou.ui.refusals import tell_form

LIST = "report-list"
_NAMES = ("state", "whose", "late")


@require_safe
@signed_in
def reports(request: PostRequest) -> HttpResponse:
    """Reports that the unit holds, had, or may read; the last begun first."""
    at = clock.now()
    filters = _filters(request)
    page = queries.listed(
        visible_to=request.holder,
        filters=filters,
        cursor=request.GET.get("cursor", "")[:600],
        at=at,
    )
    given = {name: request.GET[name] for name in _NAMES if request.GET.get(name)}
    context = {
        "ways": queries.ways(page.rows, at=at),
        "next": page.next,
        "at": at,
        "unit_id": request.holder.unit_id,
        "states": [("running", _("on their way")), ("ended", _("arrived"))],
        "holders": [("held", _("with us"))],
        "lates": [("1", _("late at some level"))],
        "filtered": filters != queries.Filters(),
        "export": f"?{urlencode(given)}" if given else "",
    }
    part = request.headers.get("HX-Target") == LIST
    return render(request, f"incidents/{'_reports' if part else 'reports'}.html", context)


@require_safe
@signed_in
def reports_export(request: PostRequest) -> HttpResponseBase:
    """Exactly the list, as CSV."""
    at = clock.now()
    ways = queries.all_ways(visible_to=request.holder, filters=_filters(request), at=at)
    return csv_files.answer("reports", files.REPORTS, ways, at=at)


def _filters(request: PostRequest) -> queries.Filters:
    wanted = request.GET
    return queries.Filters(
        state=wanted.get("state", ""),
        held=wanted.get("whose") == "held",
        late=wanted.get("late") == "1",
    )


@require_safe
@signed_in
def report(request: PostRequest, id: UUID) -> HttpResponse:
    """One report: its stages, who holds it, and the next step."""
    return _show(request, queries.find(id, visible_to=request.holder))


@require_POST
@signed_in
def report_receive(request: PostRequest, id: UUID) -> HttpResponse:
    """Confirms receipt."""
    found = queries.find(id, visible_to=request.holder)
    receive_report(report=found, by=request.holder, at=clock.now())
    messages.success(request, _("Receipt is confirmed. The limit for passing it on goes on."))
    return redirect("report", id=found.id)


@require_POST
@signed_in
def report_pass(request: PostRequest, id: UUID) -> HttpResponse:
    """Passes it on to the next level."""
    found = queries.find(id, visible_to=request.holder)
    pass_report(report=found, by=request.holder, at=clock.now())
    messages.success(request, _("The report was passed on."))
    return redirect("report", id=found.id)


@require_POST
@signed_in
def report_skip(request: PostRequest, id: UUID) -> HttpResponse:
    """Brings it past a level."""
    post = request.holder
    found = queries.find(id, visible_to=post)
    form = _skip_form(found, post, request.POST)
    if form is not None and form.is_valid():
        try:
            skip_level_report(report=found, **form.cleaned_data, by=post, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The report went past the level; your reason is kept."))
            return redirect("report", id=found.id)
    return _show(request, found, form)


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def signal_report(request: PostRequest, ticket: str) -> HttpResponse:
    """Reports a signal upwards."""
    return _start(request, signals.find(ticket, visible_to=request.holder))


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def incident_report(request: PostRequest, code: str) -> HttpResponse:
    """Reports an incident upwards."""
    return _start(request, lists.find(code, visible_to=request.holder))


def _start(request: PostRequest, about: Signal | Incident) -> HttpResponse:
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=REPORT_START, on=about)
    kind = "signal" if isinstance(about, Signal) else "incident"
    offered = chains.in_force(kind, on=timezone.localdate(at), area=about.area)
    form = StartReportForm(request.POST or None, offered=offered)
    if form.is_valid():
        try:
            made = start_report(about=about, **form.cleaned_data, by=post, at=at)
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The report is on its way up."))
            return redirect("report", id=made.id)
    context = {"form": form, "offered": offered, **_named(about)}
    status = 422 if form.is_bound else 200
    return render(request, "incidents/report_start.html", context, status=status)


def _named(about: Signal | Incident) -> dict[str, Any]:
    return {"signal" if isinstance(about, Signal) else "incident": about}


def _skip_form(found: Report, post: Post, data: Any = None) -> SkipForm | None:
    if found.ended_at is not None or not permissions.allowed(by=post, word=REPORT_SKIP, on=found):
        return None
    leg = found.legs.order_by("-place")[0]
    levels = chains.skippable(
        chains.of_id(found.chain), leg.level, holds=found.holder_id == post.unit_id
    )
    return SkipForm(data, levels=levels) if levels else None


def _show(request: PostRequest, found: Report, form: SkipForm | None = None) -> HttpResponse:
    post, at = request.holder, clock.now()
    way = queries.way(found, at=at)
    here = way.here
    context = {
        "way": way,
        "report": found,
        "at": at,
        **_named(found.about),
        "sees_about": bool(found.about.relations_of(post)),
        "may_pass": here is not None and permissions.allowed(by=post, word=REPORT_PASS, on=found),
        "takes_up": found.holder_id != post.unit_id,
        "may_receive": here is not None
        and here.leg is not None
        and here.leg.seen_at is None
        and found.holder_id == post.unit_id
        and permissions.holds(post, REPORT_PASS),
        "skip_form": form or _skip_form(found, post),
        "skip_open": form is not None,
        "acts": sentences.tell(ledger.about("report", found.id), with_subjects=False),
    }
    part = request.headers.get("HX-Target") == "report"
    template = "incidents/_report.html" if part else "incidents/upward_report.html"
    return render(request, template, context, status=422 if form is not None else 200)

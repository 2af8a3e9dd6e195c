"""Field staff: who is out, and the one big button with which they check in."""

from dataclasses import replace
from typing import Final
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import SHIFT_CHECK_IN, SHIFT_START
from tongzhou.incidents.actions.check_in import check_in
from tongzhou.incidents.actions.end_shift import end_shift
from tongzhou.incidents.actions.start_shift import start_shift
from tongzhou.incidents.forms.shifts import CheckInForm, ShiftForm
from tongzhou.incidents.models import Shift
from tongzhou.incidents.pages import areas, files
from tongzhou.incidents.queries import shifts as queries
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal, Sentence
from tongzhou.ledger import queries as ledger
from tongzhou.ui import csv_files
from tongzhou.ui.refusals import tell_form

_NAMES: Final = ("state", "unit", "incident")
STATES: Final[tuple[tuple[str, Sentence], ...]] = (
    ("out", gettext_lazy("out now")),
    ("silent", gettext_lazy("silent, or in need of help")),
    ("ended", pgettext_lazy("field shifts", "ended")),
)


@require_safe
@signed_in
def shifts(request: PostRequest) -> HttpResponse:
    """Who is out now, silent ones first; then the shifts that have ended. The filters stand
    in the address."""
    post, at = request.holder, clock.now()
    filters = _filters(request)
    board = queries.out(visible_to=post, at=at, filters=filters)
    over = filters.state in ("", "ended")
    page = queries.listed(
        visible_to=post,
        filters=replace(filters, state="ended"),
        cursor=request.GET.get("cursor", "")[:600],
        limit=20,
        at=at,
    )
    given = {name: request.GET[name] for name in _NAMES if request.GET.get(name)}
    units, incidents = queries.known(visible_to=post)
    context = {
        "board": board,
        "ended": page.rows if over else [],
        "next": page.next if over else "",
        "at": at,
        "filtered": filters != queries.Filters(),
        "states": STATES,
        "units": [(unit.code, unit.name) for unit in units],
        "incidents": [(found.code, found.title) for found in incidents],
        "export": f"?{urlencode(given)}" if given else "",
        "may_start": permissions.allowed(by=post, word=SHIFT_START, on=post.unit),
    }
    part = request.headers.get("HX-Target") == "shift-board"
    template = "incidents/_shifts.html" if part else "incidents/shifts.html"
    return render(request, template, context)


@require_safe
@signed_in
def shifts_export(request: PostRequest) -> HttpResponseBase:
    """Exactly the list, as CSV."""
    at = clock.now()
    rows = queries.all_shifts(visible_to=request.holder, filters=_filters(request), at=at)
    return csv_files.answer("shifts", files.SHIFTS, rows, at=at)


def _filters(request: PostRequest) -> queries.Filters:
    return queries.Filters(**{name: request.GET.get(name, "")[:80] for name in _NAMES})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def shift_new(request: PostRequest) -> HttpResponse:
    """Sends people out."""
    post = request.holder
    permissions.require(by=post, word=SHIFT_START, on=post.unit)
    picks = request.method == "POST" and areas.PICK in request.POST
    if request.method == "POST" and not picks:
        form = ShiftForm(request.POST, post=post)
        if form.is_valid():
            try:
                made = start_shift(**form.arguments(), by=post, at=clock.now())
            except Refusal as refusal:
                tell_form(form, refusal)
            else:
                messages.success(request, _("The shift has begun. Open this page on the phone."))
                return redirect("shift", id=made.id)
    else:
        initial = request.POST.dict() if picks else {"area": post.unit.area.code}
        form = ShiftForm(initial=initial, post=post)
    given = request.POST.dict() if request.method == "POST" else {"area": post.unit.area.code}
    context = {"form": form, "picker": areas.picked(given, root=post.unit.area.code)}
    status = 422 if form.is_bound else 200
    return render(request, "incidents/shift_new.html", context, status=status)


@require_safe
@signed_in
def shift(request: PostRequest, id: UUID) -> HttpResponse:
    """One shift: the button, the next check-in, what was said."""
    return _show(request, queries.find(id, visible_to=request.holder), CheckInForm())


@require_POST
@signed_in
def shift_check_in(request: PostRequest, id: UUID) -> HttpResponse:
    """All well, or help is needed (the button says which)."""
    found = queries.find(id, visible_to=request.holder)
    form = CheckInForm(request.POST)
    if form.is_valid():
        helps = request.POST.get("state") == "help"
        try:
            check_in(
                shift=found, **form.arguments(), needs_help=helps, by=request.holder, at=clock.now()
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            if helps:
                messages.warning(request, _("Your call for help is on its way up the line."))
            else:
                messages.success(request, _("Checked in. Take care."))
            return redirect("shift", id=found.id)
    return _show(request, found, form)


@require_POST
@signed_in
def shift_end(request: PostRequest, id: UUID) -> HttpResponse:
    """Everybody is back."""
    found = queries.find(id, visible_to=request.holder)
    end_shift(shift=found, by=request.holder, at=clock.now())
    messages.success(request, _("The shift has ended."))
    return redirect("shift", id=found.id)


def _show(request: PostRequest, found: Shift, form: CheckInForm) -> HttpResponse:
    at = clock.now()
    context = {
        "shift": found,
        "at": at,
        "silent": found.silent(at),
        "form": form,
        "may_check_in": found.ended_at is None
        and permissions.allowed(by=request.holder, word=SHIFT_CHECK_IN, on=found),
        "check_ins": queries.check_ins(found),
        "acts": sentences.tell(ledger.about("shift", found.id), with_subjects=False),
    }
    part = request.headers.get("HX-Target") == "shift"
    template = "incidents/_shift.html" if part else "incidents/shift.html"
    return render(request, template, context, status=422 if form.is_bound else 200)

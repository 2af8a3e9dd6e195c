"""Requests: writing one, what it costs, its page, consent, export."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.http import (
    FileResponse,
    HttpResponse,
    HttpResponseBase,
    JsonResponse,
)
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import BURDEN_ASK, BURDEN_CONSENT
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed, NotFound
from tongzhou.ledger import queries as ledger
from tongzhou.oversight import exporting
from tongzhou.oversight.actions.ask_units import ask_units
from tongzhou.oversight.actions.consent_burden import consent_burden
from tongzhou.oversight.actions.declare_field import declare_field
from tongzhou.oversight.actions.withdraw_request import withdraw_request
from tongzhou.oversight.forms.burden import AskForm, DeclineForm, FieldForm
from tongzhou.oversight.forms.findings import ReasonForm
from tongzhou.oversight.models import Ask, PartState
from tongzhou.oversight.pages.burden import day_of, today
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.oversight.queries import asks, catalogue, costing
from tongzhou.ui import csv_files

#: Names of the fields of a new field, within the form of a request.
_NEW = "new"
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def request_new(request: PostRequest) -> HttpResponse:
    """The form of a new request; ``units`` and ``wanted`` may stand in the address."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, BURDEN_ASK):
        raise NotAllowed(permission=BURDEN_ASK.label)
    data = request.POST if request.method == "POST" else None
    names = ("units", "wanted", "passes_on", "kind", "level")
    wanted = {name: request.GET[name][:500] for name in names if name in request.GET}
    if data is not None and "declare" in data:
        return _declare(request)
    form = AskForm(data, post=post, at=at, initial=wanted)
    if data is not None and (
        sent := tried(form, lambda: ask_units(**form.arguments(), by=post, at=at))
    ):
        return done(request, _("The request is sent."), "request", sent.number)
    status = 422 if data is not None else 200
    return _composer(request, form, FieldForm(post=post, at=at, prefix=_NEW), status)


def _declare(request: PostRequest) -> HttpResponse:
    """A field enters the catalogue from within the composer, and into the request; what was
    typed stays as it is, unchecked."""
    post, at = request.holder, clock.now()
    typed = {name: request.POST[name] for name in AskForm.base_fields if name in request.POST}
    fresh = FieldForm(request.POST, post=post, at=at, prefix=_NEW)
    made = tried(fresh, lambda: declare_field(**fresh.arguments(), by=post, at=at))
    if made:
        typed["wanted"] = ",".join(filter(None, (typed.get("wanted", "").strip(), made.code)))
        messages.success(request, _("The field is in the catalogue and in your request."))
        fresh = FieldForm(post=post, at=at, prefix=_NEW)
    form = AskForm(post=post, at=at, initial=typed)
    return _composer(request, form, fresh, 200 if made else 422)


def _composer(
    request: PostRequest, form: AskForm, field_form: FieldForm, status: int
) -> HttpResponse:
    context = {"form": form, "field_form": field_form}
    return render(request, "oversight/request_new.html", context, status=status)


@require_safe
@signed_in
def request_check(request: PostRequest) -> HttpResponse:
    """What the request as it stands in the form would cost each unit: shown while it is
    written."""
    post, at = request.holder, clock.now()
    form = AskForm(request.GET, post=post, at=at)
    form.is_valid()
    cost = costing.estimate(
        visible_to=post,
        kind=str(form.cleaned_data.get("kind") or "form"),
        units=form.chosen_units(),
        wanted=[(one.field, one.anew) for one in form.chosen_fields()],
        rhythm=str(form.cleaned_data.get("rhythm") or "once"),
        first_on=form.cleaned_data.get("first_on") or today(),
        last_on=form.cleaned_data.get("until"),
        withdraws=form.own.get(str(form.cleaned_data.get("withdraws") or "")),
        on=today(),
    )
    return render(request, "oversight/_cost.html", {"cost": cost, "at": at})


@require_safe
@signed_in
def field_search(request: PostRequest) -> HttpResponse:
    """Fields by name or code, for the search while one types; then those of a similar name."""
    q = request.GET.get("q", "").strip()[:100]
    found = list(catalogue.listed(visible_to=request.holder, q=q, limit=12).rows)
    if q and len(found) < 4:
        known = {field.id for field in found}
        found += [like.field for like in catalogue.alike(q) if like.field.id not in known]
    return JsonResponse(
        {
            "results": [
                {
                    "code": field.code,
                    "name": field.name,
                    "hint": " · ".join(filter(None, (field.code, field.owner.name, field.kept_in))),
                }
                for field in found[:12]
            ]
        }
    )


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def field_new(request: PostRequest) -> HttpResponse:
    """The form of a new field of the catalogue."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, BURDEN_ASK):
        raise NotAllowed(permission=BURDEN_ASK.label)
    data = request.POST if request.method == "POST" else None
    form = FieldForm(data, post=post, at=at)
    if data is not None and tried(form, lambda: declare_field(**form.arguments(), by=post, at=at)):
        messages.success(request, _("The field is in the catalogue."))
        return redirect(f"{reverse('burden')}?tab=catalogue&q={form.cleaned_data['code']}")
    status = 422 if data is not None else 200
    return render(request, "oversight/field_new.html", {"form": form}, status=status)


@require_safe
@signed_in
def field_alike(request: PostRequest) -> HttpResponse:
    """Fields of a similar name, shown while a new one is entered."""
    names = [request.GET.get(name, "")[:120] for name in ("name_zh", "name_en")]
    found = catalogue.alike(*filter(None, names))
    return render(request, "oversight/_alike.html", {"found": found})


@require_safe
@signed_in
def ask(request: PostRequest, number: int) -> HttpResponse:
    """One request."""
    return _show(request, asks.find(number, visible_to=request.holder))


@require_POST
@signed_in
def request_withdraw(request: PostRequest, number: int) -> HttpResponse:
    """The sender takes it back."""
    post, at = request.holder, clock.now()
    found = asks.find(number, visible_to=post)
    permissions.require(by=post, word=BURDEN_ASK, on=found)
    form = ReasonForm(request.POST, post=post, at=at)
    if tried(form, lambda: withdraw_request(ask=found, **form.arguments(), by=post, at=at)):
        return done(request, _("The request is withdrawn."), "request", number)
    return _show(request, found, {"withdraw_form": form})


@require_POST
@signed_in
def request_consent(request: PostRequest, number: int) -> HttpResponse:
    """The unit consents, declines, or takes its consent back."""
    post, at = request.holder, clock.now()
    found = asks.find(number, visible_to=post)
    own = asks.part_of(found, visible_to=post)
    if request.POST.get("consent") == "yes":
        consent_burden(part=own, consent=True, by=post, at=at)
        return done(request, _("You consented."), "request", number)
    permissions.require(by=post, word=BURDEN_CONSENT, on=own)
    form = DeclineForm(request.POST, post=post, at=at)
    if tried(
        form, lambda: consent_burden(part=own, consent=False, **form.arguments(), by=post, at=at)
    ):
        return done(request, _("You declined; nothing is owed."), "request", number)
    return _show(request, found, {"decline_form": form})


@require_safe
@signed_in
def request_answers(request: PostRequest, number: int, kind: str) -> HttpResponseBase:
    """The answers as a file: every unit and occasion so far."""
    found = asks.find(number, visible_to=request.holder)
    rows = exporting.answers(found, visible_to=request.holder, on=today())
    name = f"R-{found.number}.{kind}"
    match kind:
        case "csv":
            return csv_files.download(name, csv_files.of_cells(rows))
        case "xlsx":
            return FileResponse(
                exporting.xlsx_file(rows, title=found.reference),
                as_attachment=True, filename=name, content_type=_XLSX,
            )  # fmt: skip
    raise NotFound()


def _show(
    request: PostRequest, found: Ask, failed: Mapping[str, Any] | None = None
) -> HttpResponse:
    post, at = request.holder, clock.now()
    on = day_of(request)
    running = found.runs(today())
    parts = asks.parts(found, visible_to=post)
    mine = next((p for p in parts if p.unit_id == post.unit_id), None)
    since, until = (
        (found.first_on, found.until) if found.rhythm == "once" else (on - timedelta(6), on)
    )
    rows = asks.answers(found, visible_to=post, since=since, until=until)
    relations = found.relations_of(post)
    consents = mine is not None and permissions.allowed(by=post, word=BURDEN_CONSENT, on=mine)
    open_part = mine is not None and found.stops_on is None
    context: dict[str, Any] = {
        "ask": found,
        "at": at,
        "running": running,
        "fields": asks.fields(found),
        "parts": parts,
        "waiting": [p for p in parts if p.state != PartState.RUNNING or p.consented_at],
        "mine": mine,
        "rows": rows[:400],
        "answered": sum(row.answer is not None for row in rows),
        "total": len(rows),
        "levels": asks.way_down(found),
        "passed_on": list(found.passed_on.select_related("sender").order_by("number")[:20]),
        "own": "own" in relations,
        "withdraw_form": ReasonForm(post=post, at=at)
        if found.stops_on is None and "own" in relations and permissions.holds(post, BURDEN_ASK)
        else None,
        "may_consent": consents and open_part and mine is not None
        and mine.state == PartState.WAITING,
        "decline_form": DeclineForm(post=post, at=at)
        if consents and open_part and mine is not None
        and (mine.state == PartState.WAITING or (mine.state == PartState.RUNNING
                                                 and mine.consented_at))
        else None,
        "acts": sentences.tell(ledger.about("ask", mine.id), with_subjects=False) if mine else [],
        **(failed or {}),
    }  # fmt: skip
    template = "oversight/_request.html" if part(request, "request") else "oversight/request.html"
    return render(request, template, context, status=422 if failed else 200)

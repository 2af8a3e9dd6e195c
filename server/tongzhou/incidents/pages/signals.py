"""Signals for those who assess and answer them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import (
    INCIDENT_OPEN,
    REPORT_START,
    SIGNAL_ANSWER,
    SIGNAL_ASSESS,
)
from tongzhou.clocks import queries as clocks
from tongzhou.incidents import access
from tongzhou.incidents.actions.answer_signal import answer_signal
from tongzhou.incidents.actions.assess_signal import MOST_ASSESSORS, assess_signal
from tongzhou.incidents.actions.read_contact import read_contact
from tongzhou.incidents.forms.signals import AnswerForm, AssessForm
from tongzhou.incidents.models import Signal, SignalContact, SignalState
from tongzhou.incidents.queries import lists, reports
from tongzhou.incidents.queries import signals as queries
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.ledger import queries as ledger
from tongzhou.ui.refusals import tell_form

LIST = "signal-list"


@require_safe
@signed_in
def signals(request: PostRequest) -> HttpResponse:
    """Signals of the area; the filters stand in the address."""
    wanted = request.GET
    page = queries.listed(
        visible_to=request.holder,
        q=wanted.get("q", "")[:100],
        state=wanted.get("state", ""),
        cursor=wanted.get("cursor", "")[:600],
    )
    context = {
        "rows": [(signal, queries.due(signal)) for signal in page.rows],
        "next": page.next,
        "at": clock.now(),
        "states": [("waiting", _("not answered yet")), *SignalState.choices],
        "area_wide": queries.answers_for_area(request.holder),
        "filtered": any(wanted.get(name) for name in ("q", "state")),
    }
    part = request.headers.get("HX-Target") == LIST
    return render(request, f"incidents/{'_signals' if part else 'signals'}.html", context)


@require_safe
@signed_in
def signal(request: PostRequest, ticket: str) -> HttpResponse:
    """One signal: what was reported, assessments side by side, the answer."""
    found = queries.find(ticket, visible_to=request.holder)
    return _show(request, found)


@require_POST
@signed_in
def assess(request: PostRequest, ticket: str) -> HttpResponse:
    """Gives an assessment."""
    found = queries.find(ticket, visible_to=request.holder)
    form = AssessForm(request.POST)
    if form.is_valid():
        try:
            assess_signal(signal=found, **form.arguments(), by=request.holder, at=clock.now())
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("Your assessment is kept."))
            return redirect("signal", ticket=found.ticket)
    return _show(request, found, assess_form=form)


@require_POST
@signed_in
def answer(request: PostRequest, ticket: str) -> HttpResponse:
    """Answers the reporter."""
    post = request.holder
    found = queries.find(ticket, visible_to=post)
    form = _answer_form(found, post, request.POST)
    if form.is_valid():
        code = form.cleaned_data["incident"]
        try:
            answer_signal(
                signal=found,
                answer=form.cleaned_data["answer"],
                incident=lists.find(code, visible_to=post) if code else None,
                by=post,
                at=clock.now(),
            )
        except Refusal as refusal:
            tell_form(form, refusal)
        else:
            messages.success(request, _("The reporter can read your answer now."))
            return redirect("signal", ticket=found.ticket)
    return _show(request, found, answer_form=form)


@require_POST
@signed_in
def contact(request: PostRequest, ticket: str) -> HttpResponse:
    """Shows how to reach the reporter; that it was looked at stands in the ledger."""
    found = queries.find(ticket, visible_to=request.holder)
    known = read_contact(signal=found, by=request.holder, at=clock.now())
    return _show(request, found, contact=known)


def _answer_form(signal: Signal, post: Post, data: Any = None) -> AnswerForm:
    form = AnswerForm(data)
    field = form.fields["incident"]
    assert isinstance(field, forms.ChoiceField)
    offered = lists.codes(visible_to=post)
    field.choices = [("", _("none"))] + [(i.code, i.title) for i in offered]
    if signal.incident is not None and signal.incident in offered:
        field.initial = signal.incident.code
    return form


def _show(
    request: PostRequest,
    found: Signal,
    *,
    assess_form: AssessForm | None = None,
    answer_form: AnswerForm | None = None,
    contact: SignalContact | None = None,
) -> HttpResponse:
    post = request.holder
    assessments = list(
        found.assessments.select_related("post__person", "post__unit").order_by("at", "id")
    )
    mine = any(a.post.person_id == post.person_id for a in assessments)
    may_assess = (
        permissions.allowed(by=post, word=SIGNAL_ASSESS, on=found)
        and found.state != SignalState.ANSWERED
        and not mine
        and len(assessments) < MOST_ASSESSORS
    )
    may_answer = permissions.allowed(by=post, word=SIGNAL_ANSWER, on=found)
    authority = "area" in found.relations_of(post)
    context = {
        "signal": found,
        "at": clock.now(),
        "due_at": queries.due(found),
        "assessments": assessments,
        "mine": mine,
        "may_assess": may_assess,
        "may_answer": may_answer and bool(assessments),
        "may_open": found.incident is None and permissions.holds(post, INCIDENT_OPEN),
        "assess_form": (assess_form or AssessForm()) if may_assess or assess_form else None,
        "answer_form": (answer_form or _answer_form(found, post)) if may_answer else None,
        "answers": list(found.answers.select_related("post__unit").order_by("-at", "-id")),
        "contact": contact,
        "clocks": clocks.of("signal", [found.id], visible_to=post),
        "ways": reports.of_signal(found, at=clock.now()),
        "may_report": permissions.allowed(by=post, word=REPORT_START, on=found),
        "has_contact": access.may_read_contact(post, found)
        and SignalContact.objects.filter(signal=found).exists(),
        "seen_incident": found.incident
        if found.incident is not None and found.incident.relations_of(post)
        else None,
        "acts": sentences.tell(ledger.about("signal", found.id), with_subjects=False)
        if authority
        else [],
    }
    failed = (assess_form or answer_form) is not None
    part = request.headers.get("HX-Target") == "signal"
    template = "incidents/_signal.html" if part else "incidents/signal.html"
    return render(request, template, context, status=422 if failed else 200)

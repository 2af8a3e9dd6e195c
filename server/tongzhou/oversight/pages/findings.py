"""Findings: recording one, and its page with answers and re-checks."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import FINDING_ANSWER, FINDING_RECORD
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.actions.answer_finding import answer_finding
from tongzhou.oversight.actions.recheck_finding import recheck_finding
from tongzhou.oversight.actions.record_finding import record_finding
from tongzhou.oversight.actions.withdraw_finding import withdraw_finding
from tongzhou.oversight.forms.findings import AnswerForm, FindingForm, ReasonForm, RecheckForm
from tongzhou.oversight.models import Finding, FindingState
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.oversight.queries import citing, rules
from tongzhou.oversight.queries import findings as queries
from tongzhou.tasks.downloads import as_download


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def finding_new(request: PostRequest) -> HttpResponse:
    """The form of a new finding; some of its fields may stand in the address."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, FINDING_RECORD):
        raise NotAllowed(permission=FINDING_RECORD.label)
    data = (request.POST, request.FILES) if request.method == "POST" else ()
    names = ("owner", "cites", "missed", "rule_version")
    wanted = {name: request.GET[name][:300] for name in names if name in request.GET}
    form = FindingForm(*data, post=post, at=at, initial=wanted)
    if data and (found := tried(form, lambda: record_finding(**form.arguments(), by=post, at=at))):
        return done(
            request, _("The finding is recorded; its owner was told."), "finding", found.number
        )
    status = 422 if data else 200
    return render(request, "oversight/finding_new.html", {"form": form}, status=status)


@require_safe
@signed_in
def finding(request: PostRequest, number: int) -> HttpResponse:
    """One finding."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def finding_answer(request: PostRequest, number: int) -> HttpResponse:
    """The owner answers."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=FINDING_ANSWER, on=found)
    form = AnswerForm(request.POST, request.FILES, post=post, at=at)
    if tried(form, lambda: answer_finding(finding=found, **form.arguments(), by=post, at=at)):
        return done(request, _("Answered. Somebody else will look again."), "finding", number)
    return _show(request, found, {"answer_form": form})


@require_POST
@signed_in
def finding_recheck(request: PostRequest, number: int) -> HttpResponse:
    """Somebody else looks again."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=FINDING_RECORD, on=found)
    form = RecheckForm(request.POST, post=post, at=at)
    if tried(form, lambda: recheck_finding(finding=found, **form.arguments(), by=post, at=at)):
        return done(request, _("Your re-check is kept."), "finding", number)
    return _show(request, found, {"recheck_form": form})


@require_POST
@signed_in
def finding_withdraw(request: PostRequest, number: int) -> HttpResponse:
    """It was wrong."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=FINDING_RECORD, on=found)
    form = ReasonForm(request.POST, post=post, at=at)
    if tried(form, lambda: withdraw_finding(finding=found, **form.arguments(), by=post, at=at)):
        return done(request, _("The finding is withdrawn."), "finding", number)
    return _show(request, found, {"withdraw_form": form})


@require_safe
@signed_in
def finding_file(request: PostRequest, id: UUID) -> HttpResponseBase:
    """Downloads a proof; 404 for whoever may not see its finding."""
    return as_download(queries.file(id, visible_to=request.holder))  # type: ignore[arg-type]


def _show(
    request: PostRequest, found: Finding, failed: Mapping[str, Any] | None = None
) -> HttpResponse:
    post, at = request.holder, clock.now()
    rounds = queries.rounds(found)
    relations = found.relations_of(post)
    may = _may(found, post, rounds, relations)
    known: dict[str, Any] = {"post": post, "at": at}
    context = {
        "finding": found,
        "at": at,
        "cites": citing.stored(found.cites),
        "rule": rules.version(found.rule_version) if found.rule_version else None,
        "evidence": queries.evidence(found),
        "rounds": [(answer, citing.stored(answer.cites)) for answer in rounds],
        "may": may,
        "answer_form": AnswerForm(**known) if "answer" in may else None,
        "recheck_form": RecheckForm(**known) if "recheck" in may else None,
        "withdraw_form": ReasonForm(**known) if "withdraw" in may else None,
        "acts": sentences.tell(ledger.about("finding", found.id), with_subjects=False),
        **(failed or {}),
    }
    template = "oversight/_finding.html" if part(request, "finding") else "oversight/finding.html"
    return render(request, template, context, status=422 if failed else 200)


def _may(
    found: Finding, post: Post, rounds: list[Any], relations: frozenset[str]
) -> frozenset[str]:
    """What the post may do now: answer, recheck, withdraw; "own_answer": it answered itself."""
    may = set()
    if found.state == FindingState.OPEN and permissions.allowed(
        by=post, word=FINDING_ANSWER, on=found
    ):
        may.add("answer")
    records = permissions.allowed(by=post, word=FINDING_RECORD, on=found)
    if records and found.state == FindingState.ANSWERED:
        may.add("own_answer" if rounds[0].post.person_id == post.person_id else "recheck")
    if records and found.is_open and "own" in relations:
        may.add("withdraw")
    return frozenset(may)

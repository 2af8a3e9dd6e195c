"""Supervision letters: writing one, its page, which prints as a letter, and the answer."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions, sentences
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import FINDING_ANSWER, LETTER_SEND
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotAllowed
from tongzhou.ledger import queries as ledger
from tongzhou.oversight.actions.answer_letter import answer_letter
from tongzhou.oversight.actions.send_letter import send_letter
from tongzhou.oversight.actions.withdraw_letter import withdraw_letter
from tongzhou.oversight.forms.findings import ReasonForm
from tongzhou.oversight.forms.letters import LetterAnswerForm, LetterForm
from tongzhou.oversight.models import Letter, LetterState
from tongzhou.oversight.pages.rendering import done, part, tried
from tongzhou.oversight.queries import citing
from tongzhou.oversight.queries import letters as queries


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def letter_new(request: PostRequest) -> HttpResponse:
    """The form of a new letter; some of its fields may stand in the address."""
    post, at = request.holder, clock.now()
    if not permissions.holds(post, LETTER_SEND):
        raise NotAllowed(permission=LETTER_SEND.label)
    data = request.POST if request.method == "POST" else None
    names = ("recipient", "cites", "missed")
    wanted = {name: request.GET[name][:300] for name in names if name in request.GET}
    form = LetterForm(data, post=post, at=at, initial=wanted)
    if data and (sent := tried(form, lambda: send_letter(**form.arguments(), by=post, at=at))):
        return done(request, _("The letter is sent."), "letter", sent.id)
    status = 422 if data is not None else 200
    return render(request, "oversight/letter_new.html", {"form": form}, status=status)


@require_safe
@signed_in
def letter(request: PostRequest, id: UUID) -> HttpResponse:
    """One letter."""
    return _show(request, queries.find(id, visible_to=request.holder))


@require_POST
@signed_in
def letter_answer(request: PostRequest, id: UUID) -> HttpResponse:
    """The recipient answers."""
    post, at = request.holder, clock.now()
    found = queries.find(id, visible_to=post)
    permissions.require(by=post, word=FINDING_ANSWER, on=found)
    form = LetterAnswerForm(request.POST, post=post, at=at)
    if tried(form, lambda: answer_letter(letter=found, **form.arguments(), by=post, at=at)):
        return done(request, _("Your answer is sent."), "letter", id)
    return _show(request, found, {"answer_form": form})


@require_POST
@signed_in
def letter_withdraw(request: PostRequest, id: UUID) -> HttpResponse:
    """It was wrong."""
    post, at = request.holder, clock.now()
    found = queries.find(id, visible_to=post)
    permissions.require(by=post, word=LETTER_SEND, on=found)
    form = ReasonForm(request.POST, post=post, at=at)
    if tried(form, lambda: withdraw_letter(letter=found, **form.arguments(), by=post, at=at)):
        return done(request, _("The letter is withdrawn."), "letter", id)
    return _show(request, found, {"withdraw_form": form})


def _show(
    request: PostRequest, found: Letter, failed: Mapping[str, Any] | None = None
) -> HttpResponse:
    post, at = request.holder, clock.now()
    waits = found.state == LetterState.SENT
    answers = waits and permissions.allowed(by=post, word=FINDING_ANSWER, on=found)
    own = "own" in found.relations_of(post) and permissions.holds(post, LETTER_SEND)
    context = {
        "letter": found,
        "at": at,
        "cites": citing.stored(found.cites),
        "answer_form": LetterAnswerForm(post=post, at=at) if answers else None,
        "withdraw_form": ReasonForm(post=post, at=at) if waits and own else None,
        "acts": sentences.tell(ledger.about("letter", found.id), with_subjects=False),
        **(failed or {}),
    }
    template = "oversight/_letter.html" if part(request, "letter") else "oversight/letter.html"
    return render(request, template, context, status=422 if failed else 200)

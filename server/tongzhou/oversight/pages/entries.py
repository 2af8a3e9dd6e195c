"""Accountability entries: proposing one, and its page with the reply and the end."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.queries import find as find_unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import ACCOUNTABILITY_OPEN
from tongzhou.kernel import clock
from tongzhou.oversight.access import Supervised
from tongzhou.oversight.actions.close_accountability import close_accountability
from tongzhou.oversight.actions.drop_accountability import drop_accountability
from tongzhou.oversight.actions.open_accountability import open_accountability
from tongzhou.oversight.actions.reply_accountability import reply_accountability
from tongzhou.oversight.actions.second_accountability import second_accountability
from tongzhou.oversight.forms.entries import CloseForm, EntryForm, ReplyForm
from tongzhou.oversight.forms.findings import ReasonForm
from tongzhou.oversight.models import AccountabilityEntry, EntryState
from tongzhou.oversight.pages.rendering import done, tried
from tongzhou.oversight.queries import citing
from tongzhou.oversight.queries import entries as queries


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def entry_new(request: PostRequest, code: str) -> HttpResponse:
    """The form of a new entry about a post of a unit."""
    post, at = request.holder, clock.now()
    unit = find_unit(code, visible_to=post)
    permissions.require(by=post, word=ACCOUNTABILITY_OPEN, on=Supervised(unit))
    data = request.POST if request.method == "POST" else None
    posts = queries.posts_of(unit, but=post, at=at)
    form = EntryForm(data, post=post, at=at, posts=posts)
    if data is not None and (
        made := tried(form, lambda: open_accountability(**form.arguments(), by=post, at=at))
    ):
        said = _("Proposed. It takes effect when a second supervisor agrees.")
        return done(request, said, "accountability", made.number)
    context = {"form": form, "unit": unit, "posts": posts}
    status = 422 if data is not None else 200
    return render(request, "oversight/entry_new.html", context, status=status)


@require_safe
@signed_in
def entry(request: PostRequest, number: int) -> HttpResponse:
    """One entry."""
    return _show(request, queries.find(number, visible_to=request.holder))


@require_POST
@signed_in
def entry_second(request: PostRequest, number: int) -> HttpResponse:
    """A second supervisor agrees."""
    post = request.holder
    found = queries.find(number, visible_to=post)
    second_accountability(entry=found, by=post, at=clock.now())
    return done(request, _("The entry is open; the person can reply."), "accountability", number)


@require_POST
@signed_in
def entry_drop(request: PostRequest, number: int) -> HttpResponse:
    """It is dropped before it takes effect."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=ACCOUNTABILITY_OPEN, on=found)
    form = ReasonForm(request.POST, post=post, at=at)
    if tried(form, lambda: drop_accountability(entry=found, **form.arguments(), by=post, at=at)):
        return done(request, _("The entry is dropped."), "accountability", number)
    return _show(request, found, {"drop_form": form})


@require_POST
@signed_in
def entry_reply(request: PostRequest, number: int) -> HttpResponse:
    """The person concerned replies."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    form = ReplyForm(request.POST, post=post, at=at)
    if tried(form, lambda: reply_accountability(entry=found, **form.arguments(), by=post, at=at)):
        return done(request, _("Your reply is kept with the entry."), "accountability", number)
    return _show(request, found, {"reply_form": form})


@require_POST
@signed_in
def entry_close(request: PostRequest, number: int) -> HttpResponse:
    """It ends, after the reply."""
    post, at = request.holder, clock.now()
    found = queries.find(number, visible_to=post)
    permissions.require(by=post, word=ACCOUNTABILITY_OPEN, on=found)
    form = CloseForm(request.POST, post=post, at=at)
    if tried(form, lambda: close_accountability(entry=found, **form.arguments(), by=post, at=at)):
        return done(request, _("The entry is closed."), "accountability", number)
    return _show(request, found, {"close_form": form})


def _show(
    request: PostRequest, found: AccountabilityEntry, failed: Mapping[str, Any] | None = None
) -> HttpResponse:
    post, at = request.holder, clock.now()
    context = {
        "entry": found,
        "at": at,
        "cites": citing.stored(found.cites),
        "replies": queries.replies(found),
        "concerned": "concerned" in found.relations_of(post),
        **_forms(found, post, {"post": post, "at": at}),
        **(failed or {}),
    }
    return render(request, "oversight/entry.html", context, status=422 if failed else 200)


def _forms(found: AccountabilityEntry, post: Post, known: Mapping[str, Any]) -> dict[str, Any]:
    """The forms of what the post may do now."""
    supervises = permissions.allowed(by=post, word=ACCOUNTABILITY_OPEN, on=found)
    proposed = found.state == EntryState.PROPOSED
    running = found.state in (EntryState.OPEN, EntryState.REPLIED)
    concerned = "concerned" in found.relations_of(post)
    return {
        "supervises": supervises,
        "may_second": supervises and proposed and found.opened_by.person_id != post.person_id,
        "drop_form": ReasonForm(**known) if supervises and proposed else None,
        "reply_form": ReplyForm(**known) if concerned and running else None,
        "close_form": CloseForm(**known)
        if supervises and found.state == EntryState.REPLIED
        else None,
    }

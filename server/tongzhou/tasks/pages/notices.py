"""Notices: what others did that concerns my unit. Written by a follower of the ledger; here
they are read."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.delivery import notices as delivery
from tongzhou.kernel import clock
from tongzhou.ledger import queries as ledger

_SHOWN = 60


@dataclass(frozen=True)
class News:
    """A notice in words: what was done, about what, and whether it was read."""

    sentence: str
    label: str
    url: str
    icon: str
    at: datetime
    unread: bool


def latest_news(post: Post, *, limit: int) -> list[News]:
    """The latest notices of the post's unit, in the active language."""
    latest = delivery.latest(unit=post.unit_id, exercise=post.exercise, limit=limit)
    found = {notice.act: notice for notice in latest}
    told = sentences.tell(ledger.by_ids(list(found)))
    return [
        News(
            sentence=line.sentence,
            label=line.subject.label if line.subject else "",
            url=line.subject.url if line.subject else "",
            icon=line.icon,
            at=line.line.act.at,
            unread=found[line.line.act.id].read_at is None,
        )
        for line in told
    ]


def _context(post: Post) -> dict[str, Any]:
    return {
        "news": latest_news(post, limit=_SHOWN),
        "unread": delivery.unread(unit=post.unit_id, exercise=post.exercise),
        "now": clock.now(),
    }


@require_safe
@signed_in
def notices(request: PostRequest) -> HttpResponse:
    """The page, or for htmx the part of it that lives."""
    part = request.headers.get("HX-Target") == "notices"
    template = "tasks/_notices.html" if part else "tasks/notices.html"
    return render(request, template, _context(request.holder))


@require_POST
@signed_in
def notices_read(request: PostRequest) -> HttpResponse:
    """Marks all notices of the unit as read."""
    post = request.holder
    delivery.mark_read(unit=post.unit_id, exercise=post.exercise, at=clock.now())
    if request.headers.get("HX-Request") == "true":
        return render(request, "tasks/_notices.html", _context(request.holder))
    return redirect("notices")

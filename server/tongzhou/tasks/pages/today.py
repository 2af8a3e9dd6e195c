"""Today: what waits for my unit, what it asked of others, and which clocks run."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions, vocabulary
from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import Role
from tongzhou.clocks import queries as clocks
from tongzhou.incidents.queries import lists as incidents
from tongzhou.incidents.queries import signals
from tongzhou.incidents.queries.lists import Row
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.models import State
from tongzhou.tasks.pages.listing import IN_HAND, RUNNING, TO_DECIDE, WAITING
from tongzhou.tasks.pages.notices import latest_news
from tongzhou.tasks.pages.rendering import IN_PLACE, rendered
from tongzhou.tasks.pages.steps import STEPS, Step
from tongzhou.tasks.queries import Section, TaskRow
from tongzhou.tasks.queries.silence import Silent, silent_units
from tongzhou.tasks.transitions import TRANSITIONS

Words = str | Promise
#: Who leads others sees the incidents and the silent units first.
LEADING: Final = frozenset({Role.COMMANDER, Role.SUPERVISOR})
WATCHING: Final = LEADING | {Role.STREET_COORDINATOR}
_SHOWN: Final = 8
#: The steps offered right in the list, by state and by whether we lead or asked.
_LEAD: Final = {
    State.DISPATCHED: ("accept", "refuse"),
    State.SEEN: ("accept", "refuse"),
    State.ACCEPTED: ("start", "finish"),
    State.IN_PROGRESS: ("finish",),
    State.BLOCKED: ("resume",),
}
_ASKER: Final = {
    State.DONE: ("confirm", "reopen"),
    State.REFUSED: ("forward",),
    State.RETURNED: ("dispatch",),
    State.OBJECTED: ("review",),
    State.DRAFT: ("dispatch",),
}


@dataclass(frozen=True)
class Item:
    """A task with what can be done with it in one tap or one form."""

    row: TaskRow
    steps: list[Step]


@dataclass(frozen=True)
class Group:
    """Tasks that wait for the same thing. ``asked``: our own requests."""

    title: Words
    icon: str
    items: list[Item]
    count: str
    address: str
    rest: bool
    asked: bool
    tone: str


@dataclass(frozen=True)
class Glance:
    """An incident as its commander sees it first."""

    row: Row
    silent: list[Silent]
    unseen: int
    late: int


@require_safe
@signed_in
def today(request: PostRequest) -> HttpResponse:
    """The page, or for htmx the part of it that lives."""
    context = about_today(request.holder, at=clock.now())
    part = request.headers.get("HX-Target") == "today"
    return render(request, f"tasks/{'_' if part else ''}today.html", context)


def answer_today(
    request: PostRequest, *, said: str = "", refusal: Refusal | None = None
) -> HttpResponse:
    """The living part after an act, with a message, or with the sentence of a refusal."""
    context = about_today(request.holder, at=clock.now())
    context |= {"message": said, "refusal": str(refusal) if refusal else ""}
    if refusal is None:
        return render(request, "tasks/_today.html", context)
    return rendered(request, "tasks/_today.html", context, status=refusal.status, headers=IN_PLACE)


def about_today(post: Post, *, at: datetime) -> dict[str, Any]:
    """Everything that the page shows."""
    role = Role(post.role)
    silent = silent_units(visible_to=post, at=at) if role in WATCHING else []
    assesses = permissions.holds(post, vocabulary.SIGNAL_ASSESS)
    return {
        "now": at,
        "post": post,
        "groups": list(_waiting(post, at)),
        "asked": _asked(post, at),
        # Tasks, and signals to assess, stand in their own groups.
        "clocks": clocks.nearest(
            visible_to=post, at=at, but=["task", "signal"] if assesses else ["task"]
        ),
        "glances": _glances(post, silent, at) if role in LEADING else [],
        "silent": silent[:_SHOWN] if role not in LEADING else [],
        "signals": _signals(post) if assesses else None,
        "news": latest_news(post, limit=6),
        "leading": role in LEADING,
        "tasks_url": reverse("tasks"),
    }


def _waiting(post: Post, at: datetime) -> list[Group]:
    found = queries.waiting_for(visible_to=post, at=at, limit=_SHOWN)
    rows: list[tuple[Words, str, Section, str, bool, str]] = [
        (_("To decide: refused or returned to you"), "arrow-back-up", found.to_decide,
         f"?relation=asker&state={TO_DECIDE}", True, "orange"),
        (_("Late"), "clock-exclamation", found.late,
         f"?relation=lead&state={IN_HAND}&late=1", False, "red"),
        (_("To accept"), "inbox", found.to_accept,
         f"?relation=lead&state={WAITING}", False, "blue"),
        (_("In hand"), "player-play", found.in_hand,
         f"?relation=lead&state={IN_HAND}", False, "teal"),
        (_("To confirm"), "checks", found.to_confirm,
         "?relation=asker&state=done", True, "green"),
        (_("Assisting others"), "heart-handshake", found.assisting,
         f"?relation=assisting&state={RUNNING}", False, "grey"),
        (_("Drafts, not sent"), "pencil", found.drafts,
         "?relation=asker&state=draft", True, "grey"),
    ]  # fmt: skip
    return [
        _group(title, icon, section, address, asked, tone, post, at)
        for title, icon, section, address, asked, tone in rows
        if section.rows
    ]


def _group(
    title: Words,
    icon: str,
    section: Section,
    address: str,
    asked: bool,
    tone: str,
    post: Post,
    at: datetime,
) -> Group:
    return Group(
        title=title,
        icon=icon,
        items=[Item(row, _steps(row, post, at, asked=asked)) for row in section.rows],
        count=_figure(section),
        address=address,
        rest=section.count > len(section.rows),
        asked=asked,
        tone=tone,
    )


def _figure(section: Section) -> str:
    return f"{section.count}+" if section.more else str(section.count)


def _steps(row: TaskRow, post: Post, at: datetime, *, asked: bool) -> list[Step]:
    if not asked and "lead" not in row.relations:
        return []
    verbs = (_ASKER if asked else _LEAD).get(State(row.state), ())
    if "dispatch" in verbs and row.due_at <= at:
        # It can go out again only with a due time that lies ahead.
        verbs = ("edit",)
    return [STEPS[verb] for verb in verbs if permissions.holds(post, TRANSITIONS[verb].word)]


def _asked(post: Post, at: datetime) -> dict[str, Any]:
    found = queries.asked_by(visible_to=post, at=at, limit=_SHOWN)
    return {
        "rows": [*found.late.rows, *found.running.rows][:_SHOWN],
        "late": _figure(found.late) if found.late.count else "",
        "count": found.late.count + found.running.count,
        "more": found.late.more or found.running.more,
        "address": f"?relation=asker&state={RUNNING}",
        "urge": permissions.holds(post, vocabulary.TASK_URGE),
    }


def _glances(post: Post, silent: Sequence[Silent], at: datetime) -> list[Glance]:
    open_ones = incidents.listed(visible_to=post, at=at, state="open", limit=6).rows
    found = []
    for row in open_ones:
        units = [unit for unit in silent if unit.incident == row.incident.code]
        unseen, late = sum(unit.unseen for unit in units), sum(unit.late for unit in units)
        found.append(Glance(row, units[:4], unseen=unseen, late=late))
    return sorted(found, key=lambda glance: (-glance.late, -glance.unseen))


def _signals(post: Post) -> dict[str, Any]:
    found = signals.listed(visible_to=post, state="waiting", limit=4).rows
    return {
        "rows": [(signal, signals.due(signal)) for signal in found],
        "count": signals.waiting(visible_to=post),
    }

"""One task: where it stands, what can be done with it, and what was."""

from typing import Any, Final

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.template.defaultfilters import filesizeformat
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.clocks import queries as clocks
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.acts import TASK_BLOCKED, TASK_FINISHED, TASK_REOPENED, TASK_STARTED
from tongzhou.tasks.models import CLOSED, State
from tongzhou.tasks.pages import beside as panels
from tongzhou.tasks.pages import once, telling
from tongzhou.tasks.pages.rendering import IN_PLACE, asked_by_htmx, rendered
from tongzhou.tasks.pages.steps import choice

_ICONS: Final = {"image": "photo", "audio": "volume", "video": "player-play"}
#: Words that came with one of these acts stand among the comments, marked with it.
_MARKS: Final = {
    "refuse": ("refused", State.REFUSED.label),
    "return": ("returned", State.RETURNED.label),
    "block": ("blocked", State.BLOCKED.label),
    "withdraw": ("withdrawn", State.WITHDRAWN.label),
    "finish": ("done", State.DONE.label),
    "reopen": ("reopened", gettext_lazy("reopened")),
    "forward": ("forwarded", gettext_lazy("forwarded")),
    "object": ("objected", State.OBJECTED.label),
    "review": ("reviewed", gettext_lazy("reviewed")),
    "decide": ("decided", gettext_lazy("decided")),
    "arrive": ("arrived", pgettext_lazy("of a department", "arrived")),
    "reclassify": ("edited", gettext_lazy("another class")),
    "call_back": ("called_back", gettext_lazy("called back")),
    "urge": ("urgent", gettext_lazy("urged")),
}
#: States in which the result is that of the present round; reopened, it stays among the
#: comments only.
_RESULTS: Final = frozenset({State.DONE, State.CONFIRMED})
#: Acts after which a task is in hand.
_BEGINNINGS: Final = frozenset(
    act.name for act in (TASK_STARTED, TASK_BLOCKED, TASK_FINISHED, TASK_REOPENED)
)


@require_safe
@signed_in
def task(request: PostRequest, number: int) -> HttpResponse:
    """The page of a task, or for htmx the part of it that lives."""
    context = about(number, post=request.holder)
    part = request.headers.get("HX-Target") == "task"
    return render(request, f"tasks/{'_' if part else ''}task.html", context)


def answer(request: PostRequest, number: int, *, said: str = "") -> HttpResponse:
    """The living part after an act, with a message about it."""
    context = about(number, post=request.holder) | {"message": said}
    return render(request, "tasks/_task.html", context)


def refused(request: PostRequest, number: int, refusal: Refusal, **typed: Any) -> HttpResponse:
    """The living part as it is now, with the sentence of a refusal and what was typed."""
    context = about(number, post=request.holder) | typed
    if not typed:
        context["refusal"] = str(refusal)
    template = "tasks/_task.html" if asked_by_htmx(request) else "tasks/task.html"
    return rendered(request, template, context, status=refusal.status, headers=IN_PLACE)


def about(number: int, *, post: Post) -> dict[str, Any]:
    """Everything that the page shows. Raises NotFound."""
    found = queries.detail(visible_to=post, number=number, at=clock.now())
    task = found.task
    limit = settings.TONGZHOU_FILE_LIMIT
    return {
        "task": task,
        "detail": found,
        "choice": choice(
            task.state, found.verbs, leads="lead" in found.row.relations, form=task.form
        ),
        "sees": found.unseen,
        "life": telling.life(task, begun=_begun(found)),
        "turn": telling.turn(task),
        "reason": task.reason if task.state in telling.REASONED else "",
        "result": task.result if task.state in _RESULTS else "",
        "basis": telling.basis_label(task.basis),
        "priority_tone": telling.priority_tone(task.priority),
        "task_done": task.state in CLOSED or task.state == State.DONE,
        "parts_done": sum(part.state in {*CLOSED, State.DONE} for part in found.parts),
        "notes": [_note(note, post) for note in found.notes],
        "files": [(file, _ICONS.get(file.content_type.split("/")[0], "file-text"))
                  for file in found.files],
        "history": [(entry, telling.basis_label(entry.basis)) for entry in found.history],
        "clocks": clocks.of("task", [task.id], visible_to=post),
        **panels.beside(task),
        "state_label": telling.state_of(task.form, task.state),
        "topics": f"task:{task.id}",
        "address": reverse("task", args=[number]),
        "tasks_url": reverse("tasks"),
        "once": once.number(post),
        "file_limit": limit,
        "file_hint": _("Up to %(limit)s: documents, tables, PDF, pictures, sound, video.")
        % {"limit": filesizeformat(limit)},
        "file_too_large": _("The file is larger than %(limit)s. Send a smaller one.")
        % {"limit": filesizeformat(limit)},
    }  # fmt: skip


def _begun(found: queries.Detail) -> bool:
    """True when work has begun since the task was sent (to its present lead)."""
    sent = found.task.dispatched_at
    return sent is not None and any(
        entry.type in _BEGINNINGS and entry.at >= sent for entry in found.history
    )


def _note(note: queries.Note, post: Post) -> dict[str, Any]:
    value, label = _MARKS.get(note.verb, ("", ""))
    return {
        "note": note,
        "own": note.by is not None and note.by.code == post.unit.code,
        "mark_value": value,
        "mark": label,
    }

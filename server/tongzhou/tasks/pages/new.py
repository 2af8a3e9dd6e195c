"""Asking a unit for something."""

from datetime import datetime
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.queries import units
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import TASK_CREATE
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound, Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.actions.create_task import create_task
from tongzhou.tasks.actions.send_task import send_task
from tongzhou.tasks.forms.task import TaskForm
from tongzhou.tasks.pages import once

#: What an address may fill in beforehand.
_PREFILL: Final = (
    "title", "body", "duty", "lead", "area", "incident", "assisting", "informed", "basis", "work",
)  # fmt: skip
#: Fields of the folded part of the form.
_FOLDED: Final = frozenset({"incident", "area", "work", "assisting", "informed"})


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def task_new(request: PostRequest) -> HttpResponse:
    """GET: the form, filled in from the address. POST: dispatches the task or keeps a draft,
    one act each."""
    post, at = request.holder, clock.now()
    permissions.require(by=post, word=TASK_CREATE)
    open_ones = {incident.code: incident for incident in incidents.codes(visible_to=post)}
    if request.method != "POST":
        initial = _initial(request.GET, post)
        form = TaskForm(post=post, at=at, incidents=open_ones, initial=initial)
        return _page(request, form)
    form = TaskForm(request.POST, post=post, at=at, incidents=open_ones)
    if not form.is_valid():
        return _page(request, form, status=422)
    return _make(request, form, at)


def _make(request: PostRequest, form: TaskForm, at: datetime) -> HttpResponse:
    post, given = request.holder, request.POST.get("once", "")
    if not once.first(post, given):
        before = once.made_before(post, given)
        return redirect("task", before) if before else redirect("tasks")
    sends = request.POST.get("then") != "draft"
    try:
        task = (send_task if sends else create_task)(by=post, at=at, **form.asked())
    except Refusal as refusal:
        once.free(post, given)
        form.take(refusal)
        return _page(request, form, status=refusal.status)
    once.made(post, given, task.number)
    words = _("%(number)s was dispatched.") if sends else _("%(number)s was saved as a draft.")
    messages.success(request, words % {"number": task.reference})
    return redirect("task", task.number)


def _page(request: PostRequest, form: TaskForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "once": once.number(request.holder),
        "action_url": reverse("task-new"),
        "tasks_url": reverse("tasks"),
        "rest_open": bool(_FOLDED & (form.errors.keys() | form.initial.keys())),
    }
    return render(request, "tasks/new.html", context, status=status)


def _initial(query: QueryDict, post: Post) -> dict[str, Any]:
    """What the address fills in: single fields, or a task that is to be asked again."""
    number = query.get("like", "")
    initial = _like(int(number), post) if number.isdecimal() and len(number) < 19 else {}
    return initial | {name: query[name] for name in _PREFILL if query.get(name)}


def _like(number: int, post: Post) -> dict[str, Any]:
    try:
        task = queries.task_for(visible_to=post, number=number)
    except NotFound:
        return {}
    named = units([*task.assisting, *task.informed])
    return {
        "title": task.title,
        "body": task.body,
        "duty": task.duty if task.duty is not None and task.duty.is_open else None,
        "lead": _if_active(task.lead),
        "work": task.work,
        "basis": task.basis,
        "basis_note": task.basis_note,
        "priority": task.priority,
        "area": task.area,
        "incident": task.incident.code if task.incident else "",
        "assisting": [named[key] for key in task.assisting if named[key].active],
        "informed": [named[key] for key in task.informed if named[key].active],
    }


def _if_active(unit: Unit) -> Unit | None:
    return unit if unit.active else None

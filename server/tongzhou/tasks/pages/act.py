"""Doing something with a task: one address for each verb."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Conflict, NotFound, Refusal
from tongzhou.tasks import queries
from tongzhou.tasks.actions.transition import require_fit
from tongzhou.tasks.actions.verbs import VERBS
from tongzhou.tasks.forms.steps import StepForm
from tongzhou.tasks.models import Task
from tongzhou.tasks.pages import once
from tongzhou.tasks.pages.rendering import IN_PLACE, INTO_DIALOG, asked_by_htmx, rendered
from tongzhou.tasks.pages.steps import STEPS, Step, step_of
from tongzhou.tasks.pages.task import answer, refused
from tongzhou.tasks.pages.today import answer_today

#: Their forms stand on the task's page itself.
_ON_PAGE = {"comment": "text", "attach": "file"}


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def task_act(request: PostRequest, number: int, verb: str) -> HttpResponse:
    """GET: the form of an act. POST: does it, and answers with the task as it is then."""
    step = STEPS.get(verb)
    if step is None:
        raise NotFound()
    task = queries.task_for(visible_to=request.holder, number=number)
    if request.method == "POST":
        return _do(request, task, step)
    if step.form is None or verb in _ON_PAGE:
        return redirect("task", number)
    require_fit(verb, task=task, by=request.holder)
    form = step.form(task=task, post=request.holder, at=clock.now())
    return _form(request, task, step, form)


def _do(request: PostRequest, task: Task, step: Step) -> HttpResponse:
    at, post = clock.now(), request.holder
    form: StepForm | None = None
    arguments: dict[str, Any] = {}
    if step.form is not None:
        form = step.form(request.POST, request.FILES, task=task, post=post, at=at)
        if not form.is_valid():
            return _form(request, task, step, form, status=422)
        arguments = form.arguments()
    given = request.POST.get("once", "")
    if form is not None and not once.first(post, given):
        return _done(request, task, step)
    try:
        VERBS[step.verb](task=task, by=post, at=at, **arguments)
    except Refusal as refusal:
        once.free(post, given)
        return _refused(request, task, step, form, refusal)
    return _done(request, task, step)


def _done(request: PostRequest, task: Task, step: Step) -> HttpResponse:
    if step.verb == "see" and asked_by_htmx(request):
        return HttpResponse(status=204)
    said = str(step.said) % {"number": task.reference}
    if request.headers.get("HX-Target") == "today":
        return answer_today(request, said=said)
    if asked_by_htmx(request):
        return answer(request, task.number, said=said)
    messages.success(request, said)
    return HttpResponseRedirect(_back(request, task))


def _refused(
    request: PostRequest, task: Task, step: Step, form: StepForm | None, refusal: Refusal
) -> HttpResponse:
    if step.verb == "see" and isinstance(refusal, Conflict):
        # Sent by the page itself; a colleague's page was faster.
        return _done(request, task, step)
    if request.headers.get("HX-Target") == "today":
        return answer_today(request, refusal=refusal)
    if form is None:
        return refused(request, task.number, refusal)
    if step.verb in _ON_PAGE:
        return _on_page(request, task, step, form, str(refusal), refusal)
    form.take(refusal)
    return _form(request, task, step, form, status=refusal.status)


def _form(
    request: PostRequest, task: Task, step: Step, form: StepForm, *, status: int = 200
) -> HttpResponse:
    """The form: in the dialog of the page that asked, else on a page of its own."""
    if step.verb in _ON_PAGE:
        first = next(iter(form.errors.values()))[0] if form.errors else ""
        return _on_page(request, task, step, form, str(first), None)
    dialog = asked_by_htmx(request)
    # The dialog also opens on Today, where the answer goes there.
    place = "today" if request.GET.get("from") == "today" else "task"
    address = reverse("task-act", args=[task.number, step.verb])
    context = {
        "place": place,
        "action_url": f"{address}?from=today" if place == "today" else address,
        "task": task,
        "step": step_of(step.verb, task.form),
        "form": form,
        "dialog": dialog,
        "once": once.number(request.holder),
        "tasks_url": reverse("tasks"),
        "task_url": reverse("task", args=[task.number]),
    }
    if not dialog:
        return render(request, "tasks/step.html", context, status=status)
    # A first view goes where its button says, which need not be on the page any more by then.
    headers = IN_PLACE if request.method == "GET" else INTO_DIALOG
    return rendered(request, "tasks/_step_form.html", context, status=status, headers=headers)


def _on_page(
    request: PostRequest,
    task: Task,
    step: Step,
    form: StepForm,
    fault: str,
    refusal: Refusal | None,
) -> HttpResponse:
    """A comment or a file that was not taken, beside its field."""
    typed: dict[str, Any] = {f"{step.verb}_error": fault or _("This was not taken.")}
    if step.verb == "comment":
        typed["comment_text"] = form.data.get("text", "")
    return refused(request, task.number, refusal or _Incomplete(), **typed)


class _Incomplete(Refusal):
    """A form that was not filled in."""

    status = 422


def _back(request: PostRequest, task: Task) -> str:
    """Where a form without script leads back to: one of our own pages only."""
    return (
        reverse("today")
        if request.POST.get("next") == "today"
        else reverse("task", args=[task.number])
    )

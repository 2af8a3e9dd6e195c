"""One act on a selection of tasks, each by itself, and what came of it."""

from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.tasks import queries
from tongzhou.tasks.actions.bulk_act import BulkReport, bulk_act
from tongzhou.tasks.forms.steps import StepForm
from tongzhou.tasks.models import Task
from tongzhou.tasks.pages import once
from tongzhou.tasks.pages.listing import BULK
from tongzhou.tasks.pages.rendering import (
    CHANGED,
    INTO_DIALOG,
    INTO_MESSAGES,
    asked_by_htmx,
    rendered,
)
from tongzhou.tasks.pages.steps import STEPS, Step

_MOST: Final = 200


class NothingSelected(Invalid):
    """An act on no task at all."""

    code = "nothing-selected"
    message = _("Select at least one task.")


class TooManySelected(Invalid):
    """More tasks than one page can hold."""

    code = "too-many-selected"
    message = _("At most %(most)s tasks can be selected at once.")


@require_POST
@signed_in
def tasks_bulk(request: PostRequest) -> HttpResponse:
    """Asks for the words that the act needs, then does it and tells what came of it. 404
    when one of the tasks may not be seen."""
    verb = request.POST.get("verb", "")
    if verb not in BULK:
        raise NotFound()
    step, tasks = STEPS[verb], _selected(request)
    form: StepForm | None = None
    arguments: dict[str, Any] = {}
    if step.form is not None:
        filled = "filled" in request.POST
        data = request.POST if filled else None
        form = step.form(data, task=tasks[0], post=request.holder, at=clock.now())
        if not filled:
            return _ask(request, step, tasks, form)
        if not form.is_valid():
            return _ask(request, step, tasks, form, status=422)
        arguments = form.arguments()
    if not once.first(request.holder, request.POST.get("once", "")):
        return redirect(_back(request))
    report = bulk_act(verb=verb, tasks=tasks, by=request.holder, at=clock.now(), **arguments)
    return _told(request, step, report)


def _selected(request: PostRequest) -> list[Task]:
    numbers = [int(n) for n in request.POST.getlist("number") if n.isdecimal() and len(n) < 19]
    if not numbers:
        raise NothingSelected(field="number")
    if len(numbers) > _MOST:
        raise TooManySelected(field="number", most=_MOST)
    return queries.tasks_for(visible_to=request.holder, numbers=numbers)


def _ask(
    request: PostRequest, step: Step, tasks: list[Task], form: StepForm, *, status: int = 200
) -> HttpResponse:
    context = {
        "step": step,
        "tasks": tasks,
        "form": form,
        "back": _back(request),
        "once": once.number(request.holder),
        "tasks_url": reverse("tasks"),
    }
    if not asked_by_htmx(request):
        return render(request, "tasks/bulk.html", context, status=status)
    context["dialog"] = True
    return rendered(request, "tasks/_bulk_form.html", context, status=status, headers=INTO_DIALOG)


def _told(request: PostRequest, step: Step, report: BulkReport) -> HttpResponse:
    """All well: a message. Otherwise each task that was left as it was, with its sentence."""
    said = ngettext("%(step)s: %(n)d task.", "%(step)s: %(n)d tasks.", len(report.done)) % {
        "step": step.label,
        "n": len(report.done),
    }
    part = asked_by_htmx(request)
    if not report.refused:
        if not part:
            messages.success(request, said)
            return redirect(_back(request))
        message = {"tone": "success", "text": said}
        headers = INTO_MESSAGES | CHANGED
        return rendered(request, "ui/_message.html", message, headers=headers)
    context = {
        "step": step,
        "report": report,
        "said": said,
        "back": _back(request),
        "tasks_url": reverse("tasks"),
        "dialog": part,
    }
    status = 200 if report.done else 409
    if not part:
        return render(request, "tasks/bulk_result.html", context, status=status)
    headers = INTO_DIALOG | CHANGED
    return rendered(request, "tasks/_bulk_result.html", context, status=status, headers=headers)


def _back(request: PostRequest) -> str:
    """The list that was left; only one of our own addresses."""
    back = request.POST.get("back", "")
    if url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/"):
        return back
    return reverse("tasks")

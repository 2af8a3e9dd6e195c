"""Entering and leaving an exercise. Inside, the session shows exercises and nothing else, and
every page says so; outside, it shows none."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from tongzhou.actors.pages.next_page import next_page
from tongzhou.actors.session import EXERCISE, PostRequest, exercise_of, signed_in
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import lists
from tongzhou.kernel.errors import NotFound


@require_http_methods(["GET", "HEAD", "POST"])
@signed_in
def exercise(request: PostRequest) -> HttpResponse:
    """The exercises that the unit takes part in. POST: enters the one named by ``code``, or
    leaves without one."""
    running = lists.exercises(visible_to=request.holder)
    if request.method == "POST":
        return _change(request, {found.code: found for found in running})
    inside = exercise_of(request)
    context = {
        "running": running,
        "inside": inside["code"] if inside else "",
        "next": next_page(request, default=""),
    }
    return render(request, "plans/exercise.html", context)


def _change(request: PostRequest, running: dict[str, Incident]) -> HttpResponse:
    code = request.POST.get("code", "")
    if not code:
        request.session.pop(EXERCISE, None)
        messages.success(request, _("You left the exercise: everything is real again."))
        return redirect(next_page(request, default=reverse("today")))
    if code not in running:
        raise NotFound(field="code")
    found = running[code]
    request.session[EXERCISE] = {
        "code": found.code,
        "zh": found.title_zh or found.title_en,
        "en": found.title_en or found.title_zh,
    }
    messages.success(request, _("You are in an exercise. Only exercises are shown now."))
    return redirect(next_page(request, default=reverse("incident", args=[found.code])))

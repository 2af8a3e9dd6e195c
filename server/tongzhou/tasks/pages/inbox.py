"""The inbox: every task that the post may see, as a list, a board or along time."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel import clock
from tongzhou.tasks.pages.listing import choices, listing, quick_counts

#: The parts that htmx asks for: the list with its views, and the list alone when it lives.
PARTS = frozenset({"task-list", "task-rows"})


@require_safe
@signed_in
def tasks(request: PostRequest) -> HttpResponse:
    """The inbox, or the part of it that htmx asks for."""
    at, post = clock.now(), request.holder
    part = request.headers.get("HX-Target", "")
    if part == "task-counts":
        counts = quick_counts(request, post=post, at=at)
        return render(request, "tasks/_counts.html", {"counts": counts})
    context = listing(request, post=post, at=at)
    if part in PARTS:
        return render(request, "tasks/_list.html", context)
    context |= choices(request)
    context |= {
        "incidents": [(one.code, one.title) for one in incidents.codes(visible_to=post)],
        "counts": quick_counts(request, post=post, at=at),
    }
    return render(request, "tasks/tasks.html", context)

"""How it is with what works in the background."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import BACKGROUND_SEE
from tongzhou.clocks import queries
from tongzhou.kernel import clock as time


@require_safe
@signed_in
def background(request: PostRequest) -> HttpResponse:
    """The page, or for htmx the part that is read again every few seconds: no act would tell
    that nothing acts any more."""
    permissions.require(by=request.holder, word=BACKGROUND_SEE)
    parts = queries.beats()
    context = {
        "now": time.now(),
        "parts": [part for part in parts if part.kind == "part"],
        "followers": [part for part in parts if part.kind == "follower"],
        "jobs": [part for part in parts if part.kind == "job"],
        "ill": [part for part in parts if not part.well],
    }
    part = request.headers.get("HX-Target") == "background"
    return render(request, f"clocks/{'_' if part else ''}background.html", context)

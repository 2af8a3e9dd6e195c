"""For the page of the day: where powers and duties do not match."""

from typing import Final

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.actors.models import Post
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import Role
from tongzhou.mandates import access
from tongzhou.mandates.queries import duty_card
from tongzhou.mandates.queries.snapshot import snapshot

_LEADING: Final = frozenset({Role.COMMANDER, Role.SUPERVISOR})
_SHOWN: Final = 5


@require_safe
@signed_in
def duties_tile(request: PostRequest) -> HttpResponse:
    """The red duties of the own unit, and for those who lead or lay out duties what is open in
    the whole matrix. As many queries whatever there is."""
    post = request.holder
    card = duty_card.of_unit(post.unit, visible_to=post)
    context = {
        "unit": post.unit,
        "red": [line for line in card.lines if line.red][:_SHOWN],
        "red_count": card.red,
        "counts": snapshot(visible_to=post).counts if _leads(post) else {},
        "path": request.path,
    }
    return render(request, "mandates/_tile.html", context)


def _leads(post: Post) -> bool:
    return Role(post.role) in _LEADING or access.may_declare(post)

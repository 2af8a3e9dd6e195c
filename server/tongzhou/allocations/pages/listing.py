"""The list of allocations."""

from typing import Any, Final

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from tongzhou.actors import permissions
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations.choices import State
from tongzhou.allocations.queries import lists
from tongzhou.incidents.queries import lists as incidents
from tongzhou.oversight.pages.rendering import part

SHOWN: Final = [("open", _("Not decided")), *State.choices]


@require_safe
@signed_in
def allocations(request: PostRequest) -> HttpResponse:
    """The list, or the part of it that htmx asks for."""
    post = request.holder
    given = {name: request.GET.get(name, "").strip()[:100] for name in ("q", "show", "incident")}
    page = lists.listed(
        visible_to=post, q=given["q"], show=given["show"], incident=given["incident"],
        cursor=request.GET.get("cursor", "")[:600],
    )  # fmt: skip
    context: dict[str, Any] = {
        "rows": page.rows,
        "next": page.next,
        "filtered": any(given.values()),
        "may_draft": permissions.holds(post, ALLOCATION_DRAFT),
    }
    if part(request, "allocation-list"):
        return render(request, "allocations/_list.html", context)
    context |= {
        "states": SHOWN,
        "incidents": [(one.code, one.title) for one in incidents.codes(visible_to=post)],
    }
    return render(request, "allocations/allocations.html", context)

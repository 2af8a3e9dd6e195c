"""What the search fields ask while one types: units, areas, tasks; a dozen at a time."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_safe

from tongzhou.actors import queries as units
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.kernel import clock
from tongzhou.mandates import queries as mandates
from tongzhou.places import queries as areas
from tongzhou.places.models import Area
from tongzhou.tasks import queries
from tongzhou.tasks.queries import TaskFilters

_MOST: Final = 12


@require_safe
@signed_in
def task_units(request: PostRequest) -> HttpResponse:
    """Active units by name or code; before anything is typed, those below one's own."""
    post, text = request.holder, request.GET.get("q", "").strip()
    if text:
        found = units.listed(visible_to=post, q=text, limit=_MOST).rows
    else:
        found = units.below(post.unit, visible_to=post)[:_MOST]
    return _answer(_unit(unit, post) for unit in found)


def _unit(unit: Unit, post: Post) -> Mapping[str, Any]:
    return {
        "code": unit.code,
        "name": unit.name,
        "hint": f"{unit.get_level_display()} · {unit.get_sector_display()} · {unit.area.name}",
        "below": post.unit_id in unit.line,
    }


@require_safe
@signed_in
def task_areas(request: PostRequest) -> HttpResponse:
    """Areas by name or code, with those around them; at first those of one's own unit."""
    text = request.GET.get("q", "").strip()
    own = request.holder.unit.area
    found = areas.suggestions(text, limit=_MOST) if text else [own, *areas.children(own)][:_MOST]
    return _answer(_area(area) for area in found)


def _area(area: Area) -> Mapping[str, Any]:
    around = [area.get_level_display(), *(outer.name for outer in reversed(areas.ancestors(area)))]
    return {"code": area.code, "name": area.name, "hint": " · ".join(map(str, around))}


@require_safe
@signed_in
def task_search(request: PostRequest) -> HttpResponse:
    """Tasks that the post may see, by number or words of the title."""
    post, text = request.holder, request.GET.get("q", "").strip()
    filters = TaskFilters(q=text[:200])
    page = queries.list_tasks(visible_to=post, filters=filters, at=clock.now(), limit=_MOST)
    return _answer(
        {
            "code": row.reference,
            "name": f"{row.reference} {row.title}",
            "hint": f"{row.lead.name} · {row.state_label}",
        }
        for row in page.rows
    )


@require_safe
@signed_in
def task_duties(request: PostRequest) -> HttpResponse:
    """Duties that are owed, by name or code."""
    text = request.GET.get("q", "").strip()[:100]
    found = mandates.listed(visible_to=request.holder, q=text, limit=_MOST)
    return _answer(
        {"code": duty.code, "name": duty.name, "hint": duty.legal_basis or duty.code}
        for duty in found
    )


def _answer(found: Iterable[Mapping[str, Any]]) -> HttpResponse:
    return JsonResponse({"results": list(found)})

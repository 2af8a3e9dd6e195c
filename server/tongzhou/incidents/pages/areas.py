"""Choosing an area, by going down the tree or by searching; for visitors too, on a phone,
and without script: every choice is a button of the form."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tongzhou.kernel.errors import NotFound
from tongzhou.places import queries as places
from tongzhou.places.models import Area
from tongzhou.ui.refusals import everybody

#: Name of the button that chooses an area inside a form.
PICK: Final = "pick"
SEARCH: Final = "area_q"
ROOT: Final = "area_root"
_FOUND: Final = 12


@dataclass
class Picker:
    """What the picker shows: the chosen area with those around it, and what can be chosen
    next. ``root`` is the area beyond which nothing can be chosen."""

    name: str = "area"
    root: Area | None = None
    chosen: Area | None = None
    way: list[Area] = field(default_factory=list)
    options: list[Area] = field(default_factory=list)
    found: list[Area] = field(default_factory=list)
    q: str = ""
    required: bool = True


def picker(
    code: str = "", *, root: str = "", q: str = "", name: str = "area", required: bool = True
) -> Picker:
    """The picker with an area chosen (by code), inside a root, with a search; codes that
    lead nowhere count as empty."""
    top = _find(root)
    chosen = _find(code)
    if top is not None and chosen is not None and not top.contains(chosen):
        chosen = None
    way = [*places.ancestors(chosen), chosen] if chosen is not None else []
    if top is not None:
        way = [area for area in way if top.contains(area)]
    found = [
        area
        for area in places.suggestions(q, limit=_FOUND * 4)
        if top is None or top.contains(area)
    ][:_FOUND]
    return Picker(
        name=name,
        root=top,
        chosen=chosen,
        way=way,
        options=_next(chosen or top),
        found=found,
        q=q.strip(),
        required=required,
    )


def picked(
    given: Mapping[str, Any], *, root: str = "", name: str = "area", required: bool = True
) -> Picker:
    """The picker as a form sent it: with the button pressed last, or the kept choice."""
    code = str(given.get(PICK, given.get(name) or ""))
    return picker(code, root=root, q=str(given.get(SEARCH, ""))[:100], name=name, required=required)


def _next(area: Area | None) -> list[Area]:
    if area is not None:
        return places.children(area)
    roots = places.roots()
    # Of one province alone, its cities are what one chooses from.
    return [roots[0], *places.children(roots[0])] if len(roots) == 1 else roots


def _find(code: str) -> Area | None:
    if not code or len(code) > 40:
        return None
    try:
        return places.find(code)
    except NotFound:
        return None


@require_safe
@everybody
def pick(request: HttpRequest) -> HttpResponse:
    """The picker after a step, as a fragment."""
    given = request.GET.dict()
    within = given.get("area_name") == "within"
    found = picked(
        given,
        root=str(given.get(ROOT, "")),
        name="within" if within else "area",
        required=not within,
    )
    return render(request, "incidents/_area_picker.html", {"picker": found})

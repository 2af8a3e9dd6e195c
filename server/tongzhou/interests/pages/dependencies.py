"""The map of dependencies, single points of failure, and what stops without an actor."""

from typing import Any, Final
from uuid import UUID

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from tongzhou.actors.models import Sector, Unit
from tongzhou.actors.session import PostRequest, signed_in
from tongzhou.interests import exporting, reckoning
from tongzhou.interests.pages.files import csv_answer
from tongzhou.interests.queries import dependencies, stakes
from tongzhou.interests.queries.dependencies import Map, Tie
from tongzhou.interests.queries.without import without
from tongzhou.kernel import clock
from tongzhou.kernel.errors import NotFound
from tongzhou.oversight.pages.rendering import part

SPANS: Final = (30, 90, 365)
#: More ties than this are a ball of wool; the table holds more.
IN_CHART: Final = 120
IN_TABLE: Final = 100


def _found(request: PostRequest) -> Map:
    given = request.GET.get("days", "")
    days = int(given) if given in map(str, SPANS) else SPANS[0]
    kind = request.GET.get("kind", "")
    kinds = [kind] if kind in Tie.values else []
    return dependencies.map_of(visible_to=request.holder, at=clock.now(), days=days, kinds=kinds)


@require_safe
@signed_in
def dependency_page(request: PostRequest) -> HttpResponse:
    """Who needs what of whom; ``?without=`` takes a unit away."""
    post, at = request.holder, clock.now()
    found = _found(request)
    answer = reckoning.of(found.question, at=at) if found.edges else None
    points = answer.found["points"] if answer is not None and answer.found else []
    away = _unit(request.GET.get("without", "")[:80])
    failing = {UUID(point["id"]): point for point in points}
    context: dict[str, Any] = {
        "tab": "dependencies",
        "found": found,
        "answer": answer,
        "points": [(found.units[key], point) for key, point in failing.items()
                   if key in found.units],
        "rows": [(found.units[edge.needs], found.units[edge.of], edge)
                 for edge in found.edges[:IN_TABLE]],
        "left_out": max(len(found.edges) - IN_TABLE, 0),
        "chart": _chart(found, failing, away) if found.edges else None,
        "away": away,
        "stops": without(away, visible_to=post, at=at) if away is not None else None,
        "units": sorted(((u.code, u.name) for u in found.units.values()), key=lambda p: p[1]),
        "spans": [(n, _("%(n)d days") % {"n": n}) for n in SPANS],
        "kinds": Tie.choices,
        "filtered": any(request.GET.get(name) for name in ("days", "kind", "without")),
        "to_confirm": stakes.to_confirm(visible_to=post),
    }  # fmt: skip
    whole = not part(request, "dependencies")
    template = "interests/dependencies.html" if whole else "interests/_dependencies.html"
    return render(request, template, context)


def _unit(code: str) -> Unit | None:
    if not code:
        return None
    found = Unit.objects.filter(code=code).first()
    if found is None:
        raise NotFound(field="without")
    return found


@require_safe
@signed_in
def dependency_csv(request: PostRequest) -> StreamingHttpResponse:
    """The ties as a file."""
    return csv_answer(exporting.ties(_found(request)), "dependencies.csv")


def _chart(found: Map, failing: dict[UUID, Any], away: Unit | None) -> dict[str, Any]:
    """The heaviest ties; units whose loss breaks the network are red, the one taken away grey."""
    edges = found.edges[:IN_CHART]
    shown = {end for edge in edges for end in (edge.needs, edge.of)}
    needed = {key: sum(edge.n for edge in edges if edge.of == key) for key in shown}
    most = max(needed.values(), default=1) or 1
    sectors = [s for s in Sector.values if any(found.units[key].sector == s for key in shown)]

    def colour(key: UUID) -> dict[str, Any]:
        if away is not None and key == away.id:
            return {"itemStyle": {"color": "--tz-grey-soft", "borderColor": "--tz-red-solid",
                                  "borderWidth": 2}}  # fmt: skip
        return {"itemStyle": {"color": "--tz-red-solid"}} if key in failing else {}

    return {
        "tooltip": {},
        "legend": {"bottom": 0, "type": "plain"},
        "series": [
            {
                "type": "graph", "layout": "force", "roam": True, "draggable": True,
                "edgeSymbol": ["none", "arrow"], "edgeSymbolSize": 6,
                "force": {"repulsion": 130, "edgeLength": [30, 120], "gravity": 0.12},
                "emphasis": {"focus": "adjacency", "label": {"show": True}},
                "labelLayout": {"hideOverlap": True},
                "categories": [{"name": str(Sector(sector).label)} for sector in sectors],
                "data": [
                    {
                        "id": str(key), "name": found.units[key].name, "value": needed[key],
                        "category": sectors.index(found.units[key].sector),
                        "symbolSize": round(8 + 26 * (needed[key] / most) ** 0.5, 1),
                        "label": {"show": True, "position": "bottom", "fontSize": 11},
                        **colour(key),
                    }
                    for key in sorted(shown)
                ],
                "links": [
                    {"source": str(edge.needs), "target": str(edge.of), "value": edge.n}
                    for edge in edges
                ],
            }
        ],
    }  # fmt: skip

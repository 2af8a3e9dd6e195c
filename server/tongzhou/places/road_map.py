"""Places where their areas lie, and an arrow for each two that something goes between: ECharts
options as plain data. Whoever draws one shows the table beside."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tongzhou.places.models import Area

Option = dict[str, Any]


@dataclass(frozen=True)
class Road:
    """An arrow from one area to another: what it says, how wide it is in pixels, its colour (a
    token of the style sheet), and where a click leads."""

    start: Area
    end: Area
    name: str
    width: float
    colour: str
    url: str = ""


def located(areas: Iterable[Area]) -> dict[str, Area]:
    """For each area, by code, the nearest one around it that has a place on the map. One query."""
    codes = {area.code: area.line() for area in areas}
    around = {code for line in codes.values() for code in line}
    placed = Area.objects.filter(code__in=around, lon__isnull=False, lat__isnull=False)
    known = {area.code: area for area in placed.defer("boundary", "profile")}
    return {
        code: known[near]
        for code, line in codes.items()
        if (near := next((step for step in reversed(line) if step in known), None))
    }


def road_map(roads: Sequence[Road], *, colours: Mapping[str, str] | None = None) -> Option | None:
    """The map of roads between ``located`` areas; one that ends where it starts only marks its
    place. ``colours``: of places, by code. None unless something goes between two places."""
    places = {area.code: area for road in roads for area in (road.start, road.end)}
    drawn = [road for road in roads if road.start.code != road.end.code]
    if not drawn:
        return None
    lons = [area.lon or 0.0 for area in places.values()]
    lats = [area.lat or 0.0 for area in places.values()]
    margin = 0.15 * max(max(lons) - min(lons), max(lats) - min(lats), 0.2)
    hidden = {"show": False}
    axis = {
        "type": "value", "axisLabel": hidden, "axisTick": hidden, "axisLine": hidden,
        "splitLine": hidden,
    }  # fmt: skip
    return {
        "grid": {"left": 8, "right": 8, "top": 8, "bottom": 8},
        # Room for the name of the easternmost place.
        "xAxis": {**axis, "min": min(lons) - margin, "max": max(lons) + 2 * margin},
        "yAxis": {**axis, "min": min(lats) - margin, "max": max(lats) + margin},
        "tooltip": {"formatter": "{b}"},
        "series": [
            {
                "type": "graph",
                "coordinateSystem": "cartesian2d",
                "edgeSymbol": ["none", "arrow"],
                "edgeSymbolSize": 9,
                "label": {"show": True, "position": "right", "fontSize": 12},
                "labelLayout": {"hideOverlap": True},
                "data": [_node(area, colours or {}) for area in places.values()],
                "links": [_edge(road) for road in drawn],
            }
        ],
    }


def _node(area: Area, colours: Mapping[str, str]) -> Option:
    return {
        "id": area.code,
        "name": area.name,
        "value": [area.lon, area.lat],
        "x": area.lon,
        "y": area.lat,
        "symbolSize": 14,
        "itemStyle": {"color": colours.get(area.code, "--tz-primary")},
    }


def _edge(road: Road) -> Option:
    style = {"width": road.width, "curveness": 0.2, "opacity": 0.9, "color": road.colour}
    edge = {
        "source": road.start.code, "target": road.end.code, "name": road.name, "lineStyle": style,
    }  # fmt: skip
    return {**edge, "url": road.url} if road.url else edge

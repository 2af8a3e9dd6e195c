"""What is on the way as a map: places where their areas lie, an arrow for each two that
something goes between. ECharts options as plain data, with the table beside."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.places.models import Area
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment
from tongzhou.ui.components.figures import Table

Option = dict[str, Any]


def ends(shipment: Shipment) -> tuple[Area, Area]:
    """Where it is coming from and going to: from where it was last said to be, else from the
    site; back to the site when it was turned back."""
    home = shipment.from_site.area
    if shipment.turned_back_at is not None:
        return shipment.seen_area or shipment.area, home
    return shipment.seen_area or home, shipment.area


def located(shipments: Sequence[Shipment]) -> dict[str, Area]:
    """For each area that something comes from or goes to, by code, the nearest one around it
    that has a place on the map. One query."""
    codes = {area.code: area.line() for each in shipments for area in ends(each)}
    around = {code for line in codes.values() for code in line}
    placed = Area.objects.filter(code__in=around, lon__isnull=False, lat__isnull=False)
    known = {area.code: area for area in placed.defer("boundary", "profile")}
    return {
        code: known[near]
        for code, line in codes.items()
        if (near := next((step for step in reversed(line) if step in known), None))
    }


def option(shipments: Sequence[Shipment], *, at: datetime) -> Option | None:
    """None unless something goes between two places that are known."""
    roads: dict[tuple[str, str], list[Shipment]] = defaultdict(list)
    places: dict[str, Area] = {}
    near = located(shipments)
    for shipment in shipments:
        here, there = (near.get(area.code) for area in ends(shipment))
        if here is None or there is None:
            continue
        places |= {here.code: here, there.code: there}
        if here.code != there.code:
            roads[here.code, there.code].append(shipment)
    if len(places) < 2 or not roads:
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
                "data": [_node(area) for area in places.values()],
                "links": [_edge(road, found, at) for road, found in roads.items()],
            }
        ],
    }


def _node(area: Area) -> Option:
    return {
        "id": area.code,
        "name": area.name,
        "value": [area.lon, area.lat],
        "x": area.lon,
        "y": area.lat,
        "symbolSize": 14,
        "itemStyle": {"color": "--tz-primary"},
    }


def _edge(road: tuple[str, str], found: Sequence[Shipment], at: datetime) -> Option:
    lost = any(s.state == State.LOST for s in found)
    late = lost or any(s.state == State.ON_THE_WAY and s.due_at < at for s in found)
    numbers = ", ".join(s.reference for s in found[:6])
    one: Option = {
        "source": road[0],
        "target": road[1],
        "name": numbers,
        "lineStyle": {
            "width": min(2 + len(found), 8),
            "curveness": 0.2,
            "opacity": 0.9,
            "color": "--tz-red-solid" if late else "--tz-teal-solid",
        },
    }
    if len(found) == 1:
        one["url"] = reverse("shipment", args=[found[0].number])
    return one


def table(shipments: Sequence[Shipment]) -> Table:
    """The same as rows."""
    headers = [
        _("Shipment"),
        _("State"),
        pgettext("of a shipment", "From"),
        pgettext("of a shipment", "To"),
        _("Carrier"),
    ]
    rows = []
    for shipment in shipments:
        here, there = ends(shipment)
        rows.append(
            [shipment.reference, shipment.state_label, here.name, there.name, shipment.carrier.name]
        )
    return {"headers": headers, "rows": rows}

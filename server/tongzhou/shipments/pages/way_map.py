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


def option(shipments: Sequence[Shipment], *, at: datetime) -> Option | None:
    """None unless something goes between two places that are known."""
    roads: dict[tuple[str, str], list[Shipment]] = defaultdict(list)
    places: dict[str, Area] = {}
    for shipment in shipments:
        here, there = ends(shipment)
        if None in (here.lon, here.lat, there.lon, there.lat):
            continue
        places |= {here.code: here, there.code: there}
        if here.code != there.code:
            roads[here.code, there.code].append(shipment)
    if len(places) < 2 or not roads:
        return None
    return {
        "tooltip": {"formatter": "{b}"},
        "series": [
            {
                "type": "graph",
                "roam": True,
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
    # A screen counts downwards, a latitude upwards.
    return {
        "id": area.code,
        "name": area.name,
        "x": area.lon,
        "y": -(area.lat or 0.0),
        "symbolSize": 12,
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

"""Fill by area as a chart and its table; what goes from where to where as a map."""

from collections import defaultdict
from collections.abc import Sequence
from math import log10
from typing import Any, Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.allocations.queries.plan import AreaFill, Flow
from tongzhou.places.models import Area
from tongzhou.places.road_map import Option, Road, located, road_map
from tongzhou.ui.components.figures import Table

#: Tokens for the fill of a place, from below: the percent under which each is taken.
_FILLS: Final = ((34, "--tz-red-solid"), (67, "--tz-orange-solid"), (101, "--tz-teal-solid"))


def fill_chart(areas: Sequence[AreaFill]) -> dict[str, Any]:
    """Bars of the plan, marks of the proportional split; the least served on top."""
    shown = list(reversed(areas))
    return {
        "grid": {"left": 8, "right": 24, "top": 32, "bottom": 8, "containLabel": True},
        "legend": {"top": 0},
        "tooltip": {"trigger": "axis", "axisPointer": {"type": "shadow"}},
        "xAxis": {"type": "value", "min": 0, "max": 100, "axisLabel": {"formatter": "{value} %"}},
        "yAxis": {"type": "category", "data": [area.name for area in shown]},
        "series": [
            {"type": "bar", "name": _("This plan"), "data": [area.fill for area in shown],
             "barMaxWidth": 18, "itemStyle": {"color": "--tz-teal-solid"}},
            {"type": "scatter", "name": _("Proportional split"), "symbol": "diamond",
             "symbolSize": 11, "data": [area.proportional for area in shown],
             "itemStyle": {"color": "--tz-orange-solid"}},
        ],
    }  # fmt: skip


def fill_table(areas: Sequence[AreaFill]) -> dict[str, Any]:
    """The same as a table."""
    return {
        "headers": [_("Area"), _("This plan, %"), _("Proportional split, %")],
        "rows": [[area.name, area.fill, area.proportional] for area in areas],
    }


def flow_map(flows: Sequence[Flow], areas: Sequence[AreaFill]) -> Option | None:
    """Arrows from where stores lie to where needs are, wider for more; a place of use has the
    colour of its fill. None unless something goes between two places that are known."""
    near = located(area for flow in flows for area in (flow.start, flow.end))
    between: dict[tuple[str, str], list[Flow]] = defaultdict(list)
    for flow in flows:
        if flow.start.code in near and flow.end.code in near:
            between[near[flow.start.code].code, near[flow.end.code].code].append(flow)
    known = {area.code: area for area in near.values()}
    fills = {near[area.code].code: _colour(area.fill) for area in areas if area.code in near}
    roads = [_road(known[start], known[end], found) for (start, end), found in between.items()]
    return road_map(roads, colours=fills)


def flow_table(flows: Sequence[Flow]) -> Table:
    """The same as rows."""
    headers = [
        pgettext("of a shipment", "From"), pgettext("of a shipment", "To"), _("Thing"),
        _("Quantity"),
    ]  # fmt: skip
    rows = [[flow.start.name, flow.end.name, flow.thing, float(flow.quantity)] for flow in flows]
    return {"headers": headers, "rows": rows}


def _road(start: Area, end: Area, flows: Sequence[Flow]) -> Road:
    things = ", ".join(f"{flow.thing} {flow.quantity.normalize():f}" for flow in flows[:3])
    return Road(
        start,
        end,
        name=f"{start.name} → {end.name}: {things}",
        width=min(1 + log10(1 + float(sum(flow.quantity for flow in flows))), 8),
        colour="--tz-grey-solid",
    )


def _colour(fill: float) -> str:
    return next(colour for below, colour in _FILLS if fill < below)

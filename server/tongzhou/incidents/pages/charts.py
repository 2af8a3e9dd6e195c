"""The situation as charts: ECharts options as plain data, each with its table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tongzhou.incidents.queries.situation import AreaFigures, Series
from tongzhou.ui.components.figures import Table

Option = dict[str, Any]
#: So many days are in view at first; the rest is reached by the slider.
_IN_VIEW = 120
_LARGEST, _SMALLEST = 64, 9  # diameter of a bubble in pixels


def _days(series: Series) -> list[str]:
    return [day.isoformat() for day in series.days]


def _zoom(count: int) -> list[Option]:
    if count <= _IN_VIEW:
        return []
    return [{"type": "inside"}, {"type": "slider", "height": 18, "bottom": 4}]


def daily(series: Series) -> Option:
    """New cases per day: those in use as bars; where the source reported others, a line."""
    shown: list[Option] = [
        {"name": _("new, in use"), "type": "bar", "barCategoryGap": "25%", "data": series.new}
    ]
    if series.new != series.new_reported:
        shown.append(
            {
                "name": _("new, as reported"),
                "type": "line",
                "step": "middle",
                "showSymbol": False,
                "lineStyle": {"type": "dashed", "width": 1.5},
                "data": series.new_reported,
            }
        )
    return _by_day(series, shown)


def cumulative(series: Series) -> Option:
    """Confirmed (in use and as reported), cured and dead, added up."""
    shown: list[Option] = [
        {"name": _("confirmed, in use"), "type": "line", "data": series.confirmed},
        {"name": _("recovered"), "type": "line", "data": series.cured},
        {"name": _("died"), "type": "line", "data": series.dead},
    ]
    if series.confirmed != series.reported:
        shown.append(
            {
                "name": _("confirmed, as reported"),
                "type": "line",
                "lineStyle": {"type": "dashed", "width": 1.5},
                "data": series.reported,
            }
        )
    for line in shown:
        line["showSymbol"] = False
    return _by_day(series, shown)


def _by_day(series: Series, shown: list[Option]) -> Option:
    zoom = _zoom(len(series.days))
    option: Option = {
        "xAxis": {"type": "category", "data": _days(series)},
        "yAxis": {"type": "value", "minInterval": 1},
        "series": shown,
    }
    if zoom:
        option["dataZoom"] = zoom
        option["grid"] = {"left": 8, "right": 16, "top": 40, "bottom": 40}
    return option


def table(series: Series) -> Table:
    """All figures by day, the last day first."""
    rows = zip(
        _days(series),
        series.new,
        series.new_reported,
        series.confirmed,
        series.reported,
        series.cured,
        series.dead,
        strict=True,
    )
    headers = [
        _("Day"), _("New"), _("New, as reported"), _("Confirmed cases"),
        _("Confirmed, as reported"), _("Cured"), _("Dead"),
    ]  # fmt: skip
    return {"headers": headers, "rows": [list(row) for row in rows][::-1]}


def bubbles(areas: Sequence[AreaFigures]) -> Option | None:
    """The areas where they lie (degrees), a bubble for the confirmed cases of each; its
    surface is in proportion. None unless two areas or more have a place."""
    placed = [a for a in areas if a.area.lon is not None and a.area.lat is not None]
    if len(placed) < 2:
        return None
    most = max(a.confirmed for a in placed) or 1
    lons = [a.area.lon or 0.0 for a in placed]
    lats = [a.area.lat or 0.0 for a in placed]
    margin = 0.12 * max(max(lons) - min(lons), max(lats) - min(lats), 0.2)
    points = [
        {
            "name": a.area.name,
            "value": [a.area.lon, a.area.lat, a.confirmed],
            "symbolSize": max(_SMALLEST, round(_LARGEST * (a.confirmed / most) ** 0.5)),
        }
        for a in sorted(placed, key=lambda a: -a.confirmed)
    ]
    hidden = {"show": False}
    axis = {
        "type": "value", "axisLabel": hidden, "axisTick": hidden, "axisLine": hidden,
        "splitLine": hidden,
    }  # fmt: skip
    return {
        "grid": {"left": 8, "right": 8, "top": 8, "bottom": 8},
        # Room for the name of the easternmost area.
        "xAxis": {**axis, "min": min(lons) - margin, "max": max(lons) + 3 * margin},
        "yAxis": {**axis, "min": min(lats) - margin, "max": max(lats) + margin},
        "tooltip": {"formatter": "{b}: {@[2]}"},
        "series": [
            {
                "type": "scatter",
                "data": points,
                "itemStyle": {"color": "--tz-red-solid", "opacity": 0.65},
                "label": {
                    "show": True,
                    "formatter": "{b} {@[2]}",
                    "position": "right",
                    "color": "--tz-ink",
                    "fontSize": 12,
                },
                "labelLayout": {"hideOverlap": True},
            }
        ],
    }


def areas_table(areas: Sequence[AreaFigures]) -> Table:
    """The areas of the map, the most cases first."""
    rows = [
        [a.area.name, a.confirmed, a.active, a.cured, a.dead]
        for a in sorted(areas, key=lambda a: -a.confirmed)
    ]
    headers = [_("Area"), _("Confirmed cases"), _("Ill now"), _("Cured"), _("Dead")]
    return {"headers": headers, "rows": rows}

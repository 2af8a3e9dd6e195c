"""Fill by area as a chart and its table."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext as _

from tongzhou.allocations.queries.plan import AreaFill


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

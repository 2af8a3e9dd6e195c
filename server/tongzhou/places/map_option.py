"""The map of an area as an ECharts option: the areas inside it, shaded by population."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from tongzhou.places.models import Area


def by_population(area: Area, shown: Sequence[Area]) -> Mapping[str, Any]:
    """Shapes come from the address in ``map_url``; joined by name in the active language."""
    peak = max((a.population or 0 for a in shown), default=0)
    return {
        "kind": "map",
        "tooltip": {"trigger": "item"},
        "visualMap": {
            "min": 0,
            "max": peak or 1,
            "calculable": False,
            "text": [f"{peak:,}", "0"],
            "left": 8,
            "bottom": 8,
        },
        "series": [
            {
                "type": "map",
                "map": f"area-{area.code}",
                "name": _("Population"),
                "roam": False,
                "data": [{"name": a.name, "value": a.population} for a in shown],
            }
        ],
        "map": f"area-{area.code}",
    }


def shapes_address(area: Area) -> str:
    """Where the shapes of the areas inside are."""
    return reverse("area-map", args=[area.code])

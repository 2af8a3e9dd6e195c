"""From a result of the analysis to charts: pure functions, names in the reader's language."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from tongzhou.actors.models import Sector
from tongzhou.actors.sentences import KINDS
from tongzhou.library.phases import Phase

Chart = dict[str, Any]
#: More ties than this are a ball of wool; the page says how many are left out.
MOST_TIES = 160


def _kind_name(kind: str) -> str:
    label, _icon = KINDS.get(kind, (kind, ""))
    return str(label)


def phase_name(phase: str | None) -> str:
    """The name of a phase; of None, "the whole time"."""
    return str(Phase(phase).label) if phase else _("the whole time")


def _weights(result: Mapping[str, Any]) -> dict[tuple[str, str], float]:
    """The weight between each two units, both directions together."""
    weights: dict[tuple[str, str], float] = {}
    for tie in result["ties"]:
        pair = (min(tie["source"], tie["target"]), max(tie["source"], tie["target"]))
        weights[pair] = weights.get(pair, 0.0) + tie["weight"]
    return weights


def ties_left_out(result: Mapping[str, Any]) -> int:
    """How many ties the figure of the network does not draw."""
    return max(0, len(_weights(result)) - MOST_TIES)


def acts_left_out(result: Mapping[str, Any]) -> int:
    """How many acts the figure of the tempo does not show, since fewer than three
    organisations took part in acts of their kind."""
    shown = sum(int(one["total"]) for one in result["by_kind"] if not one["suppressed"])
    return int(result["n"]) - shown


def network(result: Mapping[str, Any], *, names: Mapping[str, str]) -> Chart:
    """Who worked with whom: units as circles (the larger, the more weight of ties), sectors
    as colours, the heaviest ties as lines. Ties in both directions are drawn as one."""
    heaviest = sorted(_weights(result).items(), key=lambda item: (-item[1], item[0]))[:MOST_TIES]
    shown = {unit for pair, _weight in heaviest for unit in pair}
    strength = {n["unit"]: n["sent"] + n["received"] for n in result["nodes"]}
    most = max((strength.get(unit, 0.0) for unit in shown), default=1.0) or 1.0
    top = max((weight for _pair, weight in heaviest), default=1.0)
    sectors = result["sectors"]
    present = sorted({sectors.get(unit, "") for unit in shown} - {""})
    labelled = sorted(shown, key=lambda unit: -strength.get(unit, 0.0))[:14]
    return {
        "tooltip": {},
        "legend": {"bottom": 0, "type": "plain"},
        "series": [
            {
                "type": "graph",
                "layout": "force",
                "roam": True,
                "draggable": True,
                "force": {"repulsion": 130, "edgeLength": [30, 120], "gravity": 0.12},
                "emphasis": {"focus": "adjacency", "label": {"show": True}},
                "categories": [{"name": str(Sector(sector).label)} for sector in present],
                "labelLayout": {"hideOverlap": True},
                "data": [
                    {
                        "id": unit,
                        "name": names.get(unit, unit),
                        "value": round(strength.get(unit, 0.0), 1),
                        "symbolSize": round(8 + 28 * (strength.get(unit, 0.0) / most) ** 0.5, 1),
                        "category": present.index(sectors[unit]) if unit in sectors else None,
                        "label": {"show": unit in labelled, "position": "bottom", "fontSize": 11},
                    }
                    for unit in sorted(shown)
                ],
                "links": [
                    {
                        "source": source,
                        "target": target,
                        "value": round(weight, 1),
                        "lineStyle": {"width": round(0.6 + 4 * weight / top, 2), "opacity": 0.45},
                    }
                    for (source, target), weight in heaviest
                ],
            }
        ],
    }


def network_table(result: Mapping[str, Any], *, names: Mapping[str, str]) -> Chart:
    """The table twin: the twenty heaviest ties."""
    return {
        "headers": [_("From"), _("To"), _("Weight"), _("Acts")],
        "rows": [
            [
                names.get(tie["source"], tie["source"]),
                names.get(tie["target"], tie["target"]),
                round(tie["weight"], 1),
                tie["acts"],
            ]
            for tie in result["ties"][:20]
        ],
    }


def tempo(result: Mapping[str, Any]) -> Chart:
    """Acts per day, stacked by kind."""
    series = [one for one in result["by_kind"] if not one["suppressed"]]
    return {
        "tooltip": {"trigger": "axis"},
        "legend": {"type": "plain", "top": 0},
        "grid": {"left": 48, "right": 16, "top": 40, "bottom": 56},
        "xAxis": {"type": "category", "data": result["days"]},
        "yAxis": {"type": "value"},
        "dataZoom": [{"type": "slider", "height": 18, "bottom": 8}],
        "series": [
            {
                "type": "bar",
                "stack": "acts",
                "name": _kind_name(one["kind"]),
                "data": one["numbers"],
                "barCategoryGap": "15%",
            }
            for one in series
        ],
    }


def tempo_table(result: Mapping[str, Any]) -> Chart:
    """The table twin: totals by kind."""
    return {
        "headers": [_("Kind"), _("Acts")],
        "rows": [
            [
                _kind_name(one["kind"]),
                _("suppressed") if one["suppressed"] else one["total"],
            ]
            for one in result["by_kind"]
        ],
    }

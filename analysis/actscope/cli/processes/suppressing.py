"""``actscope process --at-least N``: nothing that fewer than N resources stand behind."""

from typing import Any

import numpy as np

from actscope.disclosure import suppressed_cells
from actscope.process.arcs import activity_steps, resources_behind
from actscope.process.events import EventLog

_OF_RESOURCES = ("dfg", "blocking", "standing")


def suppressed(value: dict[str, Any], log: EventLog, at_least: int | None) -> dict[str, Any]:
    """The answer without the figures of few. Where fewer than ``at_least`` resources act at all,
    of resources and waits nothing is left; else pairs of activities with fewer behind them go,
    and one more where subtraction would uncover a single one."""
    if at_least is None:
        return value
    acting = len(np.unique(log.resource[log.resource >= 0]))
    few = acting < at_least
    cells = {} if few else resources_behind(log, activity_steps(log))
    hidden = suppressed_cells(cells, at_least=at_least)
    note = {"suppressed": {"at_least": at_least, "pairs": len(hidden), "all": few}}
    if few:
        handed = value["handovers"] | {"total": None, "cases": None, "pairs": []}
        nothing: dict[str, Any] = {name: [] for name in _OF_RESOURCES}
        return value | nothing | {"handovers": handed, "pingpong_cases": None} | note
    if value["dfg_of"] != "activity":
        return value | note
    return (
        value
        | {
            "dfg": [arc for arc in value["dfg"] if (arc.source, arc.target) not in hidden],
            "blocking": [
                point
                for point in value["blocking"]
                if point.of == "resource" or (point.source, point.target) not in hidden
            ],
        }
        | note
    )

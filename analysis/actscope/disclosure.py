"""Which figures would tell about single organisations and must not be shown."""

from collections.abc import Hashable, Mapping
from enum import StrEnum
from typing import TypeVar

AT_LEAST = 3
"""A figure over fewer organisations than this is suppressed."""

Cell = TypeVar("Cell", bound=Hashable)


class Suppressed(StrEnum):
    """Why a figure is not shown."""

    FEW = "few_units"
    """Fewer organisations than allowed stand behind it."""

    PAIRED = "would_reveal_another"
    """It is large enough, but the total less this figure would give one that is not."""


def suppressed_cells(
    units: Mapping[Cell, frozenset[int]],
    *,
    unshown: frozenset[int] = frozenset(),
    at_least: int = AT_LEAST,
) -> dict[Cell, Suppressed]:
    """Which cells of a table whose total is shown must be hidden.

    ``units``: the organisations behind each cell (a cell of none tells nothing and is never
    hidden). ``unshown``: the organisations behind acts which are in the total and in no cell.
    A cell under ``at_least`` organisations is hidden. When all that is hidden or unshown is still
    the work of fewer than that, subtraction from the total would uncover it: then the smallest
    cell that is left is hidden as well, and so on.
    """
    hidden = {cell: Suppressed.FEW for cell, who in units.items() if 0 < len(who) < at_least}
    left = sorted(
        (cell for cell, who in units.items() if len(who) >= at_least),
        key=lambda cell: len(units[cell]),
    )
    behind = unshown.union(*(units[cell] for cell in hidden))
    while left and 0 < len(behind) < at_least:
        cell = left.pop(0)
        hidden[cell] = Suppressed.PAIRED
        behind |= units[cell]
    return hidden

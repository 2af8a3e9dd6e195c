"""Reading clocks, as ``from tongzhou.clocks import queries as clocks``."""

from tongzhou.clocks.queries.background import Part, beats
from tongzhou.clocks.queries.lists import (
    Figures,
    Filters,
    all_rows,
    figures,
    find,
    listed,
    nearest,
    of,
    rules,
    visible,
)
from tongzhou.clocks.queries.rows import Row, Unit, rows_of

__all__ = (
    "Figures",
    "Filters",
    "Part",
    "Row",
    "Unit",
    "all_rows",
    "beats",
    "figures",
    "find",
    "listed",
    "nearest",
    "of",
    "rows_of",
    "rules",
    "visible",
)

"""Which boundary a tie between two organisations crosses."""

from enum import StrEnum

import numpy as np

from actscope.counting import Mask
from actscope.definition import Definition
from actscope.dimensions.view import Organisations, Whole

GOVERNMENT = ("government", "party_body", "cdc")
"""Sectors that count as government; all others are society."""

_DIGITS = (2, 2, 2, 3, 3)
"""Digits of a code for province, city, district, street, community (GB/T 2260, GB/T 10114)."""


class Boundary(StrEnum):
    """The four boundaries of collaboration. A tie may cross several."""

    DEPARTMENT = "department"
    """Between two organisations of government of the same area and level."""

    REGION = "region"
    """Between two areas of which neither lies in the other."""

    LEVEL = "level"
    """Between two levels of the tree of areas."""

    SOCIETY = "society"
    """Between government and society."""


BOUNDARIES = Definition(
    en=(
        "A tie crosses “society” when just one of the two is government; “level” when the levels "
        "differ; “region” when neither area lies in the other; “department” when both are "
        "government, of one area and level. It may cross several; where an attribute that decides "
        "is missing, the tie is counted as missing there."
    ),
    zh=(
        "联系双方仅一方为政府，则跨“政府—社会”；层级不同，则跨“层级”；所在区域互不隶属，则跨“区域”；"
        "均为政府且区域、层级相同，则跨“部门”。一条联系可同时跨越多种边界；缺少判定属性者计为缺失。"
    ),
    source="This project, after the four gaps named by a study of district X of K city.",
)


def crossing(organisations: Organisations, one: Whole, other: Whole) -> dict[Boundary, Mask]:
    """For each boundary, which of the pairs cross it."""
    a, b = _Ends(organisations, one), _Ends(organisations, other)
    nested = _nested(organisations)
    region = a.has_area & b.has_area & ~nested[a.area, b.area]
    return {
        Boundary.DEPARTMENT: a.governs
        & b.governs
        & a.complete
        & (a.area == b.area)
        & (a.level == b.level)
        & b.complete,
        Boundary.REGION: region,
        Boundary.LEVEL: (a.level >= 0) & (b.level >= 0) & (a.level != b.level),
        Boundary.SOCIETY: (a.sector >= 0) & (b.sector >= 0) & (a.governs != b.governs),
    }


def unknown(organisations: Organisations, one: Whole, other: Whole) -> dict[Boundary, Mask]:
    """For each boundary, of which pairs it cannot be told whether they cross it."""
    a, b = _Ends(organisations, one), _Ends(organisations, other)
    return {
        Boundary.DEPARTMENT: ~(a.complete & b.complete),
        Boundary.REGION: ~(a.has_area & b.has_area),
        Boundary.LEVEL: (a.level < 0) | (b.level < 0),
        Boundary.SOCIETY: (a.sector < 0) | (b.sector < 0),
    }


class _Ends:
    """The attributes of one end of each pair."""

    def __init__(self, organisations: Organisations, unit: Whole) -> None:
        self.sector = organisations.sector.codes[unit]
        self.level = organisations.level.codes[unit]
        self.area = organisations.area.codes[unit]
        governs = np.array([*(n in GOVERNMENT for n in organisations.sector.names), False])
        self.governs: Mask = governs[self.sector]
        self.has_area: Mask = self.area >= 0
        self.complete: Mask = (self.sector >= 0) & (self.level >= 0) & self.has_area


def _nested(organisations: Organisations) -> Mask:
    """Which areas are the same, or lie one in the other."""
    codes = [_trimmed(name) for name in organisations.area.names]
    size = len(codes) + 1  # the last row and column are those of no area
    table = np.zeros((size, size), np.bool_)
    for row, one in enumerate(codes):
        table[row, : size - 1] = [one.startswith(c) or c.startswith(one) for c in codes]
    return table


def _trimmed(code: str) -> str:
    """A code of digits without the zeros that only fill it up; any other code as it is."""
    ends = np.cumsum(_DIGITS)
    if not code.isdigit() or len(code) not in ends[2:]:
        return code
    while len(code) > _DIGITS[0]:
        begin = int(ends[np.searchsorted(ends, len(code)) - 1])
        if code[begin:].strip("0"):
            break
        code = code[:begin]
    return code

"""What a sub-command gives back, and the tables that people read.

``SHAPE`` of a sub-command is the form of its JSON as data: a mapping of keys, a list of one form,
or a sentence that says what stands there. The reference page prints it and the tests hold the
answers against it.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from actscope.acts.report import Report
from actscope.errors import InputError


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """``value`` is what ``--json`` prints; ``lines`` what people read; ``warnings`` what was found
    in the tables and did not stop them from being read. ``refused``: the answer itself is that
    the input is bad."""

    value: Any
    lines: Sequence[str]
    warnings: Sequence[Report] = ()
    refused: InputError | None = None


def aligned(head: Sequence[str], rows: Sequence[Sequence[object]]) -> list[str]:
    """A table in columns, numbers to the right; the head is underlined."""
    cells = [[figure(cell) for cell in row] for row in rows]
    widths = [max(map(_width, column)) for column in zip(head, *cells, strict=True)]
    right = [
        bool(rows) and all(isinstance(row[i], int | float | None) for row in rows)
        for i in range(len(head))
    ]
    lines = [head, ["─" * width for width in widths], *cells]
    return ["  ".join(map(_padded, line, widths, right)).rstrip() for line in lines]


def figure(value: object) -> str:
    """A figure as people read it: four digits that count, a dash where there is none."""
    match value:
        case None:
            return "–"
        case bool():
            return "yes" if value else "no"
        case float() if not math.isfinite(value):
            return "–"
        case float():
            return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
        case _:
            return str(value)


def _padded(text: str, width: int, right: bool) -> str:
    blank = " " * (width - _width(text))
    return blank + text if right else text + blank


def _width(text: str) -> int:
    """How many columns of a terminal the text takes; a Chinese character takes two."""
    return sum(
        2 if ord(sign) >= 0x1100 and not 0x2000 <= ord(sign) < 0x2E80 else 1 for sign in text
    )

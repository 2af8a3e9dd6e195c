"""The table that ``make bench`` prints."""

import os
import platform
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

import psutil

_PACKAGES = ("Django", "django-ninja", "psycopg", "uvicorn", "procrastinate", "pyarrow", "duckdb")


@dataclass(frozen=True)
class Row:
    """One line: what was measured, the figure, the goal, and how it was measured."""

    what: str
    figure: str
    goal: str
    how: str


def machine(postgres: str) -> list[str]:
    """The machine and the versions, as lines of text."""
    model = platform.processor() or platform.machine()
    cpuinfo = Path("/proc/cpuinfo")
    if cpuinfo.exists():
        for line in cpuinfo.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                model = line.split(":", 1)[1].strip()
                break
    memory = psutil.virtual_memory().total / 2**30
    one, five, _fifteen = os.getloadavg()
    return [
        f"{psutil.cpu_count()} processors ({model}), {memory:.0f} GiB, {platform.system()} "
        f"{platform.release()}",
        f"load before the run: {one:.1f} (1 min), {five:.1f} (5 min)",
        f"Python {platform.python_version()}, PostgreSQL {postgres} (default durability), "
        + ", ".join(f"{name} {version(name)}" for name in _PACKAGES),
    ]


def show(rows: Sequence[Row]) -> str:
    """The rows in columns."""
    cells = [
        ("what", "measured", "goal", "how"),
        *((r.what, r.figure, r.goal, r.how) for r in rows),
    ]
    widths = [max(_width(row[i]) for row in cells) for i in range(4)]
    lines = [
        "  ".join(c + " " * (w - _width(c)) for c, w in zip(row, widths, strict=True)).rstrip()
        for row in cells
    ]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

"""Pictures as SVG, without scripts: lines, bars, heat maps, and a ring of units with their ties.

Text stays text, so that it can be searched and read aloud, and needs no font on this machine.
"""

import io
import math
import warnings
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.patches import FancyArrowPatch

from actscope.report.day_axis import day_axis

INK, SOFT, LINE = "#1f2937", "#6b7280", "#d1d5db"
LINE_BEHIND = "#9aa3af"
COLOURS = ("#1d6fb8", "#d9480f", "#2b8a3e", "#862e9c", "#c92a2a", "#5f6c80", "#0b7285", "#a67c00")
"""Told apart by those who see few colours, too, in this order."""

SETTINGS: dict[Any, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "actscope",  # the same input gives the same file
    "font.size": 9,
    "axes.edgecolor": LINE,
    "axes.labelcolor": SOFT,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "xtick.color": SOFT,
    "ytick.color": SOFT,
    "text.color": INK,
}

CHINESE = ("Noto Sans CJK SC", "Noto Sans SC", "PingFang SC", "Microsoft YaHei", "SimHei")
"""Fonts to measure Chinese with, where this machine has one of them."""

NOTHING = dict.fromkeys(("Creator", "Date", "Format", "Type"))
"""What matplotlib would else say about the file, with addresses that nobody needs."""

MOST_UNITS = 40
"""More units than this cannot be told apart on a ring."""


def lines(
    days: Sequence[date],
    series: Mapping[str, Sequence[float | None]],
    *,
    label: str = "",
    band: tuple[Sequence[float | None], Sequence[float | None]] | None = None,
    marks: Mapping[str, date] | None = None,
    faint: Collection[str] = (),
    silence: str = "{days}",
) -> str:
    """Series over days; ``None`` leaves a gap. ``band``: lower and upper bound of the first
    series; ``marks``: days with a word; ``faint``: series that stand behind. Months without any
    value but 0 are drawn narrow and say ``silence``, with their number at ``{days}``."""
    axis = day_axis(days, [any(values) for values in zip(*series.values(), strict=True)])
    when = list(map(axis.place, days))
    with _drawing(3.0) as (axes, done):
        for colour, (name, values) in zip(_colours(), series.items(), strict=False):
            thin = name in faint
            axes.plot(
                when,
                _gaps(values),
                color=LINE_BEHIND if thin else colour,
                linewidth=1.0 if thin else 1.6,
                zorder=1 if thin else 2,
                label=name,
            )
        if band is not None:
            axes.fill_between(
                when, _gaps(band[0]), _gaps(band[1]), color=COLOURS[0], alpha=0.15, linewidth=0
            )
        for word, day in (marks or {}).items():
            axes.axvline(axis.place(day), color=SOFT, linewidth=0.8, linestyle=":")
            axes.text(
                axis.place(day),
                1.0,
                f" {word}",
                transform=axes.get_xaxis_transform(),
                va="top",
                color=SOFT,
            )
        axes.set_ylim(bottom=min(0.0, axes.get_ylim()[0]))
        axes.set_ylabel(label)
        axes.grid(axis="y", color=LINE, linewidth=0.5)
        for first, last in axis.silences:
            left, right = axis.place(first), axis.place(last)
            axes.axvspan(left, right, color=LINE, alpha=0.4, linewidth=0)
            axes.text(
                (left + right) / 2,
                0.5,
                silence.format(days=f"{(last - first).days + 1:,}"),
                transform=axes.get_xaxis_transform(),
                rotation=90,
                ha="center",
                va="center",
                color=SOFT,
            )
        axes.set_xticks(*zip(*axis.ticks(), strict=True))
        if len(series) > 1:
            axes.legend(frameon=False, ncols=4, loc="lower left", bbox_to_anchor=(0, 1.0))
        return done()


def bars(
    values: Mapping[str, float | None],
    *,
    intervals: Mapping[str, tuple[float | None, float | None]] | None = None,
    label: str = "",
    most: float | None = None,
) -> str:
    """Bars that lie, one for each name, with intervals where there are any. What has no value has
    no bar and says so."""
    names = list(values)
    with _drawing(0.5 + 0.28 * max(len(names), 1)) as (axes, done):
        places = np.arange(len(names))
        held = [value if value is not None else 0.0 for value in values.values()]
        axes.barh(places, held, color=COLOURS[0], height=0.6)
        for place, (name, value) in enumerate(values.items()):
            if value is None:
                axes.text(0, place, " –", va="center", color=SOFT)
                continue
            lower, upper = (intervals or {}).get(name, (None, None))
            if lower is not None and upper is not None:
                axes.plot([lower, upper], [place, place], color=INK, linewidth=1.2)
        axes.set_yticks(places, names, color=INK)
        axes.invert_yaxis()
        axes.set_xlim(0, most or max([*held, *_uppers(intervals), 1e-9]) * 1.05)
        axes.set_xlabel(label)
        axes.grid(axis="x", color=LINE, linewidth=0.5)
        axes.set_axisbelow(True)
        return done()


def heat(rows: Sequence[str], columns: Sequence[str], values: Sequence[Sequence[float]]) -> str:
    """A matrix in shades, with its numbers where they can be read."""
    with _drawing(0.9 + 0.26 * max(len(rows), 1)) as (axes, done):
        places = np.arange(len(columns)), np.arange(len(rows))
        axes.pcolormesh(*places, np.asarray(values, float), cmap="Blues", shading="nearest")
        axes.invert_yaxis()
        top = max((max(row) for row in values if row), default=0.0)
        if len(columns) <= 16:
            for y, row in enumerate(values):
                for x, value in enumerate(row):
                    colour = "white" if value > 0.6 * top else INK
                    axes.text(x, y, f"{value:g}", ha="center", va="center", color=colour, size=8)
        axes.set_xticks(range(len(columns)), columns, rotation=45, ha="left", color=INK)
        axes.set_yticks(range(len(rows)), rows, color=INK)
        axes.xaxis.tick_top()
        axes.tick_params(length=0)
        for side in axes.spines.values():
            side.set_visible(False)
        return done()


def ring(units: Sequence[tuple[str, str]], ties: Sequence[tuple[str, str, float]]) -> str:
    """Units (name, group) on a ring, groups side by side, and the ties between them; the thicker
    the heavier. The heaviest ``MOST_UNITS`` units are drawn."""
    strength = dict.fromkeys((name for name, _ in units), 0.0)
    for a, b, weight in ties:
        strength[a] = strength.get(a, 0.0) + weight
        strength[b] = strength.get(b, 0.0) + weight
    group = dict(units)
    kept = sorted(strength, key=lambda name: (-strength[name], name))[:MOST_UNITS]
    order = sorted(kept, key=lambda name: (group.get(name, ""), -strength[name], name))
    angle = {name: 2 * math.pi * i / max(len(order), 1) for i, name in enumerate(order)}
    at = {name: (math.cos(a), math.sin(a)) for name, a in angle.items()}
    groups = sorted({group.get(name, "") for name in order})
    colour = dict(zip(groups, _colours(), strict=False))
    heaviest = max((weight for *_, weight in ties), default=1.0)
    with _drawing(6.2, plain=True) as (axes, done):
        for a, b, weight in sorted(ties, key=lambda tie: tie[2]):
            if a in at and b in at and a != b:
                share = weight / heaviest
                axes.add_patch(
                    FancyArrowPatch(
                        at[a],
                        at[b],
                        connectionstyle="arc3,rad=0.18",
                        arrowstyle="-",
                        linewidth=0.3 + 3.2 * share,
                        alpha=0.15 + 0.6 * share,
                        color=colour[group.get(a, "")],
                    )
                )
        for name, (x, y) in at.items():
            axes.scatter(x, y, s=26, color=colour[group.get(name, "")], zorder=3)
            left = x < 0
            axes.text(
                1.04 * x, 1.04 * y, name, size=8, rotation_mode="anchor",
                ha="right" if left else "left", va="center",
                rotation=math.degrees(angle[name]) - (180 if left else 0),
            )  # fmt: skip
        for name in groups:
            axes.scatter([], [], s=26, color=colour[name], label=name or "–")
        if len(groups) > 1:
            axes.legend(frameon=False, ncols=4, loc="upper center", bbox_to_anchor=(0.5, 0.0))
        axes.set_xlim(-1.6, 1.6)
        axes.set_ylim(-1.4, 1.4)
        axes.set_aspect("equal")
        return done()


@contextmanager
def _drawing(height: float, *, plain: bool = False) -> Iterator[tuple[Axes, "_Done"]]:
    with mpl.rc_context({**SETTINGS, "font.family": _fonts()}), warnings.catch_warnings():
        # The reader's machine brings the letters that this one may lack.
        warnings.filterwarnings("ignore", message=r"Glyph .* missing from")
        figure = Figure(figsize=(7.2, height), layout="constrained")
        axes = figure.subplots()
        if plain:
            axes.set_axis_off()
        yield axes, _Done(figure)


class _Done:
    def __init__(self, figure: Figure) -> None:
        self._figure = figure

    def __call__(self) -> str:
        """The SVG element alone: no prologue, no date, as wide as its place."""
        made = io.StringIO()
        self._figure.savefig(made, format="svg", metadata=NOTHING, transparent=True)
        text = made.getvalue()
        return text[text.index("<svg") :].strip()


def _fonts() -> list[str]:
    there = set(fontManager.get_font_names())
    return [*(name for name in CHINESE if name in there), "DejaVu Sans"]


def _colours() -> Iterator[str]:
    while True:
        yield from COLOURS


def _gaps(values: Sequence[float | None]) -> list[float]:
    return [math.nan if value is None else float(value) for value in values]


def _uppers(
    intervals: Mapping[str, tuple[float | None, float | None]] | None,
) -> list[float]:
    return [upper for _, upper in (intervals or {}).values() if upper is not None]

"""A chart as SVG: boxes in columns from left to right, arrows between them. Text is text, so it
can be read aloud, searched and printed; colours are attributes that a style sheet may replace.

The layout is the plain form of the layered one (Sugiyama): a column for each distance from the
start, boxes of a column in the order that crosses least with the column before, arrows back
drawn below. Libraries for it are either programs outside of Python or under the GPL.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from xml.sax.saxutils import escape, quoteattr

from tongzhou.plans.processes import Chart, Edge, Node

_WIDE, _GAP_X, _GAP_Y, _EDGE = 190, 120, 22, 24
_LINE, _HEAD = 15, 34
_FILL: Final[Mapping[str, tuple[str, str]]] = {
    "start": ("#0d3048", "#ffffff"),
    "running": ("#d6ecf5", "#0d3048"),
    "open": ("#fdf1d3", "#4a3500"),
    "closed": ("#e4e9ec", "#34434d"),
    "plain": ("#ffffff", "#1a2730"),
}


@dataclass(frozen=True)
class _Box:
    node: Node
    x: float
    y: float
    high: float

    @property
    def middle(self) -> float:
        return self.y + self.high / 2


def svg(chart: Chart) -> str:
    """The chart, whole: it stands alone as a file, and in a page."""
    boxes = _placed(chart)
    arrows, floor = _arrows(chart.edges, boxes)
    width = max((box.x for box in boxes.values()), default=0) + _WIDE + _EDGE
    height = max([floor, *(box.y + box.high for box in boxes.values())]) + _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:.0f} {height:.0f}" '
        f'width="{width:.0f}" height="{height:.0f}" role="img" '
        f'aria-labelledby="chart-title chart-desc" font-family="sans-serif" font-size="13">',
        f'<title id="chart-title">{escape(chart.title)}</title>',
        f'<desc id="chart-desc">{escape(chart.note)}</desc>',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" '
        'markerHeight="8" orient="auto"><path d="M0 0 8 4 0 8z" fill="#5d7482"/></marker></defs>',
        *arrows,
        *(_box(box) for box in boxes.values()),
        "</svg>",
    ]
    return "".join(parts)


def _ranks(chart: Chart) -> dict[str, int]:
    """The column of each box: its distance from the first, by arrows."""
    if chart.ranks:
        return chart.ranks
    out: dict[str, list[str]] = defaultdict(list)
    for edge in chart.edges:
        if edge.source != edge.target:
            out[edge.source].append(edge.target)
    ranks = {chart.nodes[0].key: 0} if chart.nodes else {}
    waiting = list(ranks)
    while waiting:
        key = waiting.pop(0)
        for target in out[key]:
            if target not in ranks:
                ranks[target] = ranks[key] + 1
                waiting.append(target)
    return {node.key: ranks.get(node.key, 0) for node in chart.nodes}


def _placed(chart: Chart) -> dict[str, _Box]:
    ranks = _ranks(chart)
    columns: dict[int, list[Node]] = defaultdict(list)
    for node in chart.nodes:
        columns[ranks[node.key]].append(node)
    boxes: dict[str, _Box] = {}
    into: dict[str, list[str]] = defaultdict(list)
    for edge in chart.edges:
        into[edge.target].append(edge.source)
    for rank in sorted(columns):
        nodes = columns[rank]
        if rank:
            nodes = sorted(nodes, key=lambda node: _pull(node.key, into, boxes))
        y = float(_EDGE)
        for node in nodes:
            high = _HEAD + _LINE * len(node.lines)
            boxes[node.key] = _Box(node, _EDGE + rank * (_WIDE + _GAP_X), y, high)
            y += high + _GAP_Y
    return _centred(boxes)


def _pull(key: str, into: Mapping[str, Sequence[str]], boxes: Mapping[str, _Box]) -> float:
    """Where the boxes lie from which arrows come."""
    found = [boxes[source].middle for source in into[key] if source in boxes]
    return sum(found) / len(found) if found else 1e9


def _centred(boxes: dict[str, _Box]) -> dict[str, _Box]:
    bottoms: dict[float, float] = defaultdict(float)
    for box in boxes.values():
        bottoms[box.x] = max(bottoms[box.x], box.y + box.high)
    tallest = max(bottoms.values(), default=0)
    return {
        key: _Box(box.node, box.x, box.y + (tallest - bottoms[box.x]) / 2, box.high)
        for key, box in boxes.items()
    }


def _arrows(edges: Sequence[Edge], boxes: Mapping[str, _Box]) -> tuple[list[str], float]:
    """Arrows, those between the same boxes as one with all names; and how far down they go."""
    together: dict[tuple[str, str], list[Edge]] = defaultdict(list)
    for edge in edges:
        if edge.source != edge.target:
            together[edge.source, edge.target].append(edge)
    bottom = max((box.y + box.high for box in boxes.values()), default=0)
    #: Arrows back with the same name to the same box share one lane, and are named once.
    lanes: dict[tuple[str, str], float] = {}
    drawn = []
    for (source, target), found in together.items():
        a, b = boxes[source], boxes[target]
        if b.x > a.x:
            drawn.append(_forward(a, b, found))
        elif b.x == a.x:
            drawn.append(_beside(a, b, found))
        else:
            name = (target, " ".join(sorted(edge.act for edge in found)))
            first = name not in lanes
            y = lanes.setdefault(name, bottom + 20 * (len(lanes) + 1))
            drawn.append(_back(a, b, found, y, named=first))
    return drawn, bottom + 20 * len(lanes)


def _forward(a: _Box, b: _Box, edges: Sequence[Edge]) -> str:
    x1, y1, x2, y2 = a.x + _WIDE, a.middle, b.x, b.middle
    bend = max(40.0, (x2 - x1) / 2)
    path = f"M{x1:.0f} {y1:.0f}C{x1 + bend:.0f} {y1:.0f} {x2 - bend:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
    share = 0.5 if x2 - x1 <= _GAP_X + 1 else 0.32
    return _arrow(path, x1 + (x2 - x1) * share, y1 + (y2 - y1) * share - 4, edges)


def _beside(a: _Box, b: _Box, edges: Sequence[Edge]) -> str:
    down = b.y > a.y
    x = a.x + _WIDE * (0.62 if down else 0.38)
    y1, y2 = (a.y + a.high, b.y) if down else (a.y, b.y + b.high)
    if abs(y2 - y1) <= _GAP_Y + 1:
        return _arrow(f"M{x:.0f} {y1:.0f}L{x:.0f} {y2:.0f}", x + 6, (y1 + y2) / 2 + 4, edges)
    side = a.x + _WIDE
    out = side + 26 + abs(b.middle - a.middle) / 14
    path = (
        f"M{side:.0f} {a.middle:.0f}C{out:.0f} {a.middle:.0f} "
        f"{out:.0f} {b.middle:.0f} {side:.0f} {b.middle:.0f}"
    )
    return _arrow(path, out - 4, (a.middle + b.middle) / 2, edges)


def _back(a: _Box, b: _Box, edges: Sequence[Edge], y: float, *, named: bool) -> str:
    x1, x2 = a.x + _WIDE * 0.3, b.x + _WIDE * 0.7
    path = (
        f"M{x1:.0f} {a.y + a.high:.0f}C{x1:.0f} {y:.0f} {x1 - 20:.0f} {y:.0f} {x1 - 40:.0f} {y:.0f}"
        f"L{x2 + 40:.0f} {y:.0f}C{x2 + 20:.0f} {y:.0f} {x2:.0f} {y:.0f} {x2:.0f} {b.y + b.high:.0f}"
    )
    return _arrow(path, x2 + 130, y - 3, edges, faint=True, named=named)


def _arrow(
    path: str, x: float, y: float, edges: Sequence[Edge], *, faint: bool = False, named: bool = True
) -> str:
    """One arrow with its words; a limit that runs is a small clock behind the word."""
    words = " / ".join(edge.label + (" ◷" if edge.limits else "") for edge in edges if edge.label)
    told = "; ".join(
        f"{edge.label}: {', '.join(edge.limits)}" if edge.limits else edge.label for edge in edges
    )
    label = (
        f'<text x="{x:.0f}" y="{y:.0f}" text-anchor="middle" font-size="11" fill="#34434d" '
        f'stroke="#ffffff" stroke-width="3" paint-order="stroke">{escape(words)}</text>'
        if words and named
        else ""
    )
    dash = ' stroke-dasharray="5 4"' if faint else ""
    return (
        f'<g class="edge" data-acts={quoteattr(" ".join(e.act for e in edges))}>'
        f"<title>{escape(told)}</title>"
        f'<path d="{path}" fill="none" stroke="#8aa0ad" stroke-width="1.4"{dash} '
        f'marker-end="url(#arrow)"/>{label}</g>'
    )


def _box(box: _Box) -> str:
    fill, ink = _FILL[box.node.tone]
    x, y = box.x, box.y
    lines = "".join(
        f'<text x="{x + 10:.0f}" y="{y + _HEAD + 5 + _LINE * place:.0f}" font-size="11" '
        f'fill="{ink}">{escape(_cut(line, 30))}</text>'
        for place, line in enumerate(box.node.lines)
    )
    return (
        f'<g class="node node-{box.node.tone}" data-node={quoteattr(box.node.key)}>'
        f"<title>{escape(box.node.label)}</title>"
        f'<rect x="{x:.0f}" y="{y:.0f}" width="{_WIDE}" height="{box.high:.0f}" rx="7" '
        f'fill="{fill}" stroke="#5d7482"/>'
        f'<text x="{x + 10:.0f}" y="{y + 22:.0f}" font-weight="600" fill="{ink}">'
        f"{escape(_cut(box.node.label, 26))}</text>{lines}</g>"
    )


def _cut(text: str, most: int) -> str:
    """The text as far as the box is wide; a Chinese character takes two places."""
    width = 0
    for place, letter in enumerate(text):
        width += 2 if ord(letter) > 0x2E7F else 1
        if width > most:
            return text[: max(1, place - 1)] + "…"
    return text

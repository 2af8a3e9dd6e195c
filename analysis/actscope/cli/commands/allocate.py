"""``actscope allocate --supply S --demand D --distance X``: who sends what to whom.

Fair mutual aid between places: the best plan under one idea of fairness, then the least quantity ×
distance, with the proof that none is better.
"""

import argparse
from datetime import datetime
from time import perf_counter
from typing import Any

from actscope.allocation.allocate import Allocation, allocate
from actscope.cli import options as shared
from actscope.cli.answer import Answer, aligned, figure
from actscope.errors import InputError

_FIGURES = {
    "shipped": "quantity shipped, all items added up",
    "unit_distance": "Σ quantity × distance",
    "min_fill": "least received ÷ demand of any need; null without demand",
    "gini": "Gini coefficient of the mean fill of places; null when nobody gets anything",
    "most_deprived": "the place of least mean fill",
    "loss": "demand that stays unmet",
}
_NEED = {"id": "the place", "item": "what"}
SHAPE: Any = {
    **_FIGURES,
    "proven": "whether every objective meets its bound and every limit is kept",
    "seconds": "time taken, reading included",
    "shipments": [
        {
            "from": "place",
            "to": "place",
            "item": "what",
            "quantity": "how much",
            "distance": "per unit",
            "expires_at": "of the stock, or null",
        }
    ],
    "definition": {"en": "meaning", "zh": "含义", "source": "where it comes from"},
    "fair": "maxmin, proportional, none or alpha",
    "n": "needs",
    "missing": "needs that nothing can reach",
    "level": "the common level promised to all needs that can be reached; null where none is",
    "left": "what stays in stock",
    "fills": [
        {**_NEED, "demand": "wanted", "received": "shipped to it", "fill": "received ÷ demand"}
    ],
    "places": [{"id": "the place", "fill": "mean over its items; least first"}],
    "certificate": {
        "stages": [
            {
                "name": "service, amount, transport or further levels",
                "value": "reached",
                "bound": "what no plan can pass",
                "gap": "their distance as a share",
                "tolerance": "the gap that counts as none",
            }
        ],
        "excess": {
            "supply": "share by which a stock is overdrawn at most",
            "demand": "share by which a need is overfilled at most",
            "link": "share by which a link is overloaded at most",
            "promise": "share by which a promise is missed at most",
            "negative": "most negative quantity",
        },
        "proven": "as above",
    },
    "compared": "with --compare: the figures of the plan and of the proportional split; else null",
    "unreachable": [_NEED],
    "unlinked": "places with stock or need that no row of distances names",
    "own_stock": [_NEED],
    "expired": "ways on which goods would come too late",
}


class DepartureUnreadableError(InputError):
    """A time of departure that is none."""

    code = "departure_unreadable"
    en = "“{value}” in “{field}” is not a time with zone such as 2026-03-01T08:30:00+08:00."
    zh = "“{field}”中的“{value}”不是带时区的时间，如 2026-03-01T08:30:00+08:00。"


def arguments(parser: argparse.ArgumentParser) -> None:
    """What the sub-command takes."""
    for name, what in (
        ("supply", "stocks: id, item, quantity and, where it spoils, expires_at"),
        ("demand", "needs: id, item, quantity and, where some weigh more, priority"),
        ("distance", "from, to, distance and, where limited, capacity and hours on the way"),
    ):
        parser.add_argument(f"--{name}", required=True, help=what)
    parser.add_argument(
        "--fair",
        choices=("maxmin", "proportional", "none", "alpha"),
        default="maxmin",
        help="the least fill as great as possible (default); the same share for all; the most in "
        "all; α-fair. In each case then the least quantity × distance",
    )
    parser.add_argument(
        "--levels",
        choices=("one", "all"),
        default="one",
        help="maxmin: promise one common level (default), or raise on whoever can still rise",
    )
    parser.add_argument("--alpha", type=float, default=1.0, help="the α of --fair alpha")
    parser.add_argument("--integer", action="store_true", help="ship whole pieces only")
    parser.add_argument("--compare", action="store_true", help="beside the proportional split")
    parser.add_argument("--at", help="time of departure, for what expires")
    parser.add_argument(
        "--time-limit", type=float, default=60.0, help="seconds for each search of whole pieces"
    )
    shared.zone(parser)


def run(options: argparse.Namespace) -> Answer:
    """The plan."""
    began = perf_counter()
    result = allocate(
        options.supply,
        options.demand,
        options.distance,
        fair=options.fair,
        levels=options.levels,
        alpha=options.alpha,
        pieces=options.integer,
        compared=options.compare,
        at=_departure(options.at),
        zone=options.zone,
        seconds=options.time_limit,
    )
    value = result.to_dict() | {"seconds": round(perf_counter() - began, 3)}
    return Answer(value={key: value[key] for key in SHAPE}, lines=_lines(result, options.language))


def _departure(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise DepartureUnreadableError(field="at", value=text) from None
    if moment.tzinfo is None:
        raise DepartureUnreadableError(field="at", value=text)
    return moment


def _stopped(result: Allocation) -> bool:
    """Whether goods stay behind although somebody would take more than the common level."""
    return result.fair == "maxmin" and result.left > 0 and (result.level or 1) < 1


def _lines(result: Allocation, language: str) -> list[str]:
    shown = [(s["from"], s["to"], s["item"], s["quantity"]) for s in result.shipments]
    stages = [(s.name, s.value, s.bound, s.gap) for s in result.certificate.stages]
    lines = [
        *aligned(("from", "to", "item", "quantity"), shown),
        "",
        f"shipped {figure(result.shipped)}, left in stock {figure(result.left)}, "
        f"unmet {figure(result.loss)}"
        + (" (--levels all ships on to whoever can still rise)" if _stopped(result) else ""),
        f"quantity × distance {figure(result.unit_distance)}",
        f"least fill {figure(result.min_fill)}, Gini {figure(result.gini)}, most deprived "
        f"{figure(result.most_deprived)} (n {result.n}, missing {result.missing})",
        "",
        *aligned(("objective", "reached", "bound", "gap"), stages),
        "proven" if result.proven else "NOT proven",
    ]
    if result.compared:
        rows = [
            (name, f.min_fill, f.gini, f.most_deprived, f.shipped, f.unit_distance, f.loss)
            for name, f in result.compared.items()
        ]
        head = ("split", "least fill", "Gini", "most deprived", "shipped", "× distance", "unmet")
        lines += ["", *aligned(head, rows)]
    for what, named in (
        ("nothing can reach", result.unreachable),
        ("own stock not counted, no row from the place to itself", result.own_stock),
    ):
        if named:
            lines.append(f"{what}: " + ", ".join(f"{n['id']} ({n['item']})" for n in named))
    if result.unlinked:
        lines.append("no row of distances names: " + ", ".join(result.unlinked))
    if result.expired:
        lines.append(f"ways on which goods would come too late: {result.expired}")
    return [*lines, "", result.definition.zh if language == "zh" else result.definition.en]

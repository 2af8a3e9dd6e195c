"""Fair mutual aid: who sends how much of what to whom, and the proof that no plan is better."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
import pyarrow as pa

from actscope.allocation.certificate import Certificate
from actscope.allocation.comparing import DEFINITION, Fairness, fairness, fills, place_fills
from actscope.allocation.lines import Source
from actscope.allocation.problem import Floats
from actscope.allocation.settling import Aim, Fair, Levels, settled
from actscope.allocation.tables import Tables, read_tables
from actscope.codes import Codes
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

LONGEST = 86_400.0
"""The longest time in seconds that a search may be given."""


class OptionsConflictError(InputError):
    """Two options that do not go together."""

    code = "options_conflict"
    en = "“{field}” cannot be had together with “{value}”."
    zh = "“{field}”不能与“{value}”同时使用。"


class SecondsOutOfRangeError(InputError):
    """A time in which nothing can be searched."""

    code = "seconds_out_of_range"
    en = "“{field}” is {value}; it must be above 0 and at most {longest:g} seconds."
    zh = "“{field}”为 {value}，应大于 0 且不超过 {longest:g} 秒。"


class AlphaNotPositiveError(InputError):
    """An α that is no degree of fairness."""

    code = "alpha_not_positive"
    en = "“alpha” is {value}; it must be above 0 and at most 20 (“none” is 0, “maxmin” its limit)."
    zh = "“alpha”为 {value}，应大于 0 且不超过 20（“none”相当于 0，“maxmin”为其极限）。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Allocation(Result):
    """A plan. ``n`` needs, of which ``missing`` cannot be reached by anything (they are named in
    ``unreachable`` and do not hold the level of the others down, yet count in ``min_fill``).

    ``shipments``: ``{from, to, item, quantity, distance, expires_at}`` by name. ``fills``: ``{id,
    item, demand, received, fill}`` of each need. ``places``: mean fill of each place, least first.
    ``level``: the common level that was promised to all who can be reached. ``left``: what
    stays in stock. ``own_stock``: places
    with stock and need of one item and no row from themselves to themselves. ``expired``: ways on
    which goods would arrive too late. ``unlinked``: places that no distance names. ``compared``:
    the same figures of the plan and of the proportional split.
    """

    definition: Definition
    n: int
    missing: int
    fair: str
    shipped: float
    unit_distance: float
    min_fill: float | None
    level: float | None
    gini: float | None
    most_deprived: str | None
    loss: float
    left: float
    proven: bool
    shipments: tuple[dict[str, Any], ...]
    fills: tuple[dict[str, Any], ...]
    places: tuple[dict[str, Any], ...]
    certificate: Certificate
    compared: dict[str, Fairness] | None
    unreachable: tuple[dict[str, str], ...]
    unlinked: tuple[str, ...]
    own_stock: tuple[dict[str, str], ...]
    expired: int


def allocate(
    supply: Source,
    demand: Source,
    distance: Source,
    *,
    fair: Fair = "maxmin",
    levels: Levels = "one",
    alpha: float = 1.0,
    pieces: bool = False,
    compared: bool = False,
    at: datetime | None = None,
    zone: str | None = None,
    seconds: float = 60.0,
) -> Allocation:
    """The best plan under one idea of fairness, then the least quantity × distance.

    ``maxmin``: the greatest t such that every need that can be reached gets min(1, priority × t) of
    its demand, over all items and places; nothing is shipped beyond that. ``levels="all"`` raises
    on whoever can still rise, level by level (lexicographic max-min). ``proportional``: every need
    of an item aims at the same share of it and gets what the links allow of that. ``none``: the
    greatest Σ priority × quantity. ``alpha``: α-fair. ``pieces``: whole quantities; ``seconds`` is
    the time each search may take where links couple the items. ``compared``: also the proportional
    split. Tables, times and refusals: see ``read_tables``.

    The order of the rows changes nothing but which of equally good plans is given.
    """
    if not 0 < alpha <= 20:
        raise AlphaNotPositiveError(field="alpha", value=alpha)
    if levels == "all" and fair != "maxmin":
        raise OptionsConflictError(field="levels all", value=fair)
    if not 0 < seconds <= LONGEST:
        raise SecondsOutOfRangeError(field="time-limit", value=seconds, longest=LONGEST)
    if pieces and (fair == "alpha" or levels == "all"):
        raise OptionsConflictError(
            field="integer", value="alpha" if fair == "alpha" else "levels all"
        )
    tables = read_tables(supply, demand, distance, at=at, zone=zone, pieces=pieces)
    aim = Aim(fair, levels=levels, alpha=alpha, pieces=pieces, seconds=seconds)
    chosen = settled(tables.problem, tables.need_item, aim)
    split: dict[str, Fairness] | None = None
    if compared:
        aim = Aim("proportional", pieces=pieces, seconds=seconds)
        other = settled(tables.problem, tables.need_item, aim)
        split = {
            name: _figures(tables, plan.shipped)
            for name, plan in ((fair, chosen), ("proportional", other))
        }
    problem, figures = tables.problem, _figures(tables, chosen.shipped)
    unreached = np.flatnonzero((problem.demand > 0) & ~problem.reachable)
    return Allocation(
        definition=DEFINITION,
        n=len(problem.demand),
        missing=len(unreached),
        fair=fair,
        shipped=figures.shipped,
        unit_distance=figures.unit_distance,
        min_fill=figures.min_fill,
        level=chosen.level,
        gini=figures.gini,
        most_deprived=figures.most_deprived,
        loss=figures.loss,
        left=float(problem.supply.sum()) - figures.shipped,
        proven=chosen.proof.proven,
        shipments=_shipments(tables, chosen.shipped),
        fills=_fills(tables, chosen.shipped),
        places=_places(tables, chosen.shipped),
        certificate=chosen.proof,
        compared=split,
        unreachable=_named(tables, unreached),
        unlinked=tables.unlinked,
        own_stock=_named(tables, tables.own_stock_unlinked),
        expired=tables.expired,
    )


def _figures(tables: Tables, shipped: Floats) -> Fairness:
    return fairness(tables.problem, shipped, tables.need_place, tables.places)


def _shipments(tables: Tables, shipped: Floats) -> tuple[dict[str, Any], ...]:
    problem = tables.problem
    used = np.flatnonzero(shipped > 0)
    stock, need = problem.stock[used], problem.need[used]
    expires = tables.expires.take(pa.array(stock)).to_pylist()
    rows = [
        {
            "from": tables.places[giver],
            "to": tables.places[taker],
            "item": tables.items[item],
            "quantity": quantity,
            "distance": distance,
            "expires_at": until,
        }
        for giver, taker, item, quantity, distance, until in zip(
            tables.stock_place[stock].tolist(),
            tables.need_place[need].tolist(),
            tables.need_item[need].tolist(),
            shipped[used].tolist(),
            problem.distance[used].tolist(),
            expires,
            strict=True,
        )
    ]
    return tuple(
        sorted(rows, key=lambda row: (row["from"], row["to"], row["item"], str(row["expires_at"])))
    )


def _fills(tables: Tables, shipped: Floats) -> tuple[dict[str, Any], ...]:
    problem = tables.problem
    columns = zip(
        tables.need_place.tolist(),
        tables.need_item.tolist(),
        problem.demand.tolist(),
        problem.received(shipped).tolist(),
        fills(problem, shipped).tolist(),
        strict=True,
    )
    rows = [
        {
            "id": tables.places[place],
            "item": tables.items[item],
            "demand": demand,
            "received": received,
            "fill": fill,
        }
        for place, item, demand, received, fill in columns
    ]
    return tuple(sorted(rows, key=lambda row: (row["id"], row["item"])))


def _places(tables: Tables, shipped: Floats) -> tuple[dict[str, Any], ...]:
    mean, asks = place_fills(fills(tables.problem, shipped), tables.need_place, len(tables.places))
    rows = [
        {"id": name, "fill": float(fill)}
        for name, fill, asking in zip(tables.places, mean, asks, strict=True)
        if asking
    ]
    return tuple(sorted(rows, key=lambda row: (round(row["fill"], 9), row["id"])))


def _named(tables: Tables, needs: Codes) -> tuple[dict[str, str], ...]:
    rows = [
        {"id": tables.places[tables.need_place[i]], "item": tables.items[tables.need_item[i]]}
        for i in needs.tolist()
    ]
    return tuple(sorted(rows, key=lambda row: (row["id"], row["item"])))

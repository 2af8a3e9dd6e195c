"""The problem out of the tables: which stock can go to which need over which link."""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.allocation.lines import Source, floats, read_links, read_needs, read_stocks
from actscope.allocation.problem import Mask, Problem
from actscope.codes import DENSE, Codes, coded_together
from actscope.errors import InputError


class TravelTimeMissingError(InputError):
    """Something expires, and nobody knows how long it is on the way."""

    code = "travel_time_missing"
    en = "From “{value}” comes what expires, so “hours” of the link to “{to}” must be known."
    zh = "“{value}”有会过期的物资，必须填写到“{to}”的“hours”（运输小时数）。"


class DepartureMissingError(InputError):
    """Something expires, and nobody knows when it would leave."""

    code = "departure_missing"
    en = "Some supply of “{value}” expires, so the time of departure must be given."
    zh = "“{value}”的部分物资有有效期，必须给出发运时间。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tables:
    """The problem, and what the codes in it stand for. ``stock_…`` and ``need_…`` are codes of
    ``places`` and ``items``. ``expires``: of each stock. ``expired``:
    routes left out because the goods would arrive too late.
    ``unlinked``: places with stock or need that no row of distances names.
    ``own_stock_unlinked``: the needs whose own place holds the item and has no row to itself."""

    problem: Problem
    places: tuple[str, ...]
    items: tuple[str, ...]
    stock_place: Codes
    stock_item: Codes
    expires: pa.ChunkedArray
    need_place: Codes
    need_item: Codes
    expired: int
    unlinked: tuple[str, ...]
    own_stock_unlinked: Codes


def read_tables(
    supply: Source,
    demand: Source,
    distance: Source,
    *,
    at: datetime | None = None,
    zone: str | None = None,
    pieces: bool = False,
) -> Tables:
    """Read the three tables: ``id,item,quantity[,expires_at]``, ``id,item,quantity[,priority]``
    and ``from,to,distance[,capacity][,hours]``.

    A pair without a row cannot be reached; a place reaches its own stock only by a row from itself
    to itself. ``at``: when everything leaves. ``pieces``: quantities must be whole, limits are
    rounded down. Raises ``TableRefusedError`` and the refusals of this module and of
    ``lines``.
    """
    has, wants = read_stocks(supply, zone=zone, pieces=pieces), read_needs(demand, pieces=pieces)
    ways = read_links(distance)
    (stock_place, need_place, start, end), places = coded_together(
        (has["id"], wants["id"], ways["from"], ways["to"])
    )
    (stock_item, need_item), items = coded_together((has["item"], wants["item"]))
    stock_kind = stock_place * len(items) + stock_item
    need_kind = need_place * len(items) + need_item
    link, stock = _departing(start, stock_place)
    need = _found(end[link] * len(items) + stock_item[stock], need_kind)
    link, stock, need = link[need >= 0], stock[need >= 0], need[need >= 0]
    held, wanted = floats(has, "quantity"), floats(wants, "quantity")
    capacity = floats(ways, "capacity", empty=np.inf)
    if pieces:
        capacity = np.floor(capacity)
    useful = (held[stock] > 0) & (wanted[need] > 0) & (capacity[link] > 0)
    late = useful & _late(has, ways, at, stock, link)
    kept = useful & ~late
    linked, own = np.zeros((2, len(places)), np.bool_)
    linked[start] = linked[end] = own[start[start == end]] = True
    at_home = (wanted > 0) & (_found(need_kind, np.unique(stock_kind[held > 0])) >= 0)
    return Tables(
        problem=Problem(
            supply=held,
            demand=wanted,
            priority=floats(wants, "priority"),
            capacity=capacity,
            stock=stock[kept],
            need=need[kept],
            link=link[kept],
            distance=floats(ways, "distance")[link[kept]],
        ),
        places=places,
        items=items,
        stock_place=stock_place,
        stock_item=stock_item,
        expires=has["expires_at"],
        need_place=need_place,
        need_item=need_item,
        expired=int(np.count_nonzero(late)),
        unlinked=tuple(sorted(name for name, seen in zip(places, linked, strict=True) if not seen)),
        own_stock_unlinked=np.flatnonzero(at_home & ~own[need_place]),
    )


def _departing(start: Codes, stock_place: Codes) -> tuple[Codes, Codes]:
    """Every link with every stock at its start."""
    by_place = np.argsort(stock_place, kind="stable")
    last = int(max(start.max(), stock_place.max()))
    held_there = np.bincount(stock_place, minlength=last + 1)
    first = np.cumsum(held_there) - held_there
    each = held_there[start]
    link = np.repeat(np.arange(len(start)), each)
    within = np.arange(len(link)) - np.repeat(np.cumsum(each) - each, each)
    return link, by_place[first[start][link] + within]


def _found(keys: Codes, among: Codes) -> Codes:
    """Where each key stands among distinct ones; −1 where it does not."""
    if not len(among):
        return np.full(len(keys), -1)
    bound = int(max(keys.max(initial=-1), among.max(initial=-1))) + 1
    if bound <= DENSE:
        table = np.full(bound, -1)
        table[among] = np.arange(len(among))
        return table[keys]
    order = np.argsort(among)
    place = order[np.minimum(np.searchsorted(among[order], keys), len(among) - 1)]
    return np.where(among[place] == keys, place, -1)


def _late(has: pa.Table, ways: pa.Table, at: datetime | None, stock: Codes, link: Codes) -> Mask:
    """Which routes bring their goods only after they are of no more use."""
    perishable: Mask = pc.is_valid(has["expires_at"]).to_numpy()
    if not perishable.any():
        return np.zeros(len(stock), np.bool_)
    if at is None:
        place = has["id"][int(perishable.argmax())].as_py()
        raise DepartureMissingError(value=place, field="expires_at")
    hours = floats(ways, "hours")
    for way in link[perishable[stock] & np.isnan(hours[link])][:1].tolist():
        raise TravelTimeMissingError(
            field="hours", value=ways["from"][way].as_py(), to=ways["to"][way].as_py()
        )
    left = pc.subtract(has["expires_at"], pa.scalar(at, pa.timestamp("us", "UTC")))
    useful_hours = pc.fill_null(pc.cast(left, pa.int64()), 0).to_numpy() / 3.6e9
    too_late: Mask = perishable[stock] & (hours[link] > useful_hours[stock])
    return too_late

"""Stocks, needs and distances as people write them, or refused; in order of their names, so that
rows in another order give the very same plan."""

from pathlib import Path
from typing import TypeAlias

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.reading import read_columns
from actscope.acts.schema import Column
from actscope.allocation.problem import Floats, Mask
from actscope.errors import InputError

LARGEST = 1e12
"""A quantity, distance or limit above this is taken for a slip of the pen."""


class FigureNegativeError(InputError):
    """A figure below zero where there is no such thing."""

    code = "figure_negative"
    en = "Row {row}: “{field}” in the table of {table} is {value}; it cannot be below 0."
    zh = "第 {row} 行：表“{table}”的“{field}”为 {value}，不能小于 0。"


class FigureUnboundedError(InputError):
    """A figure so great that it stands for no limit at all."""

    code = "figure_unbounded"
    en = "Row {row}: “{field}” in the table of {table} is {value}; above {largest:g} is no figure."
    zh = "第 {row} 行：表“{table}”的“{field}”为 {value}；超过 {largest:g} 视为无效。"


class PriorityNotPositiveError(InputError):
    """A need that counts for nothing."""

    code = "priority_not_positive"
    en = "Row {row}: “priority” is {value}; it must be above 0 and at most {largest:g}."
    zh = "第 {row} 行：“priority”为 {value}，必须大于 0 且不超过 {largest:g}。"


class LineRepeatedError(InputError):
    """Two rows about one thing."""

    code = "line_repeated"
    en = "Row {row}: the table of {table} has had a row for {value} before."
    zh = "第 {row} 行：表“{table}”中 {value} 已出现过。"


class QuantityNotWholeError(InputError):
    """Pieces were asked for, and there is a part of one."""

    code = "quantity_not_whole"
    en = "Row {row}: “quantity” in the table of {table} is {value}; whole pieces were asked for."
    zh = "第 {row} 行：表“{table}”的“quantity”为 {value}；已要求整件分配。"


ID = Column(name="id", type="text", en="the place", zh="地点", required=True, filled=True)
ITEM = Column(name="item", type="text", en="what", zh="物资", required=True, filled=True)
QUANTITY = Column(
    name="quantity", type="number", en="how much", zh="数量", required=True, filled=True
)
EXPIRES = Column(name="expires_at", type="time", en="when it is of no more use", zh="失效时间")
PRIORITY = Column(name="priority", type="number", en="weight; 1 if empty", zh="优先权重")
FROM = Column(
    name="from", type="text", en="the place it leaves", zh="起点", required=True, filled=True
)
TO = Column(
    name="to", type="text", en="the place it comes to", zh="终点", required=True, filled=True
)
DISTANCE = Column(
    name="distance", type="number", en="per unit shipped", zh="距离", required=True, filled=True
)
CAPACITY = Column(
    name="capacity",
    type="number",
    en="what all items together may take; empty: no limit",
    zh="运力",
)
HOURS = Column(name="hours", type="number", en="time on the way", zh="运输小时数")

Source: TypeAlias = pa.Table | str | Path


def read_stocks(source: Source, *, zone: str | None, pieces: bool) -> pa.Table:
    """``id``, ``item``, ``quantity`` and ``expires_at``; one row for a place, item and expiry."""
    read = read_columns(source, _by_name(ID, ITEM, QUANTITY, EXPIRES), table="supply", zone=zone)
    table = _filled(read.table, "expires_at", pa.scalar(None, pa.timestamp("us", "UTC")))
    _refuse_figures(table, "quantity", "supply", pieces=pieces)
    return _sorted(table, ("id", "item", "expires_at"), "supply")


def read_needs(source: Source, *, pieces: bool) -> pa.Table:
    """``id``, ``item``, ``quantity`` and ``priority``; one row for a place and item."""
    read = read_columns(source, _by_name(ID, ITEM, QUANTITY, PRIORITY), table="demand")
    table = _filled(read.table, "priority", pa.scalar(1.0))
    _refuse_figures(table, "quantity", "demand", pieces=pieces)
    weights = floats(table, "priority")
    for row in np.flatnonzero(~(weights > 0) | (weights > LARGEST))[:1].tolist():
        raise PriorityNotPositiveError(
            field="priority", row=row + 1, value=f"{weights[row]:g}", largest=LARGEST
        )
    return _sorted(table, ("id", "item"), "demand")


def read_links(source: Source) -> pa.Table:
    """``from``, ``to``, ``distance``, ``capacity`` and ``hours``; one row for a pair."""
    read = read_columns(source, _by_name(FROM, TO, DISTANCE, CAPACITY, HOURS), table="distance")
    table = read.table
    for field in ("capacity", "hours"):
        table = _filled(table, field, pa.scalar(None, pa.float64()))
    for field in ("distance", "capacity", "hours"):
        _refuse_figures(table, field, "distance")
    return _sorted(table, ("from", "to"), "distance")


def floats(table: pa.Table, field: str, *, empty: float = np.nan) -> Floats:
    """A column of numbers as an array, with ``empty`` where there is none."""
    figures: Floats = pc.fill_null(table[field], empty).to_numpy().copy()
    return figures


def _by_name(*columns: Column) -> dict[str, Column]:
    return {column.name: column for column in columns}


def _filled(table: pa.Table, field: str, usual: pa.Scalar) -> pa.Table:
    """The table with the column, and with what is usual where it is empty."""
    if field not in table.column_names:
        return table.append_column(field, pa.array([usual.as_py()] * table.num_rows, usual.type))
    if not usual.is_valid:
        return table
    place = table.column_names.index(field)
    return table.set_column(place, field, pc.fill_null(table[field], usual))


def _refuse_figures(table: pa.Table, field: str, name: str, *, pieces: bool = False) -> None:
    """Raise for the first figure below 0, above the largest, or of parts of a piece."""
    figures = floats(table, field)
    bad: tuple[tuple[Mask, type[InputError]], ...] = (
        (figures < 0, FigureNegativeError),
        (figures > LARGEST, FigureUnboundedError),
        (pieces & (figures != np.rint(figures)), QuantityNotWholeError),
    )
    for rows, refusal in bad:
        for row in np.flatnonzero(rows)[:1].tolist():
            raise refusal(
                field=field, row=row + 1, value=f"{figures[row]:g}", table=name, largest=LARGEST
            )


def _sorted(table: pa.Table, keys: tuple[str, ...], name: str) -> pa.Table:
    """In order of the keys; raises for the first row whose keys an earlier one has."""
    order = pc.sort_indices(table, sort_keys=[(key, "ascending") for key in keys])
    found = table.take(order)
    same = np.ones(max(found.num_rows - 1, 0), np.bool_)
    for key in keys:
        one, two = found[key][:-1], found[key][1:]
        both = pc.and_(pc.is_null(one), pc.is_null(two))
        same &= pc.or_(pc.fill_null(pc.equal(one, two), False), both).to_numpy()
    again = np.flatnonzero(same) + 1
    if len(again):
        row = int(order.to_numpy()[again].min())
        value = ", ".join(f"“{table[key][row].as_py()}”" for key in keys[:2])
        raise LineRepeatedError(row=row + 1, value=value, table=name)
    return found

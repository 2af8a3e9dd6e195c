"""Turning a column as it stands into the type that the schema promises.

Each function gives the column and what is wrong with it; it never raises for bad content.
"""

import json
from dataclasses import dataclass, field

import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.schema import Column, Schema, Type
from actscope.acts.times import INSTANT, LOCAL, instants_of_local, instants_of_text

LIST_MARK = ";"

ARROW_TYPES: dict[Type, pa.DataType] = {
    "text": pa.string(),
    "whole": pa.int64(),
    "number": pa.float64(),
    "time": INSTANT,
    "texts": pa.list_(pa.string()),
    "json": pa.string(),
}


def arrow_schema(schema: Schema) -> pa.Schema:
    """The Arrow schema of a table that was read: the columns in order, with their types."""
    return pa.schema([(column.name, ARROW_TYPES[column.type]) for column in schema.columns])


@dataclass(frozen=True, slots=True)
class Cast:
    """``values`` in the promised type. ``rows``: per issue code a mask of the rows that have it.
    ``whole``: the issue that the whole column has, if any, with what was found instead."""

    values: pa.ChunkedArray
    rows: dict[str, pa.ChunkedArray] = field(default_factory=dict)
    whole: tuple[str, str] | None = None


def tidied(found: pa.ChunkedArray, empty_words: tuple[str, ...] = ()) -> pa.ChunkedArray:
    """The column with all kinds of text as plain text, where no characters means empty, and so
    does each of ``empty_words``."""
    if pa.types.is_dictionary(found.type):
        found = pc.cast(found, found.type.value_type)
    if not _is_text(found.type):
        return found
    text = pc.cast(found, pa.string())
    blank = pc.is_in(text, value_set=pa.array(["", *empty_words], pa.string()))
    if not pc.any(blank).as_py():
        return text
    return pc.if_else(blank, pa.scalar(None, pa.string()), text)


def cast_column(found: pa.ChunkedArray, column: Column, zone: str | None) -> Cast:
    """Cast a tidied column to the type of ``column``; ``zone`` is for times that have none."""
    if pa.types.is_null(found.type):
        return Cast(pc.cast(found, ARROW_TYPES[column.type]))
    match column.type:
        case "text":
            return _text(found)
        case "json":
            return _json(found)
        case "whole":
            return _whole(found)
        case "number":
            return _number(found)
        case "texts":
            return _texts(found)
        case "time":
            return _time(found, zone)


def _text(found: pa.ChunkedArray) -> Cast:
    if _is_text(found.type):
        return Cast(found)
    if _is_number(found.type):
        return Cast(pc.cast(found, pa.string()), whole=("text_as_number", str(found.type)))
    return _wrong(found, "text")


def _json(found: pa.ChunkedArray) -> Cast:
    cast = _text(found)
    if cast.whole:
        return cast
    # Most values come many times over (an empty object above all): each is tried once.
    distinct = pc.unique(cast.values).drop_null()
    bad = pa.array([text for text in distinct.to_pylist() if not _is_object(text)], pa.string())
    return Cast(cast.values, {"json_unreadable": pc.is_in(cast.values, value_set=bad)})


def _whole(found: pa.ChunkedArray) -> Cast:
    if pa.types.is_integer(found.type):
        return Cast(pc.cast(found, pa.int64()))
    if not _is_text(found.type):
        return _wrong(found, "whole")
    # Eighteen digits always fit into 64 bits.
    good = pc.match_substring_regex(found, r"^-?\d{1,18}$")
    numbers = pc.cast(pc.if_else(good, found, pa.scalar(None, pa.string())), pa.int64())
    return Cast(numbers, {"number_unreadable": pc.invert(good)})


def _number(found: pa.ChunkedArray) -> Cast:
    if _is_text(found.type):
        good = pc.match_substring_regex(found, r"^\s*[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d{1,3})?\s*$")
        text = pc.utf8_trim_whitespace(pc.if_else(good, found, pa.scalar(None, pa.string())))
        values = pc.cast(text, pa.float64())
    elif _is_number(found.type):
        values = pc.cast(found, pa.float64())
    else:
        return _wrong(found, "number")
    finite = pc.fill_null(pc.is_finite(values), False)
    kept = pc.if_else(finite, values, pa.scalar(None, pa.float64()))
    return Cast(kept, {"figure_unreadable": pc.and_(pc.is_valid(found), pc.invert(finite))})


def _texts(found: pa.ChunkedArray) -> Cast:
    if _is_text(found.type):
        found = _split(found)
    elif not (pa.types.is_list(found.type) or pa.types.is_large_list(found.type)):
        return _wrong(found, "texts")
    item = found.type.value_type
    if not (_is_text(item) or pa.types.is_dictionary(item) or pa.types.is_null(item)):
        code = "text_as_number" if _is_number(item) else "type_wrong"
        return _wrong(found, "texts", code)
    lists = pc.cast(found, ARROW_TYPES["texts"])
    items = pc.list_flatten(lists)
    empty = pc.fill_null(pc.equal(items, ""), True)
    if not pc.any(empty).as_py():
        return Cast(lists)
    rows = pc.unique(pc.filter(pc.list_parent_indices(lists), empty))
    mask = pc.is_in(pa.array(range(len(lists)), pa.int64()), value_set=rows)
    return Cast(lists, {"list_item_empty": mask})


def _time(found: pa.ChunkedArray, zone: str | None) -> Cast:
    if _is_text(found.type):
        return Cast(*instants_of_text(found, zone))
    if not (pa.types.is_timestamp(found.type) or pa.types.is_date(found.type)):
        return _wrong(found, "time")
    if pa.types.is_timestamp(found.type) and found.type.tz is not None:
        return Cast(pc.cast(found, INSTANT, safe=False))  # finer than microseconds: cut off
    if zone is None:
        return _wrong(found, "time", "column_without_zone")
    instants, ambiguous = instants_of_local(pc.cast(found, LOCAL, safe=False), zone)
    return Cast(instants, {"time_ambiguous": ambiguous})


def _wrong(found: pa.ChunkedArray, type_: Type, code: str = "type_wrong") -> Cast:
    empty = pa.chunked_array([pa.nulls(len(found), ARROW_TYPES[type_])])
    return Cast(empty, whole=(code, str(found.type)))


def _split(text: pa.ChunkedArray) -> pa.ChunkedArray:
    """Lists out of text joined by the list mark, blanks around the items taken away."""
    tidy = pc.replace_substring_regex(pc.utf8_trim_whitespace(text), r"\s*;\s*", LIST_MARK)
    return pc.split_pattern(tidy, LIST_MARK)


def _is_text(type_: pa.DataType) -> bool:
    return bool(
        pa.types.is_string(type_)
        or pa.types.is_large_string(type_)
        or pa.types.is_string_view(type_)
    )


def _is_number(type_: pa.DataType) -> bool:
    return bool(
        pa.types.is_integer(type_) or pa.types.is_floating(type_) or pa.types.is_decimal(type_)
    )


def _is_object(text: str) -> bool:
    try:
        return isinstance(json.loads(text), dict)
    except ValueError:
        return False

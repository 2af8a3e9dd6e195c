"""Checking a table against its schema, column by column."""

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts import sources
from actscope.acts.casting import cast_column, tidied
from actscope.acts.loaded import Source, UnreadableError
from actscope.acts.report import Findings, Report
from actscope.acts.schema import Column, Schema
from actscope.zones import UnknownZoneError, zone_named

LIMIT = 100
"""How many rows a report lists per code and field; all of them are counted."""


def examined(
    source: pa.Table | str | Path,
    schema: Schema,
    known: Schema | None,
    *,
    zone: str | None,
    limit: int = LIMIT,
    some_rows: bool = False,
) -> tuple[pa.Table | None, Report]:
    """The table in the types of ``schema``, and what is wrong with it.

    Only the columns of ``schema`` are read; a column that ``known`` (the full schema, if there is
    one) does not have is reported. Absent columns that are not required are absent from the table
    too. The table is ``None`` when the file could not be loaded at all, and must not be used when
    the report is not ``ok``. ``some_rows``: a table without rows is refused.
    """
    findings = Findings(limit)
    try:
        if zone is not None:
            zone_named(zone)
        loaded = _loaded(source, schema)
    except UnknownZoneError as error:
        findings.add(error.code, value=str(error.value))
        return None, findings.report(schema.name, 0)
    except UnreadableError as error:
        findings.add(error.code, field=error.field, value=error.value)
        return None, findings.report(schema.name, 0)
    for name in loaded.names:
        if known is not None and name not in known.names:
            findings.add("column_unknown", field=name)
    if loaded.misshapen:
        misshapen = ((number, None) for number in loaded.misshapen)
        findings.add_rows("row_shape", None, misshapen, len(loaded.misshapen))
    columns = {}
    for column in schema.columns:
        if column.name in loaded.names:
            columns[column.name] = _examined_column(loaded, column, zone, findings)
        elif column.required:
            findings.add("column_missing", field=column.name)
    rows = loaded.table.num_rows + len(loaded.misshapen)
    if some_rows and not rows:
        findings.add("file_without_rows")
    table = pa.table(columns, schema=pa.schema([(n, c.type) for n, c in columns.items()]))
    return table, findings.report(schema.name, rows)


def _loaded(source: pa.Table | str | Path, schema: Schema) -> Source:
    if isinstance(source, pa.Table):
        return sources.from_table(source, schema.names)
    return sources.load(Path(source), table_name=schema.name, wanted=schema.names)


def _examined_column(
    loaded: Source, column: Column, zone: str | None, findings: Findings
) -> pa.ChunkedArray:
    found = tidied(loaded.table[column.name], column.empty_words)
    cast = cast_column(found, column, zone)
    if cast.whole:
        code, what = cast.whole
        findings.add(code, field=column.name, value=what)
        return cast.values
    masks = dict(cast.rows)
    if column.filled:
        masks["value_missing"] = pc.is_null(found)
    if column.unique:
        masks["value_repeated"] = _repeated(cast.values)
    if column.words:
        code = "word_new" if column.open_words else "word_unknown"
        usual = pc.is_in(cast.values, value_set=pa.array(column.words, pa.string()))
        masks[code] = pc.and_(pc.is_valid(cast.values), pc.invert(usual))
    for code, mask in masks.items():
        bad = np.flatnonzero(np.asarray(pc.fill_null(mask, False)))
        if len(bad):
            rows = _numbered(found, bad[: findings.limit], loaded.misshapen)
            findings.add_rows(code, column.name, rows, len(bad))
    return cast.values


def _repeated(values: pa.ChunkedArray) -> pa.ChunkedArray:
    """A mask of the rows whose value an earlier row has. Empty values repeat nothing."""
    valid = len(values) - values.null_count
    if pc.count_distinct(values).as_py() == valid:
        return pc.and_(pc.is_null(values), False)
    encoded = values.combine_chunks().dictionary_encode()
    codes = pc.fill_null(encoded.indices, -1).to_numpy()
    _, first = np.unique(codes, return_index=True)
    repeated = codes >= 0
    repeated[first] = False
    return pa.chunked_array([pa.array(repeated)])


def _numbered(
    found: pa.ChunkedArray, places: npt.NDArray[np.int64], misshapen: tuple[int, ...]
) -> Iterator[tuple[int, str | None]]:
    """Row numbers as in the file, where misshapen rows count too, and the values found there."""
    for place in places.tolist():
        number = place + 1
        for skipped in misshapen:
            if skipped > number:
                break
            number += 1
        value = found[place].as_py()
        yield number, None if value is None else str(value)

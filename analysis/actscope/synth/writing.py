"""Writing tables to a Parquet or CSV file, piece by piece as they are drawn."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from actscope.acts.casting import LIST_MARK, arrow_schema
from actscope.acts.schema import Schema
from actscope.errors import InputError

DISTINCT = frozenset({"id", "position"})
"""Columns in which no value comes twice: a dictionary would only make them larger."""


class TargetRefusedError(InputError):
    """A file that cannot be written."""

    code = "target_unwritable"
    en = "“{value}” cannot be written: {why}."
    zh = "无法写入“{value}”：{why}。"


class EndingRefusedError(InputError):
    """A file name whose ending says neither Parquet nor CSV."""

    code = "target_ending"
    en = "“{value}” must end in .parquet or .csv."
    zh = "“{value}”的扩展名须为 .parquet 或 .csv。"


def write_table(
    pieces: Iterable[pa.Table],
    schema: Schema,
    target: Path,
    told: Callable[[int], None] = lambda done: None,
) -> int:
    """Write the pieces of a table of ``schema`` to ``target``, each as a row group where the file
    is Parquet, and give the number of rows. Memory is that of a piece. ``told(done)`` hears how
    many rows are written. Raises ``EndingRefusedError``, ``TargetRefusedError``."""
    done = 0
    try:
        with _writer(target, arrow_schema(schema)) as writer:
            for piece in pieces:
                writer.write_table(piece if target.suffix == ".parquet" else _as_text(piece))
                done += piece.num_rows
                told(done)
    except OSError as error:
        raise TargetRefusedError(value=str(target), why=error.strerror or str(error)) from error
    return done


def _writer(target: Path, schema: pa.Schema) -> pq.ParquetWriter | pa_csv.CSVWriter:
    if target.suffix == ".parquet":
        named = [name for name in schema.names if name not in DISTINCT]
        return pq.ParquetWriter(target, schema, compression="zstd", use_dictionary=named)
    if target.suffix == ".csv":
        return pa_csv.CSVWriter(target, _as_text(schema.empty_table()).schema)
    raise EndingRefusedError(value=target.name)


def _as_text(table: pa.Table) -> pa.Table:
    """Times with their zone and lists with marks between, as the readers take them."""
    return pa.table({name: _text(table[name]) for name in table.column_names})


def _text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_timestamp(column.type):
        return pc.strftime(column, format="%Y-%m-%dT%H:%M:%SZ", locale="C")
    if pa.types.is_list(column.type):
        return pc.binary_join(column, LIST_MARK)
    return column

"""A log as batches, text in dictionaries of their own."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from actscope.acts.casting import cast_column, tidied
from actscope.acts.loaded import UnreadableError, refuse_repeated
from actscope.acts.reading import TableRefusedError, read_columns
from actscope.acts.report import Findings
from actscope.acts.schema import Column
from actscope.acts.sources import file_format
from actscope.process.events import EARLIEST, LATEST, refuse_out_of_range
from actscope.process.onepass.kernels import NO_TIME
from actscope.process.onepass.names import Dictionary, Ints, dictionary_of, no_text

ROWS = 1 << 18
"""Rows to a batch: its columns stay in the cache between the loops."""


@dataclass(frozen=True, slots=True)
class Batch:
    """The columns of some rows, from row ``first`` of the log (from 0) on. ``at``: microseconds
    since 1970 UTC, ``NO_TIME`` where there is none. The partners of row i are the elements
    ``starts[i]`` to ``starts[i + 1]`` of ``partners``."""

    first: int
    at: Ints
    texts: dict[str, Dictionary]
    partners: Dictionary
    starts: Ints

    @property
    def rows(self) -> int:
        """How many rows."""
        return len(self.at)

    def text(self, role: str) -> Dictionary:
        """The column in that role; one that is not there is empty."""
        return self.texts[role] if role in self.texts else no_text(self.rows)


def batches(
    source: pa.Table | str | Path, columns: Mapping[str, Column], zone: str | None
) -> Iterator[tuple[Batch, int]]:
    """The batches of a log with the number of rows of all, in order of the file.

    A Parquet file is read piece by piece, any other as a whole. Raises ``TableRefusedError``,
    ``TimeOutOfRangeError``.
    """
    if isinstance(source, pa.Table):
        total, pieces = source.num_rows, iter(_chosen(source, columns).to_batches(ROWS))
        return _batches(pieces, columns, zone, total)
    try:
        if file_format(Path(source)) != "parquet":
            table = read_columns(source, columns, table="acts", zone=zone, some_rows=False).table
            return batches(table.rename_columns([columns[c].name for c in columns]), columns, zone)
        total, pieces = _parquet(Path(source), columns)
    except UnreadableError as error:
        raise _refused(error.code, error.field, error.value) from error
    return _batches(pieces, columns, zone, total)


def _chosen(table: pa.Table, columns: Mapping[str, Column]) -> pa.Table:
    _refuse_missing(table.column_names, columns)
    return table.select(list(dict.fromkeys(column.name for column in columns.values())))


def _parquet(path: Path, columns: Mapping[str, Column]) -> tuple[int, Iterator[pa.RecordBatch]]:
    names = list(dict.fromkeys(column.name for column in columns.values()))
    try:
        with pq.ParquetFile(path) as file:
            refuse_repeated(file.schema_arrow.names)
            _refuse_missing(file.schema_arrow.names, columns)
            groups = _together([*_sizes(file.metadata)])
            leaves = [file.schema.column(i) for i in range(len(file.schema))]
            total = file.metadata.num_rows
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError("file_unreadable", value=str(error).partition("\n")[0]) from error
    # Text stays in the dictionaries of the file: each word is looked at once per piece. (Arrow
    # cannot do that for lists which it reads from several row groups at a time.)
    alone = all(len(some) == 1 for some in groups)
    words = [
        leaf.path
        for leaf in leaves
        if leaf.physical_type == "BYTE_ARRAY"
        and leaf.path.partition(".")[0] in names
        and (alone or leaf.path in names)
    ]
    return total, _read(path, names, words, groups)


def _sizes(metadata: Any) -> Iterator[int]:
    for group in range(metadata.num_row_groups):
        yield metadata.row_group(group).num_rows


def _together(sizes: list[int]) -> list[list[int]]:
    """The row groups in order, small ones together until they make a batch. A batch does not
    reach from one lot into the next: each has dictionaries of its own."""
    lots: list[list[int]] = []
    rows = ROWS
    for group, size in enumerate(sizes):
        if 4 * rows >= ROWS:
            lots.append([])
            rows = 0
        lots[-1].append(group)
        rows += size
    return lots


def _read(
    path: Path, names: list[str], words: list[str], groups: list[list[int]]
) -> Iterator[pa.RecordBatch]:
    try:
        with pq.ParquetFile(path, read_dictionary=words, pre_buffer=False) as file:
            for some in groups:
                yield from file.iter_batches(ROWS, some, names, use_threads=True)
    except (pa.ArrowException, OSError) as error:
        raise _refused("file_unreadable", None, str(error).partition("\n")[0]) from error


def _batches(
    pieces: Iterator[pa.RecordBatch], columns: Mapping[str, Column], zone: str | None, total: int
) -> Iterator[tuple[Batch, int]]:
    first = 0
    known: dict[str, Dictionary] = {}
    for piece in pieces:
        yield _batch(piece, columns, zone, first, known), total
        first += piece.num_rows


def _batch(
    piece: pa.RecordBatch,
    columns: Mapping[str, Column],
    zone: str | None,
    first: int,
    known: dict[str, Dictionary],
) -> Batch:
    """The piece as a batch; ``known`` has the dictionaries of the one before, which often are its
    own as well, and takes up its own."""
    at = np.full(piece.num_rows, NO_TIME)
    partners, starts = no_text(0), np.zeros(piece.num_rows + 1, np.int64)
    texts = {}
    for role, column in columns.items():
        found = piece.column(column.name)
        if column.type == "time":
            instants = pc.cast(_cast(found, column, zone, first), pa.int64())
            at = _instants(instants, column.name, first)
        elif column.type == "texts":
            lists = found if _is_list(found.type) else _cast(found, column, zone, first)
            lengths = pc.fill_null(pc.list_value_length(lists), 0).to_numpy()
            np.cumsum(lengths, out=starts[1:])
            partners = known[role] = dictionary_of(lists.flatten(), known.get(role))
        else:
            texts[role] = known[role] = dictionary_of(found, known.get(role))
    return Batch(first, at, texts, partners, starts)


def _instants(found: pa.Array, field: str, first: int) -> Ints:
    bounds = pc.min_max(found).as_py()
    if bounds["min"] is not None and (bounds["min"] < EARLIEST or bounds["max"] > LATEST):
        refuse_out_of_range(pc.fill_null(found, 0).to_numpy(), field=field, first=first)
    at: Ints = (pc.fill_null(found, NO_TIME) if found.null_count else found).to_numpy()
    return at


def _cast(found: pa.Array, column: Column, zone: str | None, first: int) -> Any:
    cast = cast_column(tidied(pa.chunked_array([found])), column, zone)
    if cast.whole:
        raise _refused(cast.whole[0], column.name, cast.whole[1])
    for code, mask in cast.rows.items():
        bad = np.flatnonzero(np.asarray(pc.fill_null(mask, False)))
        if len(bad) and code != "time_ambiguous":
            findings = Findings(1)
            row = int(bad[0])
            findings.add_rows(code, column.name, [(first + row + 1, str(found[row]))], len(bad))
            raise TableRefusedError(findings.report("acts", first + len(found)))
    return cast.values.combine_chunks()


def _is_list(type_: pa.DataType) -> bool:
    return bool(pa.types.is_list(type_) or pa.types.is_large_list(type_))


def _refuse_missing(names: list[str], columns: Mapping[str, Column]) -> None:
    for column in columns.values():
        if column.name not in names:
            raise _refused("column_missing", column.name, None)


def _refused(code: str, field: str | None, value: str | None) -> TableRefusedError:
    findings = Findings(1)
    findings.add(code, field=field, value=value)
    return TableRefusedError(findings.report("acts", 0))

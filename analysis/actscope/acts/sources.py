"""Finding out what a file is, and loading it as it stands.

What a file is, its first bytes decide; its name only breaks the tie between CSV and anything else
that is text. Cells of a CSV file come out as text: what they mean is for ``casting`` to say.
"""

import codecs
import csv
import re
from collections.abc import Collection
from pathlib import Path
from typing import Any, Literal

import pyarrow as pa
import pyarrow.csv as pa_csv
import pyarrow.parquet as pq

from actscope.acts.loaded import Source, UnreadableError, refuse_repeated

TEXT_ENDINGS = ("", ".csv", ".txt")
PIECE = 1 << 20
XML = re.compile(rb"(\xef\xbb\xbf)?\s*<(\?xml|log|!--)")

Format = Literal["parquet", "duckdb", "xes", "xlsx", "csv"]


def load(path: Path, *, table_name: str, wanted: Collection[str]) -> Source:
    """Load the columns of ``wanted`` that the file has; ``table_name`` is the table of a DuckDB
    file, or a sheet of a workbook. Raises ``UnreadableError``."""
    match file_format(path):
        case "parquet":
            return _from_parquet(path, wanted)
        case "duckdb":
            # DuckDB costs some 15 MB of memory; a web process that only checks CSV and Parquet
            # must not pay for it.
            from actscope.acts import duckfile  # noqa: PLC0415

            return duckfile.load(path, table_name=table_name, wanted=wanted)
        case "xes":
            from actscope.acts import xesfile  # noqa: PLC0415 – as above

            return xesfile.load(path, wanted=wanted)
        case "xlsx":
            from actscope.acts import xlsxfile  # noqa: PLC0415 – as above

            return xlsxfile.load(path, table_name=table_name, wanted=wanted)
        case "csv":
            return _from_csv(path, wanted)


def from_table(table: pa.Table, wanted: Collection[str]) -> Source:
    """The same for a table that is in memory already. Raises ``UnreadableError``."""
    names = tuple(table.column_names)
    refuse_repeated(names)
    return Source(names, table.select([name for name in names if name in wanted]))


def file_format(path: Path) -> Format:
    """What the file is, by content. Raises ``UnreadableError``."""
    try:
        with path.open("rb") as file:
            start = file.read(4096)
    except FileNotFoundError:
        raise UnreadableError("file_missing", value=path.name) from None
    except OSError as error:
        raise UnreadableError("file_unreadable", value=error.strerror) from error
    if start[:4] == b"PAR1":
        return "parquet"
    if start[8:12] == b"DUCK":
        return "duckdb"
    if start[:4] == b"PK\x03\x04":
        return "xlsx"
    if start[:2] == b"\x1f\x8b" or XML.match(start):
        return "xes"
    if not start.strip():
        raise UnreadableError("file_empty")
    if b"\0" in start or path.suffix.lower() not in TEXT_ENDINGS:
        raise UnreadableError("file_type_unknown")
    return "csv"


def _from_parquet(path: Path, wanted: Collection[str]) -> Source:
    try:
        with pq.ParquetFile(path) as file:
            names = tuple(file.schema_arrow.names)
            refuse_repeated(names)
            return Source(names, file.read(columns=[name for name in names if name in wanted]))
    except (pa.ArrowException, OSError) as error:
        raise UnreadableError("file_unreadable", value=_first_line(error)) from error


def _from_csv(path: Path, wanted: Collection[str]) -> Source:
    names = _header(path)
    refuse_repeated(names)
    try:
        return Source(names, _parsed(path, names, wanted))
    except pa.ArrowException as error:
        if not _is_utf8(path):
            raise UnreadableError("file_not_utf8") from error
    misshapen: list[int] = []

    def note(row: Any) -> str:
        misshapen.append(row.number - 1)  # Arrow counts the header as row 1
        return "skip"

    try:
        table = _parsed(path, names, wanted, on_bad_row=note)
    except pa.ArrowException as error:
        raise UnreadableError("file_unreadable", value=_first_line(error)) from error
    return Source(names, table, tuple(misshapen))


def _header(path: Path) -> tuple[str, ...]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            return tuple(next(csv.reader(file), ()))
    except UnicodeDecodeError as error:
        raise UnreadableError("file_not_utf8") from error
    except csv.Error as error:
        raise UnreadableError("file_unreadable", value=str(error)) from error


def _parsed(
    path: Path, names: Collection[str], wanted: Collection[str], on_bad_row: Any = None
) -> pa.Table:
    return pa_csv.read_csv(
        path,
        # Arrow knows the number of a bad row only when one thread reads.
        read_options=pa_csv.ReadOptions(use_threads=on_bad_row is None),
        parse_options=pa_csv.ParseOptions(newlines_in_values=True, invalid_row_handler=on_bad_row),
        convert_options=pa_csv.ConvertOptions(
            column_types={name: pa.string() for name in names},
            include_columns=[name for name in names if name in wanted],
            null_values=[""],  # only an empty cell is empty: "NA" can be an id
            strings_can_be_null=True,
            quoted_strings_can_be_null=True,
        ),
    )


def _is_utf8(path: Path) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        try:
            while piece := file.read(PIECE):
                decoder.decode(piece)
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            return False
    return True


def _first_line(error: BaseException) -> str:
    return str(error).partition("\n")[0]


def column_names(path: Path, *, table_name: str = "table") -> tuple[str, ...]:
    """The names of all columns of a file, in order. Raises ``UnreadableError``."""
    if file_format(path) == "csv":
        return _header(path)
    return load(path, table_name=table_name, wanted=()).names

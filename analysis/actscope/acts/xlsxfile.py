"""Workbooks: the sheet that bears the name of the table, else the first one. The first row names
the columns; a formula counts with the value that was stored for it."""

import zipfile
from collections.abc import Collection, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow as pa
from openpyxl.utils.exceptions import InvalidFileException

from actscope.acts.loaded import Source, UnreadableError, refuse_repeated


def load(path: Path, *, table_name: str, wanted: Collection[str]) -> Source:
    """The columns of ``wanted`` as text, rows without any value left out at the end of the sheet.
    Raises ``UnreadableError``."""
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, zipfile.BadZipFile, KeyError, OSError, ValueError) as error:
        raise UnreadableError("file_type_unknown") from error
    try:
        sheet = book[table_name] if table_name in book.sheetnames else book.worksheets[0]
        rows = sheet.iter_rows(values_only=True)
        head = [_text(cell) or "" for cell in next(rows, ())]
        while head and not head[-1]:
            head.pop()
        if not head:
            raise UnreadableError("file_empty")
        refuse_repeated(head)
        cells = list(_filled([_text(cell) for cell in row] for row in rows))
    finally:
        book.close()
    chosen = {
        name: pa.array([_at(row, place) for row in cells], pa.string())
        for place, name in enumerate(head)
        if name in wanted
    }
    table = pa.table(chosen) if chosen else pa.table({"": pa.nulls(len(cells))}).select([])
    misshapen = tuple(number for number, row in enumerate(cells, 1) if any(row[len(head) :]))
    if misshapen:
        keep = [number not in set(misshapen) for number in range(1, len(cells) + 1)]
        table = table.filter(pa.array(keep))
    return Source(tuple(head), table, misshapen)


def _filled(rows: Iterator[list[str | None]]) -> Iterator[list[str | None]]:
    """The rows, without empty ones at the end (a sheet often has thousands)."""
    empty: list[list[str | None]] = []
    for row in rows:
        empty.append(row)
        if any(cell is not None for cell in row):
            yield from empty
            empty = []


def _at(row: list[str | None], place: int) -> str | None:
    return row[place] if place < len(row) else None


def _text(cell: Any) -> str | None:
    match cell:
        case None | "":
            return None
        case bool():
            return str(cell).lower()
        case datetime() | date():
            return cell.isoformat()
        case float() if cell.is_integer():
            return str(int(cell))
        case _:
            return str(cell)

"""Rows of a table that somebody sends: CSV or a workbook, told apart by what is in it."""

import csv
import io
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from typing import Final

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid, Refusal

LARGEST: Final = 4 * 1024 * 1024
MOST_ROWS: Final = 20_000
_UNPACKED = 80 * 1024 * 1024
_MOST_COLUMNS = 60
_LONGEST_CELL = 400


class SheetTooLarge(Invalid):
    """More than one table has."""

    code = "sheet-too-large"
    message = _("The file is too large: at most %(mb)s MB and %(rows)s lines.")


class SheetUnreadable(Invalid):
    """Neither CSV in UTF-8 or GB18030 nor a workbook."""

    code = "sheet-unreadable"
    message = _("This is neither a CSV file nor an Excel workbook (.xlsx), or it is damaged.")


class SheetColumnMissing(Invalid):
    """A column that must be there is not."""

    code = "sheet-column-missing"
    message = _("The column “%(name)s” is missing.")


class SheetColumnTwice(Invalid):
    """Two columns with one heading."""

    code = "sheet-column-twice"
    message = _("The column “%(name)s” stands here twice.")


@dataclass
class Sheet:
    """Rows as (line, {column: text}); headings that nobody asked for."""

    rows: list[tuple[int, dict[str, str]]]
    unknown: list[str] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)


def read(content: bytes, *, known: Sequence[str], needed: Sequence[str]) -> Sheet:
    """The table in a file. Raises SheetTooLarge, SheetUnreadable, SheetColumnMissing,
    SheetColumnTwice."""
    if len(content) > LARGEST:
        raise _too_large()
    lines = _workbook(content) if content[:2] == b"PK" else _csv(content)
    found = [(n, texts) for n, texts in lines if any(texts) and not texts[0].startswith("#")]
    if not found:
        raise SheetColumnMissing(field="file", row=1, name=needed[0])
    number, headers = found[0]
    names = [header.strip().lower().replace(" ", "_") for header in headers]
    for place, name in enumerate(names):
        if name and name in names[:place]:
            raise SheetColumnTwice(field=name, row=number, name=name)
    for name in needed:
        if name not in names:
            raise SheetColumnMissing(field=name, row=number, name=name)
    rows = [
        (line, {name: text for name, text in zip(names, texts, strict=False) if name in known})
        for line, texts in found[1:]
    ]
    return Sheet(rows, [name for name in names if name and name not in known])


def _csv(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            # What spreadsheets write in Chinese unless told otherwise.
            text = content.decode("gb18030")
        except UnicodeDecodeError as error:
            raise SheetUnreadable(field="file") from error
    if "\x00" in text:
        raise SheetUnreadable(field="file")
    try:
        for number, cells in enumerate(csv.reader(io.StringIO(text), strict=False), start=1):
            yield number, _cells(number, cells)
    except csv.Error as error:
        raise SheetUnreadable(field="file") from error


def _workbook(content: bytes) -> Iterator[tuple[int, list[str]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > _UNPACKED:
                raise _too_large()
        # Read when first needed: the library is large and most processes never read a sheet.
        book = import_module("openpyxl").load_workbook(
            io.BytesIO(content), read_only=True, data_only=True
        )
        sheet = book.worksheets[0]
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, IndexError) as error:
        raise SheetUnreadable(field="file") from error
    values = sheet.iter_rows(max_col=_MOST_COLUMNS, values_only=True)
    for number, cells in enumerate(values, start=1):
        yield number, _cells(number, ["" if cell is None else _text(cell) for cell in cells])


def _text(cell: object) -> str:
    day = getattr(cell, "date", None)
    return day().isoformat() if callable(day) else str(cell)


def _cells(number: int, cells: Sequence[str]) -> list[str]:
    if number > MOST_ROWS + 1:
        raise _too_large()
    return [cell.strip()[:_LONGEST_CELL] for cell in cells[:_MOST_COLUMNS]]


def _too_large() -> SheetTooLarge:
    return SheetTooLarge(field="file", mb=LARGEST // 1024 // 1024, rows=MOST_ROWS)

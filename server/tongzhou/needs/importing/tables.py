"""Files as rows of text, each with its number; what they are is told from their content."""

import csv
import hashlib
import io
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Final

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid

LARGEST: Final = 32 * 1024 * 1024
MOST_ROWS: Final = 400_000
_UNPACKED: Final = 200 * 1024 * 1024


class FileUnreadable(Invalid):
    """Neither CSV in UTF-8, nor a workbook, nor Parquet."""

    code = "needs-file-unreadable"
    message = _("%(file)s is neither a CSV file in UTF-8 nor a workbook, or it is damaged.")


class FileTooLarge(Invalid):
    """More than is read in one go."""

    code = "needs-file-too-large"
    message = _("%(file)s is too large: at most %(mb)d MB and %(rows)d rows.")


@dataclass(frozen=True)
class Table:
    """A file: its name, its columns, and its rows as column → text; row 1 holds the headings."""

    name: str
    columns: tuple[str, ...]
    rows: list[dict[str, str]]
    sha256: str

    def numbered(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Rows with the number they have in the file."""
        yield from enumerate(self.rows, start=2)

    @property
    def has(self) -> frozenset[str]:
        """The columns, to tell what the file holds."""
        return frozenset(self.columns)


def read_table(name: str, content: bytes) -> Table:
    """Raises FileUnreadable, FileTooLarge."""
    if len(content) > LARGEST:
        raise _too_large(name)
    try:
        if content[:4] == b"PAR1":
            columns, rows = _parquet(content)
        elif content[:2] == b"PK":
            columns, rows = _workbook(name, content)
        else:
            columns, rows = _csv(content)
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile, KeyError, ValueError, OSError) as e:
        raise FileUnreadable(field="file", file=name[:80]) from e
    if len(rows) > MOST_ROWS:
        raise _too_large(name)
    return Table(name, tuple(columns), rows, hashlib.sha256(content).hexdigest())


def _too_large(name: str) -> FileTooLarge:
    return FileTooLarge(field="file", file=name[:80], mb=LARGEST // 1024 // 1024, rows=MOST_ROWS)


def _csv(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    text = content.decode("utf-8-sig")
    if "\x00" in text:
        raise ValueError("not text")
    reader = csv.reader(io.StringIO(text, newline=""))
    columns = [name.strip() for name in next(reader, [])]
    rows = [dict(zip(columns, line, strict=False)) for line in reader if any(line)]
    return columns, rows


def _workbook(name: str, content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(item.file_size for item in packed.infolist()) > _UNPACKED:
            raise _too_large(name)
    # Read when first needed: the library is large and most processes never read a sheet.
    book = import_module("openpyxl").load_workbook(
        io.BytesIO(content), read_only=True, data_only=True
    )
    lines = book.worksheets[0].iter_rows(max_col=60, values_only=True)
    columns = [_text(value) for value in next(lines, ())]
    rows = [
        {name: _text(v) for name, v in zip(columns, line, strict=False)}
        for line in lines
        if any(value is not None for value in line)
    ]
    return columns, rows


def _parquet(content: bytes) -> tuple[list[str], list[dict[str, str]]]:
    table = import_module("pyarrow.parquet").read_table(io.BytesIO(content))
    found: Mapping[str, list[object]] = table.to_pydict()
    columns = list(found)
    texts = [[_text(value) for value in found[name]] for name in columns]
    return columns, [dict(zip(columns, line, strict=True)) for line in zip(*texts, strict=True)]


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()

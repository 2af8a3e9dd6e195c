"""Lists as CSV files, written line by line. Cells that a spreadsheet would take for a formula
get an apostrophe in front."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from io import StringIO
from typing import Final, TypeVar

from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise

from tongzhou.ui.moments import duration_text

Row = TypeVar("Row")
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Excel takes a file without this mark for something other than UTF-8.
_MARK: Final = "\ufeff"
_PIECE: Final = 1 << 15


def answer(
    name: str,
    columns: Mapping[str | Promise, Callable[[Row], object]],
    rows: Iterable[Row],
    *,
    at: datetime,
) -> StreamingHttpResponse:
    """The file as a download, ``name`` with the time in its name."""
    file = f"{name}-{timezone.localtime(at):%Y-%m-%d-%H%M}.csv"
    return StreamingHttpResponse(
        pieces(columns, rows),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def pieces(
    columns: Mapping[str | Promise, Callable[[Row], object]], rows: Iterable[Row]
) -> Iterator[bytes]:
    """A heading and a line for each row, in the language that is active now (the pieces are
    taken later, when another one may be)."""
    return _written(columns, rows, translation.get_language())


def _written(
    columns: Mapping[str | Promise, Callable[[Row], object]],
    rows: Iterable[Row],
    language: str | None,
) -> Iterator[bytes]:
    buffer = StringIO(_MARK)
    buffer.seek(0, 2)
    writer = csv.writer(buffer)
    with translation.override(language):
        writer.writerow([cell(heading) for heading in columns])
        for row in rows:
            writer.writerow([cell(read(row)) for read in columns.values()])
            if buffer.tell() > _PIECE:
                yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


def cell(value: object) -> str | int:
    """A value as it stands in a file: times where people are, lengths in words."""
    match value:
        case None:
            return ""
        case bool():
            return int(value)
        case int():
            return value
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case timedelta():
            return duration_text(value.total_seconds())
        case _:
            text = _CONTROL.sub("", str(value))
            return f"'{text}" if text.startswith(_FORMULA) else text

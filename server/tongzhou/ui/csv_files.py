"""Lists as CSV files, written line by line. Cells that a spreadsheet would take for a formula
get an apostrophe in front."""

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from io import StringIO
from itertools import islice
from typing import Final, TypeVar

from django.http import StreamingHttpResponse
from django.utils import timezone, translation
from django.utils.functional import Promise

from tongzhou.ui.moments import duration_text

Row = TypeVar("Row")
Cell = str | int
#: Heading → what stands under it.
Columns = Mapping[str | Promise, Callable[[Row], object]]
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Excel takes a file without this mark for something other than UTF-8.
_MARK: Final = b"\xef\xbb\xbf"
_BATCH: Final = 500  # lines in a piece


def answer(
    name: str,
    columns: Columns[Row],
    rows: Iterable[Row],
    *,
    at: datetime,
) -> StreamingHttpResponse:
    """The file as a download, ``name`` with the time in its name."""
    return download(f"{name}-{timezone.localtime(at):%Y-%m-%d-%H%M}.csv", pieces(columns, rows))


def download(file: str, content: Iterable[bytes]) -> StreamingHttpResponse:
    """The pieces of a file as a download under this name."""
    return StreamingHttpResponse(
        content,
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{file}"'},
    )


def lines(columns: Columns[Row], rows: Iterable[Row]) -> Iterator[list[Cell]]:
    """The heading, then a line for each row."""
    yield [cell(heading) for heading in columns]
    for row in rows:
        yield [cell(read(row)) for read in columns.values()]


def pieces(columns: Columns[Row], rows: Iterable[Row]) -> Iterator[bytes]:
    """A heading and a line for each row, in the language that is active now (the pieces are
    taken later, when another one may be)."""
    return of_cells(lines(columns, rows))


def table(found: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Any lines of any values, as ``pieces``; every cell is made harmless."""
    return of_cells([cell(value) for value in line] for line in found)


def of_cells(found: Iterable[Sequence[Cell]]) -> Iterator[bytes]:
    """Lines of what ``cell`` gave, or of figures, as ``pieces``."""
    return _written(iter(found), translation.get_language())


def _written(found: Iterator[Sequence[Cell]], language: str | None) -> Iterator[bytes]:
    yield _MARK
    while True:
        # Each piece is made and handed over apart, so that whoever takes it keeps their language.
        with translation.override(language):
            batch = list(islice(found, _BATCH))
        if not batch:
            return
        text = StringIO()
        csv.writer(text).writerows(batch)
        yield text.getvalue().encode()


def cell(value: object) -> Cell:
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

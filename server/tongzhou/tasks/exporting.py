"""A list of tasks as a file, written line by line however long it is.

Cells that a spreadsheet would take for a formula get an apostrophe in front. CSV begins
with a byte order mark: without it Excel reads Chinese as something else.
"""

import csv
import re
from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from importlib import import_module
from io import StringIO
from itertools import chain, islice
from tempfile import TemporaryFile
from typing import IO, Final

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks.queries import TaskFilters, TaskRow, all_rows

Cell = str | int
MOST_IN_SHEET: Final = 20_000
_BATCH = 500  # lines in one piece of a streaming answer
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")

COLUMNS: Final[dict[str | Promise, Callable[[TaskRow], object]]] = {
    _("Number"): lambda task: task.reference,
    _("Title"): lambda task: task.title,
    _("State"): lambda task: task.state_label,
    _("Late"): lambda task: _("yes") if task.late else "",
    _("Priority"): lambda task: task.priority_label,
    _("Asked by"): lambda task: task.asker.name,
    _("Lead"): lambda task: task.lead.name,
    _("Area"): lambda task: task.area.name,
    _("Area code"): lambda task: task.area.code,
    _("Incident"): lambda task: task.incident.name if task.incident else "",
    _("Kind of work"): lambda task: task.work_label,
    _("Basis"): lambda task: task.basis_label,
    _("Created"): lambda task: task.created_at,
    _("Dispatched"): lambda task: task.dispatched_at,
    _("Accepted"): lambda task: task.accepted_at,
    _("Due"): lambda task: task.due_at,
    _("Done"): lambda task: task.done_at,
    _("Reopened"): lambda task: task.reopened,
    _("Last reason"): lambda task: task.reason,
}


def cell(value: object) -> Cell:
    """A value as it stands in a file: times in the local zone, texts harmless."""
    match value:
        case None:
            return ""
        case int():
            return value
        case datetime():
            return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
        case _:
            text = _CONTROL.sub("", str(value))
            return f"'{text}" if text.startswith(_FORMULA) else text


def lines(*, visible_to: Post, filters: TaskFilters, at: datetime) -> Iterator[list[Cell]]:
    """The heading, then a line for each task."""
    yield [cell(heading) for heading in COLUMNS]
    for task in all_rows(visible_to=visible_to, filters=filters, at=at):
        yield [cell(read(task)) for read in COLUMNS.values()]


def csv_rows(*, visible_to: Post, filters: TaskFilters, at: datetime) -> Iterator[bytes]:
    """A CSV file (UTF-8 with mark, comma, CRLF) in pieces, in the language that is active
    when it is asked for."""
    return _csv(lines(visible_to=visible_to, filters=filters, at=at), translation.get_language())


def _csv(rows: Iterator[list[Cell]], language: str | None) -> Iterator[bytes]:
    yield b"\xef\xbb\xbf"
    while True:
        # The request's language is gone by the time the answer is streamed.
        with translation.override(language):
            batch = list(islice(rows, _BATCH))
        if not batch:
            return
        text = StringIO()
        csv.writer(text).writerows(batch)
        yield text.getvalue().encode()


class TooLongForSheet(Invalid):
    """A list that would keep a process busy for minutes."""

    code = "too-long-for-sheet"
    message = _(
        "The list has more than %(most)s tasks, too many for a spreadsheet. Narrow the filters, "
        "or take the CSV file."
    )


def xlsx_file(
    *, visible_to: Post, filters: TaskFilters, at: datetime, most: int = MOST_IN_SHEET
) -> IO[bytes]:
    """An XLSX file, open at its beginning; gone when it is closed. Raises TooLongForSheet."""
    # Read when first needed: the library is large and most processes never write a sheet.
    openpyxl = import_module("openpyxl")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(str(_("Tasks")))
    sheet.freeze_panes = "A2"
    for number, row in enumerate(lines(visible_to=visible_to, filters=filters, at=at)):
        if number > most:
            book.close()
            raise TooLongForSheet(most=most)
        sheet.append(row)
    file = TemporaryFile()  # noqa: SIM115 – handed over to the answer, which closes it
    book.save(file)
    file.seek(0)
    return file


def csv_lines(head: Iterable[object], found: Iterable[Iterable[object]]) -> Iterator[bytes]:
    """Any table as the bytes of a CSV file, in pieces; every cell made harmless."""
    rows = ([cell(value) for value in row] for row in chain([head], found))
    return _csv(rows, translation.get_language())

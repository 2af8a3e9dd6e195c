"""A list of tasks as a file, written line by line however long it is."""

from collections.abc import Iterator
from datetime import datetime
from importlib import import_module
from tempfile import TemporaryFile
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Invalid
from tongzhou.tasks.queries import TaskFilters, TaskRow, all_rows
from tongzhou.ui import csv_files

MOST_IN_SHEET: Final = 20_000

COLUMNS: Final[csv_files.Columns[TaskRow]] = {
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


def csv_rows(*, visible_to: Post, filters: TaskFilters, at: datetime) -> Iterator[bytes]:
    """A CSV file in pieces, in the language that is active when it is asked for."""
    found = all_rows(visible_to=visible_to, filters=filters, at=at)
    return csv_files.pieces(COLUMNS, found)


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
    found = all_rows(visible_to=visible_to, filters=filters, at=at)
    for number, row in enumerate(csv_files.lines(COLUMNS, found)):
        if number > most:
            book.close()
            raise TooLongForSheet(most=most)
        sheet.append(row)
    file = TemporaryFile()  # noqa: SIM115 – handed over to the answer, which closes it
    book.save(file)
    file.seek(0)
    return file

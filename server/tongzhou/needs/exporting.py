"""The board as a file, written line by line however long it is."""

import io
from collections.abc import Iterator
from importlib import import_module
from typing import Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue.quantities import plain
from tongzhou.needs.models import NeedLine
from tongzhou.needs.queries.board import Filters, every
from tongzhou.ui import csv_files

MOST_IN_SHEET: Final = 20_000

COLUMNS: Final[csv_files.Columns[NeedLine]] = {
    _("Need"): lambda line: line.need.reference,
    _("Unit"): lambda line: line.unit.name,
    _("Item"): lambda line: line.item.name,
    _("Item code"): lambda line: line.item.code,
    _("Asked"): lambda line: "" if line.asked is None else plain(line.asked),
    _("Minimum"): lambda line: "" if line.minimum is None else plain(line.minimum),
    _("Maximum"): lambda line: "" if line.maximum is None else plain(line.maximum),
    _("Counted in"): lambda line: line.item.get_measure_display(),
    _("Committed"): lambda line: plain(line.committed),
    _("On the way"): lambda line: plain(line.on_way),
    _("Received"): lambda line: plain(line.received),
    _("Unmet"): lambda line: "" if line.unmet is None else plain(line.unmet),
    _("State"): lambda line: line.state_label,
    _("Priority"): lambda line: line.priority,
    _("Needed by"): lambda line: line.needed_by,
    _("Place of use"): lambda line: line.need.area.name,
    _("Area code"): lambda line: line.need.area.code,
    _("Turn of"): lambda line: line.holder.name,
    _("Stated"): lambda line: line.stated_at,
}


def rows(*, visible_to: Post, filters: Filters, most: int) -> Iterator[list[csv_files.Cell]]:
    """The heading, then a row for each line."""
    return csv_files.lines(COLUMNS, every(visible_to=visible_to, filters=filters, most=most))


def csv_rows(*, visible_to: Post, filters: Filters) -> Iterator[bytes]:
    """A CSV file in pieces, in the language that is active now."""
    return csv_files.of_cells(rows(visible_to=visible_to, filters=filters, most=100_000))


def workbook(*, visible_to: Post, filters: Filters) -> bytes:
    """An XLSX file of at most 20,000 lines."""
    # Read when first needed: the library is large and most processes never write a sheet.
    book = import_module("openpyxl").Workbook(write_only=True)
    sheet = book.create_sheet("needs")
    for row in rows(visible_to=visible_to, filters=filters, most=MOST_IN_SHEET):
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

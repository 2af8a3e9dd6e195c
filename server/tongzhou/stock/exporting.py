"""The list of the stock as a file."""

import csv
import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Final

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import NotFound
from tongzhou.stock.queries.listing import Row

_XLSX: Final = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: What a spreadsheet would take for a formula.
_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")


def written(rows: Iterable[Row], kind: str) -> tuple[bytes, str]:
    """The file and its type. Raises NotFound for a kind that there is not."""
    lines = [_headers(), *(_line(row) for row in rows)]
    if kind == "csv":
        out = io.StringIO()
        csv.writer(out).writerows([[_safe(cell) for cell in line] for line in lines])
        # The mark lets spreadsheets read it as UTF-8.
        return out.getvalue().encode("utf-8-sig"), "text/csv; charset=utf-8"
    if kind == "xlsx":
        return _workbook(lines), _XLSX
    raise NotFound()


def _headers() -> list[str]:
    return [
        _("Code"), pgettext("supplies", "Item"), _("Store"), _("Unit"), _("Area"), _("On hand"),
        _("Reserved"), _("Expired"), _("Free"), _("Counted in"), _("Good until"), _("Minimum"),
    ]  # fmt: skip


def _line(row: Row) -> list[str]:
    held = row.holding
    return [
        held.item.code, held.item.name, held.site.name, held.site.unit.name, held.site.area.name,
        plain(held.on_hand), plain(held.reserved), plain(held.expired), plain(held.free),
        str(held.item.get_measure_display()),
        held.expires_on.isoformat() if held.expires_on else "",
        plain(row.minimum) if row.minimum is not None else "",
    ]  # fmt: skip


def _safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _workbook(lines: Sequence[Sequence[str]]) -> bytes:
    # Read when first needed: the library is large and most processes never write a sheet.
    book = import_module("openpyxl").Workbook(write_only=True)
    cells = import_module("openpyxl.cell")
    sheet = book.create_sheet("stock")
    numbers = range(5, 9)
    for number, line in enumerate(lines):
        made = []
        for place, text in enumerate(line):
            figure = number and (place in numbers or place == len(line) - 1) and text
            cell = cells.WriteOnlyCell(sheet, float(text) if figure else text)
            if not figure:
                cell.data_type = "s"
            made.append(cell)
        sheet.append(made)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()

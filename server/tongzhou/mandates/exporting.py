"""The matrix as a workbook, in the form in which it can be imported again."""

import io
from collections.abc import Iterable, Sequence
from importlib import import_module
from typing import Any

from django.utils.translation import gettext as _

from tongzhou.actors.models import Post
from tongzhou.mandates import cells
from tongzhou.mandates.actions.import_matrix import JOINT
from tongzhou.mandates.importing import FIXED, MATRIX, MEANS, MEANS_FIXED, NO_GRADE
from tongzhou.mandates.models import Charge, ChargeState, Duty
from tongzhou.mandates.parts import LETTERS, WORKING, MeansKind, Part

#: The colours of the parts, as on the page.
_FILLS = {"A": "FF9CC4EC", "R": "FFD9E8F8", "C": "FFEBE3F8"}
_ORDER = {part.value: place for place, part in enumerate(Part)}


def workbook(*, visible_to: Post, within: int = cells.EVERY, duties: Iterable[str] = ()) -> bytes:
    """The workbook: the sheets "matrix" and "means"; in these cells, of these duties (all
    where none is named). A line of the matrix is a duty with a set of phases × grades."""
    wanted = Duty.objects.filter(retired_at=None)
    if codes := list(duties):
        wanted = wanted.filter(code__in=codes)
    found = (
        Charge.objects.filter(
            duty__in=wanted, state__in=[ChargeState.IN_FORCE, ChargeState.PROPOSED]
        )
        .select_related("duty", "unit", "area")
        .defer("area__boundary", "area__profile")
        .prefetch_related("means")
    )
    charges = [charge for charge in found if charge.cells & within]
    # Read when first needed: the library is large and most processes never write a sheet.
    book = import_module("openpyxl").Workbook()
    book.remove(book.worksheets[0])
    _matrix(book.create_sheet(MATRIX), charges, list(wanted.order_by("side", "code")))
    _means(book.create_sheet(MEANS), charges)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _matrix(sheet: Any, charges: list[Charge], duties: list[Duty]) -> None:
    columns = sorted({_column(c) for c in charges}, key=lambda one: (one[2], one[0]))
    names = {_column(c): c.unit.name for c in charges}
    headers = [column[0] for column in columns]
    _write(sheet, [*FIXED, *headers])
    _write(sheet, ["#", _("Duty"), "", "", *(names[column] for column in columns)])
    lines: dict[str, dict[cells.Span, dict[str, set[str]]]] = {}
    for charge in charges:
        mark = LETTERS[charge.part] + ("" if charge.state == ChargeState.IN_FORCE else "?")
        for span in cells.spans(charge.cells):
            line = lines.setdefault(charge.duty.code, {}).setdefault(span, {})
            line.setdefault(_column(charge)[0], set()).add(mark)
    for duty in duties:
        by_span = lines.get(duty.code) or {cells.Span((), ()): {}}
        for span in sorted(by_span, key=lambda one: (one.phases, one.grades)):
            marks = [_joined(by_span[span].get(header, set())) for header in headers]
            phases = ", ".join(span.phases)
            grades = ", ".join(grade or NO_GRADE for grade in span.grades)
            _write(sheet, [duty.code, duty.name, phases, grades, *marks])
    _dress(sheet, len(FIXED))


def _means(sheet: Any, charges: list[Charge]) -> None:
    _write(sheet, [*MEANS_FIXED, "name", *MeansKind.values])
    there = [c for c in charges if c.state == ChargeState.IN_FORCE and c.part in WORKING]
    for charge in sorted(there, key=lambda c: (c.duty.code, c.area.path, _ORDER[c.part])):
        texts: dict[str, list[str]] = {}
        for one in sorted(charge.means.all(), key=lambda means: (means.at, means.id)):
            if one.ended_at is None:
                texts.setdefault(one.kind, []).append(one.text)
        name = f"{charge.duty.name} · {charge.unit.name}"
        said = [JOINT.join(texts.get(kind, [])) for kind in MeansKind.values]
        _write(sheet, [charge.duty.code, charge.unit.code, charge.area.code, name, *said])
    _dress(sheet, len(MEANS_FIXED) + 1)


def _joined(marks: set[str]) -> str:
    return "".join(sorted(marks, key=lambda mark: "ARCI".index(mark[0])))


def _column(charge: Charge) -> tuple[str, str, str]:
    """Heading, unit and path of a column."""
    own = charge.area_id == charge.unit.area_id
    header = charge.unit.code if own else f"{charge.unit.code}@{charge.area.code}"
    return header, charge.unit.code, charge.area.path


def _write(sheet: Any, values: Sequence[str]) -> None:
    """A line of text: whatever begins with "=" stays text and is no formula."""
    row = sheet.max_row + 1 if sheet.max_row > 1 or sheet["A1"].value is not None else 1
    for place, value in enumerate(values, start=1):
        if value:
            cell = sheet.cell(row, place, value)
            cell.data_type = "s"
            if value[0] in _FILLS and len(value) <= 8 and place > len(FIXED):
                cell.fill = import_module("openpyxl.styles").PatternFill(
                    "solid", fgColor=_FILLS[value[0]]
                )


def _dress(sheet: Any, fixed: int) -> None:
    styles = import_module("openpyxl.styles")
    sheet.freeze_panes = sheet.cell(2, fixed + 1)
    for cell in sheet[1]:
        cell.font = styles.Font(bold=True)
        if cell.column > fixed and sheet.title == MATRIX:
            cell.alignment = styles.Alignment(text_rotation=90, vertical="bottom")
    for place in range(1, fixed + 1):
        sheet.column_dimensions["ABCD"[place - 1]].width = 24 if place < 3 else 16

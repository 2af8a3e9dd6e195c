"""Reading the matrix out of a spreadsheet: the form in which it is exported, too.

The sheet "matrix": columns ``duty``, ``name`` (not read), ``phases``, ``grades``, then one
for each unit, headed by its code, or by ``code@area`` where it is charged for another area
than its own. A cell holds A, R, C or I, or several; a question mark behind it says that the
unit has not consented; ``-`` proposes to take away what the unit has; an empty cell changes
nothing. Lines that begin with ``#`` are not read. The sheet "means", if there is one: ``duty``,
``unit``, ``area``, and one column for each kind of means.
"""

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from datetime import datetime
from importlib import import_module
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.queries import UnitUnknown
from tongzhou.kernel.errors import Invalid, Refusal
from tongzhou.mandates import cells
from tongzhou.mandates.actions.change import TEXT_LIMIT, TextTooLong
from tongzhou.mandates.actions.import_matrix import (
    Column,
    MatrixRow,
    MeansRow,
    Report,
    import_matrix,
)
from tongzhou.mandates.parts import LETTERS, MeansKind
from tongzhou.places.models import Area
from tongzhou.places.queries import AreaUnknown

MATRIX, MEANS = "matrix", "means"
FIXED: Final = ("duty", "name", "phases", "grades")
MEANS_FIXED: Final = ("duty", "unit", "area")
NO_GRADE = "-"
LARGEST = 2 * 1024 * 1024
_UNPACKED = 60 * 1024 * 1024
MOST_ROWS, MOST_COLUMNS = 5_000, 400
MOST_FAULTS = 500
_PART = {letter: part for part, letter in LETTERS.items()}
_SEPARATOR = re.compile(r"[,，、;；\s]+")


class NotASpreadsheet(Invalid):
    """The file is not a workbook that can be read."""

    code = "not-a-spreadsheet"
    message = _("This is not an Excel workbook (.xlsx), or it is damaged.")


class SpreadsheetTooLarge(Invalid):
    """More than a matrix has."""

    code = "spreadsheet-too-large"
    message = _(
        "The workbook is too large: at most %(mb)s MB, %(rows)s lines and %(columns)s columns."
    )


class SheetMissing(Invalid):
    """No sheet of the name that is needed."""

    code = "sheet-missing"
    message = _("The workbook has no sheet called “%(name)s”.")


class ColumnMissing(Invalid):
    """A column that must be there is not."""

    code = "column-missing"
    message = _("The column “%(name)s” is missing.")


class ColumnUnknown(Invalid):
    """A heading that is neither a known column nor the code of a unit."""

    code = "column-unknown"
    message = _("“%(name)s” is neither a known column nor the code of a unit.")


class ColumnTwice(Invalid):
    """Two columns with one heading."""

    code = "matrix-column-twice"
    message = _("The column “%(name)s” stands here twice.")


class LetterUnknown(Invalid):
    """Something other than A, R, C, I."""

    code = "letter-unknown"
    message = _("“%(value)s” is not one of A, R, C and I (or “-” to take away).")


def import_file(content: bytes, *, by: Post, at: datetime, dry_run: bool = False) -> Report:
    """Reads a workbook and proposes what it says. With faults nothing is written. Raises
    NotAllowed, NotASpreadsheet, SpreadsheetTooLarge, SheetMissing, ColumnMissing."""
    book = _open(content)
    faults: list[Refusal] = []
    lookup = _Lookup()
    rows = _matrix(_lines(book, MATRIX), lookup, faults)
    means = _means(_lines(book, MEANS), lookup, faults) if MEANS in book.sheetnames else []
    return import_matrix(
        rows=rows, means=means, by=by, at=at, faults=faults[:MOST_FAULTS], dry_run=dry_run
    )


def _open(content: bytes) -> Any:
    if len(content) > LARGEST:
        raise _too_large()
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as packed:
            if sum(item.file_size for item in packed.infolist()) > _UNPACKED:
                raise _too_large()
        # Read when first needed: the library is large and most processes never read a sheet.
        openpyxl = import_module("openpyxl")
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True)
    except (zipfile.BadZipFile, KeyError, ValueError, OSError) as error:
        raise NotASpreadsheet(field="file") from error


def _too_large() -> SpreadsheetTooLarge:
    return SpreadsheetTooLarge(
        field="file", mb=LARGEST // 1024 // 1024, rows=MOST_ROWS, columns=MOST_COLUMNS
    )


def _lines(book: Any, name: str) -> list[tuple[int, list[str]]]:
    """The lines of a sheet as text, with their numbers; comments and blank ones left out."""
    if name not in book.sheetnames:
        raise SheetMissing(field="file", name=name)
    found: list[tuple[int, list[str]]] = []
    for number, values in enumerate(
        book[name].iter_rows(max_col=MOST_COLUMNS + 1, values_only=True), start=1
    ):
        texts = ["" if value is None else str(value).strip() for value in values]
        if len(found) > MOST_ROWS or len("".join(texts[MOST_COLUMNS:])):
            raise _too_large()
        if any(texts) and not texts[0].startswith("#"):
            found.append((number, texts))
    return found


class _Lookup:
    """Units and areas by code, each asked for once."""

    def __init__(self) -> None:
        self.units: dict[str, Unit] = {}
        self.areas: dict[str, Area] = {}

    def load(self, units: Iterable[str], areas: Iterable[str]) -> None:
        found = Unit.objects.select_related("area").filter(code__in=set(units))
        self.units |= {unit.code: unit for unit in found}
        self.areas |= {a.code: a for a in Area.objects.filter(code__in=set(areas))}

    def column(self, header: str) -> Column:
        """Raises UnitUnknown, AreaUnknown."""
        code, _at, area = header.partition("@")
        unit = self.units.get(code)
        if unit is None:
            raise UnitUnknown(field=header, code=code)
        if area and area not in self.areas:
            raise AreaUnknown(field=header, code=area)
        return Column(header, unit, self.areas[area] if area else unit.area)


def _matrix(
    lines: Sequence[tuple[int, list[str]]], lookup: _Lookup, faults: list[Refusal]
) -> list[MatrixRow]:
    if not lines:
        raise ColumnMissing(field="file", row=1, name=FIXED[0])
    number, headers = lines[0]
    places = _places(headers, FIXED, number, faults, needed=("duty",))
    codes = [h for h in headers if h and h not in FIXED]
    lookup.load([c.partition("@")[0] for c in codes], [c.partition("@")[2] for c in codes])
    columns: dict[int, Column] = {}
    for place, header in enumerate(headers):
        if header and header not in FIXED:
            try:
                columns[place] = lookup.column(header)
            except UnitUnknown:
                faults.append(ColumnUnknown(field=header, row=number, name=header))
            except AreaUnknown as refusal:
                refusal.row = number
                faults.append(refusal)
    return [_row(line, texts, places, columns, faults) for line, texts in lines[1:]]


def _places(
    headers: Sequence[str],
    known: Sequence[str],
    line: int,
    faults: list[Refusal],
    *,
    needed: Sequence[str],
) -> dict[str, int]:
    seen: dict[str, int] = {}
    for place, header in enumerate(headers):
        if header and header in seen:
            faults.append(ColumnTwice(field=header, row=line, name=header))
        elif header:
            seen[header] = place
    for name in needed:
        if name not in seen:
            raise ColumnMissing(field=name, row=line, name=name)
    return {name: seen[name] for name in known if name in seen}


def _row(
    line: int,
    texts: Sequence[str],
    places: dict[str, int],
    columns: dict[int, Column],
    faults: list[Refusal],
) -> MatrixRow:
    def text(name: str) -> str:
        return texts[places[name]] if name in places else ""

    covered = cells.EVERY
    try:
        grades = ["" if g == NO_GRADE else g for g in _words(text("grades"))]
        covered = cells.cells(_words(text("phases")), grades)
    except Refusal as refusal:
        refusal.row = line
        faults.append(refusal)
    parts: list[tuple[Column, str]] = []
    for place, column in columns.items():
        value = texts[place].upper().replace("?", "").replace("？", "")
        if value == "-":
            parts.append((column, ""))
            continue
        for letter in _SEPARATOR.sub("", value):
            if letter not in _PART:
                faults.append(LetterUnknown(field=column.header, row=line, value=texts[place]))
                break
            parts.append((column, _PART[letter]))
    return MatrixRow(line, text("duty"), covered, parts)


def _means(
    lines: Sequence[tuple[int, list[str]]], lookup: _Lookup, faults: list[Refusal]
) -> list[MeansRow]:
    if not lines:
        return []
    number, headers = lines[0]
    known = (*MEANS_FIXED, "name", *MeansKind.values)
    places = _places(headers, known, number, faults, needed=("duty", "unit"))
    for header in headers:
        if header and header not in known:
            faults.append(ColumnUnknown(field=header, row=number, name=header))
    area = places.get("area")
    lookup.load(
        [texts[places["unit"]] for _line, texts in lines[1:]],
        [texts[area] for _line, texts in lines[1:]] if area is not None else [],
    )
    rows = []
    for line, texts in lines[1:]:
        code = texts[places["unit"]]
        there = texts[area] if area is not None else ""
        try:
            column = lookup.column(f"{code}@{there}" if there else code)
            given = {k: texts[places[k]] for k in MeansKind.values if k in places}
            for kind, said in given.items():
                if len(said) > TEXT_LIMIT:
                    raise TextTooLong(field=kind, limit=TEXT_LIMIT)
        except Refusal as refusal:
            refusal.row = line
            faults.append(refusal)
            continue
        rows.append(
            MeansRow(line, texts[places["duty"]], column, {k: t for k, t in given.items() if t})
        )
    return rows


def _words(text: str) -> list[str]:
    return [word for word in _SEPARATOR.split(text.strip()) if word]

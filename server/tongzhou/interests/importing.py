"""Figures of areas from a CSV file: area, indicator, value, year, source. Every row is checked,
each bad one is told by row and code; nothing is kept here."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.interests.actions.record_figures import MOST, FigureAbsurd, Given, require
from tongzhou.kernel.errors import Invalid, NotAllowed, Refusal
from tongzhou.places.models import Area

COLUMNS: Final = ("area", "indicator", "value", "year", "source")
LARGEST: Final = 1_000_000


class FiguresFileWrong(Invalid):
    """A file that is not such a table."""

    code = "figures-file-wrong"
    message = _("A CSV file (UTF-8, 1 MB at most) with the columns %(columns)s, please.")


class FigureAreaUnknown(Invalid):
    """An area that is not here."""

    code = "figure-area-unknown"
    message = _("No area has the code “%(area)s”.")


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row of the file (the heading is row 1)."""

    row: int
    code: str
    message: str


@dataclass(frozen=True)
class Read:
    """The rows that are right, and what is wrong with the others."""

    figures: Sequence[Given]
    problems: Sequence[Problem]


def read(content: bytes, *, by: Post, at: datetime) -> Read:
    """Reads a file. Raises FiguresFileWrong."""
    wrong = FiguresFileWrong(field="file", columns=", ".join(COLUMNS))
    if not content or len(content) > LARGEST:
        raise wrong
    try:
        rows = list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), strict=True))
    except (UnicodeDecodeError, csv.Error) as error:
        raise wrong from error
    if not rows or set(rows[0]) != set(COLUMNS) or len(rows) > MOST:
        raise wrong
    codes = {(row["area"] or "").strip() for row in rows}
    areas = {a.code: a for a in Area.objects.filter(code__in=codes).defer("boundary", "profile")}
    figures: list[Given] = []
    problems: list[Problem] = []
    for place, row in enumerate(rows, start=2):
        try:
            given = _given(row, areas)
            require(given, by=by, at=at)
        except (Invalid, NotAllowed) as refusal:
            problems.append(_problem(place, refusal))
        else:
            figures.append(given)
    return Read(figures, problems)


def _given(row: dict[str, str | None], areas: dict[str, Area]) -> Given:
    text = {name: (row[name] or "").strip() for name in COLUMNS}
    area = areas.get(text["area"])
    if area is None:
        raise FigureAreaUnknown(field="area", area=text["area"][:40])
    try:
        value = Decimal(text["value"])
    except InvalidOperation as error:
        raise FigureAbsurd(field="value", value=text["value"][:20], most="…") from error
    year = int(text["year"]) if text["year"].isdecimal() and len(text["year"]) == 4 else 0
    return Given(area, text["indicator"], value, year, text["source"])


def _problem(row: int, refusal: Refusal) -> Problem:
    return Problem(row, refusal.code, str(refusal))

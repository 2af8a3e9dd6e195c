"""Reading a table of daily counts: CSV with a header, in UTF-8 or GB 18030."""

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import IO, Final

from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.actions.record_counts import CountMalformed
from tongzhou.kernel.errors import Invalid, Refusal

LARGEST_FILE: Final = 10 * 1024 * 1024
MOST_ROWS: Final = 200_000
FIGURES: Final = ("confirmed", "cured", "dead")
_REQUIRED: Final = ("date", "code", *FIGURES)
#: Column names that are understood, and what each holds; others are reported.
_COLUMNS: Final[Mapping[str, str]] = {
    "date": "date",
    "日期": "date",
    "city_code": "code",
    "area_code": "code",
    "code": "code",
    "区划代码": "code",
    "行政区划代码": "code",
    "城市代码": "code",
    "city": "name",
    "area": "name",
    "城市": "name",
    "地区": "name",
    "province": "",
    "省份": "",
    "province_code": "region",
    "省份代码": "region",
    "confirmed": "confirmed",
    "确诊": "confirmed",
    "累计确诊": "confirmed",
    "cured": "cured",
    "治愈": "cured",
    "累计治愈": "cured",
    "dead": "dead",
    "死亡": "dead",
    "累计死亡": "dead",
}
_DATE: Final = re.compile(r"^(\d{4})[-/](\d{1,2})[-/](\d{1,2})$")
_WHOLE: Final = re.compile(r"^\d{1,9}$")


class FileUnreadable(Invalid):
    """Bytes that are no text, or no table."""

    code = "counts-file-unreadable"
    message = _("This is no CSV file in UTF-8 or GB 18030.")


class FileTooLarge(Invalid):
    """More than is read at once."""

    code = "counts-file-too-large"
    message = _("The file is too large: at most %(megabytes)s MB and %(rows)s rows.")


class ColumnsMissing(Invalid):
    """Columns without which nothing can be recorded."""

    code = "counts-columns-missing"
    message = _("The file lacks these columns: %(columns)s.")


class DateMalformed(Invalid):
    """No calendar day."""

    code = "counts-date-malformed"
    message = _("“%(value)s” is no date; write it as 2020-01-23.")


@dataclass(frozen=True)
class RawRow:
    """One line that could be read. ``line`` counts as a spreadsheet does: the header is 1."""

    line: int
    date: date
    code: str
    region: str
    name: str
    confirmed: int
    cured: int
    dead: int


@dataclass
class Table:
    """What was read: good rows, what is wrong with the others, and columns that mean
    nothing here."""

    rows: list[RawRow] = field(default_factory=list)
    faults: list[Refusal] = field(default_factory=list)
    unknown_columns: list[str] = field(default_factory=list)
    lines: int = 0


def read(file: IO[bytes]) -> Table:
    """Reads the table. Raises FileUnreadable, FileTooLarge, ColumnsMissing; what is wrong
    with a row stands among the faults."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise too_large()
    reader = csv.reader(io.StringIO(_text(content)), strict=True)
    try:
        header = next(reader, [])
        places, unknown = _columns(header)
        table = Table(unknown_columns=unknown)
        for cells in reader:
            if not any(cell.strip() for cell in cells):
                continue
            table.lines += 1
            if table.lines > MOST_ROWS:
                raise too_large()
            given = {
                name: cells[place].strip() if place < len(cells) else ""
                for name, place in places.items()
            }
            _take(given, line=reader.line_num, table=table)
    except csv.Error as error:
        raise FileUnreadable(field="file", row=reader.line_num) from error
    return table


def too_large() -> FileTooLarge:
    """The refusal of a file beyond the limits."""
    return FileTooLarge(field="file", megabytes=LARGEST_FILE // 1024**2, rows=MOST_ROWS)


def _text(content: bytes) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise FileUnreadable(field="file")


def _columns(header: list[str]) -> tuple[dict[str, int], list[str]]:
    places: dict[str, int] = {}
    unknown = []
    for place, written in enumerate(header):
        meaning = _COLUMNS.get(written.strip().lower())
        if meaning is None:
            unknown.append(written.strip()[:80])
        elif meaning:
            places.setdefault(meaning, place)
    missing = [name for name in _REQUIRED if name not in places]
    if missing:
        named = {"code": "city_code"}
        columns = ", ".join(named.get(name, name) for name in missing)
        raise ColumnsMissing(field="file", columns=columns)
    return places, [name for name in unknown if name]


def _take(given: Mapping[str, str], *, line: int, table: Table) -> None:
    day = _day(given["date"])
    faults: list[Refusal] = []
    if day is None:
        faults.append(DateMalformed(field="date", row=line, value=given["date"][:40]))
    for name in FIGURES:
        if not _WHOLE.match(given[name]):
            faults.append(CountMalformed(field=name, row=line, value=given[name][:40]))
    table.faults.extend(faults)
    if faults or day is None:
        return
    table.rows.append(
        RawRow(
            line=line,
            date=day,
            code=given["code"][:40],
            region=given.get("region", "")[:40],
            name=given.get("name", "")[:80],
            confirmed=int(given["confirmed"]),
            cured=int(given["cured"]),
            dead=int(given["dead"]),
        )
    )


def _day(written: str) -> date | None:
    found = _DATE.match(written)
    if found is None:
        return None
    try:
        return date(*(int(part) for part in found.groups()))
    except ValueError:
        return None

"""Time limits as a CSV file, written line by line. Cells that a spreadsheet would take for a
formula get an apostrophe in front."""

import csv
import re
from collections.abc import Callable, Iterator
from datetime import datetime
from io import StringIO
from typing import Final

from django.utils import timezone, translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post
from tongzhou.clocks.queries import Filters, Row, Unit, all_rows
from tongzhou.ui.moments import duration_text

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
#: Excel takes a file without this mark for something other than UTF-8.
_MARK: Final = "\ufeff"


def _names(units: tuple[Unit, ...]) -> str:
    return "; ".join(unit.name for unit in units)


def _late(row: Row) -> str:
    return duration_text(row.late_by.total_seconds()) if row.late_by else ""


_COLUMNS: Final[dict[str | Promise, Callable[[Row], object]]] = {
    _("Limit"): lambda row: row.title,
    _("About"): lambda row: row.subject.label,
    _("Incident"): lambda row: row.incident.label if row.incident else "",
    pgettext_lazy("time limit", "Owner"): lambda row: _names(row.owners),
    _("Waiting"): lambda row: _names(row.watchers),
    _("Area code"): lambda row: row.clock.area,
    _("State"): lambda row: row.state_label,
    _("Began"): lambda row: row.clock.started_at,
    _("Ends"): lambda row: row.clock.due_at,
    _("Missed"): lambda row: row.clock.missed_at,
    _("Stopped"): lambda row: row.clock.stopped_at,
    _("Late by"): _late,
    _("Levels told"): lambda row: row.clock.level,
    _("Times extended"): lambda row: row.clock.extended,
    _("Rule"): lambda row: row.clock.rule,
}


def csv_rows(*, visible_to: Post, filters: Filters, at: datetime) -> Iterator[bytes]:
    """The file in pieces, in the language that is active now."""
    return _written(visible_to, filters, at, translation.get_language())


def _written(
    visible_to: Post, filters: Filters, at: datetime, language: str | None
) -> Iterator[bytes]:
    buffer = StringIO(_MARK)
    buffer.seek(0, 2)
    writer = csv.writer(buffer)
    with translation.override(language):
        writer.writerow([_cell(heading) for heading in _COLUMNS])
        for row in all_rows(visible_to=visible_to, filters=filters, at=at):
            writer.writerow([_cell(read(row)) for read in _COLUMNS.values()])
            if buffer.tell() > 1 << 15:
                yield _taken(buffer)
    yield _taken(buffer)


def _taken(buffer: StringIO) -> bytes:
    piece = buffer.getvalue().encode()
    buffer.seek(0)
    buffer.truncate()
    return piece


def _cell(value: object) -> str | int:
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

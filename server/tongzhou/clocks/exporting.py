"""Time limits as a CSV file, written line by line."""

from collections.abc import Iterator
from datetime import datetime
from typing import Final

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post
from tongzhou.clocks.queries import Filters, Row, Unit, all_rows
from tongzhou.ui import csv_files


def _names(units: tuple[Unit, ...]) -> str:
    return "; ".join(unit.name for unit in units)


_COLUMNS: Final[csv_files.Columns[Row]] = {
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
    _("Late by"): lambda row: row.late_by or "",
    _("Levels told"): lambda row: row.clock.level,
    _("Times extended"): lambda row: row.clock.extended,
    _("Rule"): lambda row: row.clock.rule,
}


def csv_rows(*, visible_to: Post, filters: Filters, at: datetime) -> Iterator[bytes]:
    """The file in pieces, in the language that is active now."""
    return csv_files.pieces(_COLUMNS, all_rows(visible_to=visible_to, filters=filters, at=at))

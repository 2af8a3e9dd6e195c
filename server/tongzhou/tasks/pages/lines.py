"""The lines of the list, made ready for the template: a list of fifty is what everybody
looks at all day, and looking each value up in a template costs more than reading them all
from the database."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from django.utils.safestring import SafeString

from tongzhou.tasks.queries import TaskRow
from tongzhou.ui.components.escaping import esc
from tongzhou.ui.components.forms import bulk_item
from tongzhou.ui.components.marks import badge, due


class Line(NamedTuple):
    """One line; every part may stand in HTML as it is. ``about``: reference, priority, area
    and incident."""

    number: SafeString
    box: SafeString
    title: SafeString
    about: SafeString
    state: SafeString
    asker: SafeString
    lead: SafeString
    due: SafeString


def lines(rows: Sequence[TaskRow], *, at: datetime, incident: bool = True) -> list[Line]:
    """The lines of a list; ``incident``: also which incident each belongs to."""
    return [
        Line(
            SafeString(row.number),
            bulk_item(row.number, row.reference, name="number"),
            SafeString(esc(row.title)),
            _about(row, incident=incident),
            badge(row.state, row.state_label),
            SafeString(esc(row.asker.name)),
            SafeString(esc(row.lead.name)),
            due(row.due_at, at, row.done_at is not None),
        )
        for row in rows
    ]


def _about(row: TaskRow, *, incident: bool) -> SafeString:
    parts = [row.reference]
    if row.priority:
        parts.append(f'<b class="tk-flag-{row.priority}">{esc(row.priority_label)}</b>')
    parts.append(esc(row.area.name))
    if incident and row.incident is not None:
        parts.append(esc(row.incident.name))
    return SafeString(" · ".join(parts))

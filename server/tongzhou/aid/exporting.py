"""The board as a file: a line for each call."""

from collections.abc import Iterator
from itertools import chain

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.actors.models import Post
from tongzhou.aid.models import AidRequest
from tongzhou.aid.queries import requests
from tongzhou.ui import csv_files


def csv_rows(*, visible_to: Post, filters: requests.Filters) -> Iterator[bytes]:
    """A CSV file in pieces, in the language that is active when it is asked for."""
    head = [
        _("Number"),
        pgettext("of aid", "What is needed"),
        _("What kind of aid"),
        pgettext("of aid", "Asked by"),
        _("Where it is needed"),
        _("Incident"),
        pgettext("first day", "From"),
        pgettext("last day", "Until"),
        pgettext("of aid", "How urgent"),
        pgettext("stage of aid", "Asked"),
        pgettext("stage of aid", "Offered"),
        pgettext("stage of aid", "Agreed"),
        pgettext("stage of aid", "On the way"),
        pgettext("stage of aid", "Here"),
        pgettext("stage of aid", "Gone home"),
        _("Asked at"),
        _("Over since"),
    ]
    rows = requests.all_rows(visible_to=visible_to, filters=filters)
    return csv_files.table(chain([head], (_cells(row) for row in rows)))


def _cells(row: AidRequest) -> list[object]:
    stages = [getattr(row, n) for n in ("offered", "agreed", "on_the_way", "here", "gone")]
    return [
        row.reference,
        row.what,
        row.get_kind_display(),
        row.unit.name,
        row.area.name,
        row.incident.title if row.incident else "",
        row.starts_on,
        row.ends_on,
        row.get_priority_display(),
        row.count,
        *stages,
        row.asked_at,
        row.closed_at,
    ]

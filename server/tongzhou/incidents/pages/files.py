"""What stands in the files of reports upwards and of field shifts, column by column. The words
of those in the field (place, notes) stay on the page."""

from collections.abc import Callable, Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from tongzhou.incidents.models import Shift
from tongzhou.incidents.queries.reports import Way
from tongzhou.ui.csv_files import cell

REPORTS: Final[Mapping[str | Promise, Callable[[Way], object]]] = {
    gettext_lazy("About"): lambda way: (
        _("early signal") if way.report.signal_id else _incident(way)
    ),
    gettext_lazy("Area code"): lambda way: way.report.about.area.code,
    gettext_lazy("Chain"): lambda way: way.version.title,
    gettext_lazy("Noticed"): lambda way: way.report.noticed_at,
    gettext_lazy("Begun"): lambda way: way.report.started_at,
    gettext_lazy("Begun by"): lambda way: way.report.started_by.unit.name,
    gettext_lazy("With"): lambda way: way.report.holder.name if way.report.holder else "",
    gettext_lazy("Pass on until"): lambda way: (
        way.here.leg.due_at if way.here and way.here.leg else None
    ),
    gettext_lazy("Arrived"): lambda way: way.report.ended_at,
    gettext_lazy("In all"): lambda way: way.total,
    gettext_lazy("Levels"): lambda way: _levels(way),
    gettext_lazy("Late levels"): lambda way: sum(stage.late is not None for stage in way.stages),
}
SHIFTS: Final[Mapping[str | Promise, Callable[[Shift], object]]] = {
    gettext_lazy("Unit"): lambda shift: shift.unit.name,
    gettext_lazy("Unit code"): lambda shift: shift.unit.code,
    gettext_lazy("Area"): lambda shift: shift.area.name,
    gettext_lazy("Area code"): lambda shift: shift.area.code,
    gettext_lazy("Incident"): lambda shift: shift.incident.title if shift.incident else "",
    gettext_lazy("People"): lambda shift: shift.people,
    gettext_lazy("Rhythm"): lambda shift: shift.every,
    gettext_lazy("Begun"): lambda shift: shift.started_at,
    gettext_lazy("Last check-in"): lambda shift: shift.last_at,
    gettext_lazy("Next check-in"): lambda shift: None if shift.ended_at else shift.due_at,
    gettext_lazy("Needs help"): lambda shift: _("yes") if shift.needs_help else "",
    gettext_lazy("Ended"): lambda shift: shift.ended_at,
}


def _incident(way: Way) -> str:
    incident = way.report.incident
    return incident.title if incident is not None else ""


def _levels(way: Way) -> str:
    """Each level that it was at, with the time there."""
    return "; ".join(
        f"{stage.title}: {cell(stage.held)}" for stage in way.stages if stage.held is not None
    )

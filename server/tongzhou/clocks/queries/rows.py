"""Clocks as lists show them, with the names of everything."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from tongzhou.actors import sentences
from tongzhou.actors.models import Post
from tongzhou.actors.models import Unit as UnitModel
from tongzhou.actors.sentences import Subject
from tongzhou.clocks.models import Clock, State
from tongzhou.clocks.rules import rule_of
from tongzhou.kernel import clock as time
from tongzhou.library.kinds.clocks import ClockRule
from tongzhou.places.models import Area
from tongzhou.ui import moments

_INCIDENT: Final = "incident"
_TONES: Final[Mapping[str, str]] = {
    "running": "blue",
    "missed": "red",
    "late": "orange",
    "met": "green",
    "ended": "grey",
    "cancelled": "grey",
}


@dataclass(frozen=True)
class Unit:
    """A unit by name."""

    id: UUID
    code: str
    name: str


@dataclass(frozen=True)
class Row:
    """A clock in the active language. ``relations``: how the reader's unit stands to it."""

    clock: Clock
    rule: ClockRule
    owners: tuple[Unit, ...]
    watchers: tuple[Unit, ...]
    subject: Subject
    incident: Subject | None
    relations: frozenset[str]
    area: str

    @property
    def title(self) -> str:
        """What limit it is."""
        return str(self.rule.title)

    @property
    def state(self) -> str:
        """The state, with "late" for what was missed and then done."""
        return "late" if self.clock.late_by is not None else self.clock.state

    @property
    def state_label(self) -> str:
        """The state in words."""
        return _("done late") if self.state == "late" else str(State(self.clock.state).label)

    @property
    def late_by(self) -> timedelta | None:
        """By how much it was met late."""
        return self.clock.late_by

    @property
    def can_be_extended(self) -> bool:
        """Whether its end is its own; otherwise it moves with the due time of its object."""
        return self.clock.is_open and self.rule.until is None

    @property
    def tone(self) -> str:
        """The tone in which the state is shown."""
        return _TONES[self.state]

    @property
    def left_text(self) -> str:
        """What is left, or how late it is, in words; the page lets it tick."""
        seconds = (self.clock.due_at - time.now()).total_seconds()
        late, left = pgettext("time limit", "overdue by {n}"), pgettext("time limit", "{n} left")
        return (late if seconds < 0 else left).replace("{n}", moments.duration_text(seconds))


def rows_of(clocks: Sequence[Clock], *, reader: Post) -> list[Row]:
    """The clocks with all names. As many queries as there are kinds of objects among them,
    and one each for units, incidents and areas."""
    units = _units({unit for clock in clocks for unit in (*clock.owners, *clock.watchers)})
    subjects = _subjects(clocks)
    incidents = sentences.named(
        _INCIDENT, {clock.incident: {} for clock in clocks if clock.incident is not None}
    )
    areas = _areas({clock.area for clock in clocks if clock.area})
    return [_row(clock, units, subjects, incidents, areas, reader) for clock in clocks]


def _row(
    clock: Clock,
    units: Mapping[UUID, Unit],
    subjects: Mapping[UUID, Subject],
    incidents: Mapping[UUID, Subject],
    areas: Mapping[str, str],
    reader: Post,
) -> Row:
    inside = clock.incident is not None and clock.about_kind != _INCIDENT
    return Row(
        clock=clock,
        rule=rule_of(clock.rule, clock.version),
        owners=tuple(units[unit] for unit in clock.owners if unit in units),
        watchers=tuple(units[unit] for unit in clock.watchers if unit in units),
        subject=subjects.get(clock.about_id) or Subject(_("something that has no page")),
        incident=incidents.get(clock.incident) if inside and clock.incident else None,
        relations=clock.relations_of(reader),
        area=areas.get(clock.area, clock.area),
    )


def _units(ids: set[UUID]) -> dict[UUID, Unit]:
    found = UnitModel.objects.only("id", "code", "name_zh", "name_en").filter(id__in=ids)
    return {unit.id: Unit(unit.id, unit.code, unit.name) for unit in found} if ids else {}


def _areas(codes: set[str]) -> dict[str, str]:
    found = Area.objects.only("code", "name_zh", "name_en").filter(code__in=codes)
    return {area.code: area.name for area in found} if codes else {}


def _subjects(clocks: Sequence[Clock]) -> dict[UUID, Subject]:
    by_kind: dict[str, dict[UUID, Mapping[str, Any]]] = defaultdict(dict)
    for clock in clocks:
        by_kind[clock.about_kind][clock.about_id] = clock.data
    found: dict[UUID, Subject] = {}
    for kind, objects in by_kind.items():
        found |= sentences.named(kind, objects)
    return found

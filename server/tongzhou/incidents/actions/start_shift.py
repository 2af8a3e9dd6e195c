from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import SHIFT_START
from tongzhou.incidents.actions.change import exercise_mark, require_world
from tongzhou.incidents.acts import SHIFT_STARTED
from tongzhou.incidents.models import Incident, Shift
from tongzhou.kernel.errors import Invalid, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.places.models import Area

SHORTEST: Final = timedelta(minutes=15)
LONGEST: Final = timedelta(hours=24)
MOST_PEOPLE: Final = 999
LONGEST_LINE: Final = 200


class RhythmOutside(Invalid):
    """A check-in more often than every quarter of an hour, or less than once a day."""

    code = "rhythm-outside"
    message = _("Check-ins can be agreed from every 15 minutes to once a day.")


class PeopleOutside(Invalid):
    """A number of people that cannot be."""

    code = "people-outside"
    message = _("Between 1 and %(most)s people can be on one shift.")


class PlaceTooLong(Invalid):
    """A place longer than a line."""

    code = "place-too-long"
    message = _("The place takes at most %(limit)s characters.")


class UnitInactive(Invalid):
    """The unit does not work any more."""

    code = "shift-unit-inactive"
    message = _("%(unit)s is not active any more.")


def start_shift(
    *,
    unit: Unit,
    area: Area,
    people: int,
    every: timedelta,
    by: Post,
    at: datetime,
    place: str = "",
    incident: Incident | None = None,
    id: UUID | None = None,
) -> Shift:
    """Sends people of a unit out, who then check in at least ``every`` so often. How many is
    kept, never who. The place in words stands beside the ledger.

    Raises NotAllowed, NothingReal, NotFound (an incident that the post does not see),
    UnitInactive, RhythmOutside, PeopleOutside, PlaceTooLong.
    """
    permissions.require(by=by, word=SHIFT_START, on=unit)
    require_world(exercise=incident is not None and incident.exercise, by=by, field="incident")
    if not unit.active:
        raise UnitInactive(field="unit", unit=unit.name)
    if not SHORTEST <= every <= LONGEST:
        raise RhythmOutside(field="every")
    people_possible(people)
    if len(place.strip()) > LONGEST_LINE:
        raise PlaceTooLong(field="place", limit=LONGEST_LINE)
    if incident is not None and not incident.relations_of(by):
        raise NotFound(field="incident")
    with transaction.atomic():
        shift = Shift(
            id=id or new_id(),
            unit=unit,
            incident=incident,
            area=area,
            place=place.strip(),
            people=people,
            every=every,
            started_at=at,
            started_by=by,
            last_at=at,
            due_at=at + every,
        )
        shift.save(force_insert=True)
        append(
            SHIFT_STARTED,
            at=at,
            about=("shift", shift.id),
            **by.signs(),
            with_units=[unit.id],
            incident=incident.id if incident else None,
            phase=incident.phase if incident else "",
            area=area.code,
            due_at=shift.due_at,
            audience=unit.line,
            data={
                "unit": str(unit.id),
                "people": people,
                "every": int(every.total_seconds()),
                **exercise_mark(incident),
            },
        )
    return shift


def people_possible(people: int) -> None:
    """Raises PeopleOutside."""
    if not 1 <= people <= MOST_PEOPLE:
        raise PeopleOutside(field="people", most=MOST_PEOPLE)

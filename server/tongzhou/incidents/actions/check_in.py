from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIFT_CHECK_IN
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.actions.start_shift import people_possible
from tongzhou.incidents.acts import SHIFT_CHECKED_IN, SHIFT_HELP_ASKED
from tongzhou.incidents.models import CheckIn, Shift
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append

LONGEST_NOTE = 500


class ShiftEnded(Conflict):
    """The shift is over."""

    code = "shift-ended"
    message = _("This shift has ended. Start a new one to go out again.")


class NoteTooLong(Invalid):
    """More words than a check-in takes."""

    code = "note-too-long"
    message = _("A note takes at most %(limit)s characters.")


def locked_shift(shift: UUID) -> Shift:
    """The shift with unit, area and incident, locked."""
    found = (
        Shift.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "area", "incident")
        .get(id=shift)
    )
    return found


def still_out(shift: Shift) -> None:
    """Raises ShiftEnded."""
    if shift.ended_at is not None:
        raise ShiftEnded()


def check_in(
    *,
    shift: Shift,
    by: Post,
    at: datetime,
    people: int | None = None,
    needs_help: bool = False,
    note: str = "",
) -> Shift:
    """Tells that the people who are out are well, or that they need help; the next check-in
    is due one rhythm later. ``people``: how many there are now, if that changed.

    Raises NotFound, NotAllowed, ShiftEnded, PeopleOutside, NoteTooLong.
    """
    with transaction.atomic():
        locked = locked_shift(shift.id)
        permissions.require(by=by, word=SHIFT_CHECK_IN, on=locked)
        still_out(locked)
        people = locked.people if people is None else people
        people_possible(people)
        if len(note.strip()) > LONGEST_NOTE:
            raise NoteTooLong(field="note", limit=LONGEST_NOTE)
        asked, was_due = locked.last_at, locked.due_at
        made = CheckIn(
            id=new_id(),
            shift=locked,
            at=at,
            due_at=was_due,
            people=people,
            needs_help=needs_help,
            note=note.strip(),
            post=by,
        )
        made.save(force_insert=True)
        locked.last_at, locked.due_at = at, at + locked.every
        locked.people, locked.needs_help = people, needs_help
        locked.save(update_fields=["last_at", "due_at", "people", "needs_help"])
        append(
            SHIFT_HELP_ASKED if needs_help else SHIFT_CHECKED_IN,
            at=at,
            about=("shift", locked.id),
            **by.signs(),
            with_units=[locked.unit.line[-2]] if needs_help and locked.unit.above else [],
            incident=locked.incident_id,
            phase=locked.incident.phase if locked.incident else "",
            area=locked.area.code,
            asked_at=asked,
            due_at=locked.due_at,
            outcome="late" if at > was_due else "in time",
            audience=locked.unit.line,
            data={
                "unit": str(locked.unit_id),
                "people": people,
                "check_in": str(made.id),
                **exercise_mark(locked.incident),
            },
        )
    return locked

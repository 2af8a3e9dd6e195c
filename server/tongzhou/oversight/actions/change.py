"""What the acts of this room have in common: deadlines, texts, numbers, and who is told."""

from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid, NotFound, TextMissing

LONG: Final = 10_000
#: What has longer time than this is no deadline.
LONGEST: Final = timedelta(days=366)


class DeadlinePassed(Invalid):
    """A deadline that does not lie ahead."""

    code = "deadline-passed"
    message = _("The deadline lies in the past. Choose a later one.")


class DeadlineTooFar(Invalid):
    """A deadline more than a year ahead."""

    code = "deadline-too-far"
    message = _("The deadline lies more than a year ahead.")


class TextTooLong(Invalid):
    """More text than anybody reads."""

    code = "words-too-long"
    message = _("At most %(limit)d characters, please.")


class UnitClosed(Invalid):
    """The unit does not exist any more."""

    code = "unit-no-longer-asked"
    message = _("%(unit)s is closed and cannot be asked any more.")


class ExerciseNeedsIncident(Invalid):
    """Something real, asked for by who is in an exercise."""

    code = "oversight-needs-exercise"
    message = _("You are in an exercise: choose its incident, or leave the exercise first.")


def require_deadline(due_at: datetime, *, at: datetime, field: str = "due_at") -> None:
    """Raises DeadlinePassed, DeadlineTooFar."""
    if due_at <= at:
        raise DeadlinePassed(field=field)
    if due_at > at + LONGEST:
        raise DeadlineTooFar(field=field)


def text_given(text: str, *, field: str, limit: int = LONG) -> str:
    """The text without blanks around it. Raises TextMissing, TextTooLong."""
    if not text.strip():
        raise TextMissing(field=field)
    return text_bounded(text, field=field, limit=limit)


def text_bounded(text: str, *, field: str, limit: int = LONG) -> str:
    """The same of a text that may be empty."""
    if len(text.strip()) > limit:
        raise TextTooLong(field=field, limit=limit)
    return text.strip()


def require_active(unit: Unit, *, field: str) -> None:
    """Raises UnitClosed."""
    if not unit.active:
        raise UnitClosed(field=field, unit=unit.name)


def require_incident(incident: Incident | None, *, by: Post) -> None:
    """An incident that the post may not see does not exist for it, and nothing real is asked
    for in an exercise. Raises NotFound, ExerciseNeedsIncident."""
    if incident is not None and not incident.relations_of(by):
        raise NotFound(field="incident")
    if by.exercise and (incident is None or not incident.exercise):
        raise ExerciseNeedsIncident(field="incident")


def next_number(sequence: str) -> int:
    """The next number of a sequence of this room."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"oversight_{sequence}"])
        return int(cursor.fetchone()[0])


def basis_towards(unit: Unit, *, by: Post) -> str:
    """Within one line of command it is an order; beside it, the law must give the right."""
    return "order" if by.unit_id in unit.line else "law"

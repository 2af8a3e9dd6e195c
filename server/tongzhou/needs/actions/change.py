"""What the acts on needs have in common: lock, permission, texts, numbers, the line in the
ledger, and whose turn it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Word
from tongzhou.incidents import access as incident_access
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.models import AUTHORITIES, Incident
from tongzhou.kernel.errors import Conflict, Invalid, NotFound, ReasonMissing
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.needs.models import Need
from tongzhou.places.models import Area

LINE: Final = 200
REASON: Final = 500
TEXT: Final = 5_000
#: What is needed later than this is a plan, not a need.
FURTHEST: Final = timedelta(days=366)


class WordsTooMany(Invalid):
    """More text than anybody reads."""

    code = "need-words-too-long"
    message = _("At most %(limit)d characters, please.")


class NeedNotOpen(Conflict):
    """The need was withdrawn or went into another one."""

    code = "need-closed"
    message = _("%(reference)s is withdrawn or merged; nothing more can be done with it.")


class NeedTimeOff(Invalid):
    """A time for a need that is past, or more than a year ahead."""

    code = "need-time-off"
    message = _("The time must lie ahead, and within a year.")


class NeedsExercise(Invalid):
    """Something real, asked for by who is in an exercise."""

    code = "need-in-exercise"
    message = _("You are in an exercise: choose its incident, or leave the exercise first.")


class IncidentOver(Conflict):
    """The incident is closed: nothing new is asked for in it."""

    code = "need-incident-closed"
    message = _("The incident is closed. Ask without it.")


def bounded(text: str, *, field: str, limit: int = LINE) -> str:
    """The text without blanks around it. Raises WordsTooMany."""
    text = text.strip()
    if len(text) > limit:
        raise WordsTooMany(field=field, limit=limit)
    return text


def reason_given(text: str, *, field: str = "reason", limit: int = REASON) -> str:
    """A reason that is one. Raises ReasonMissing, WordsTooMany."""
    if not text.strip():
        raise ReasonMissing(field=field)
    return bounded(text, field=field, limit=limit)


def require_ahead(moment: datetime | None, *, at: datetime, field: str) -> None:
    """Raises NeedTimeOff."""
    if moment is not None and not at < moment <= at + FURTHEST:
        raise NeedTimeOff(field=field)


def require_incident(incident: Incident | None, *, by: Post) -> None:
    """An incident that the post may not see does not exist for it; one that is closed takes
    nothing new; nothing real is asked for in an exercise. Raises NotFound, IncidentOver,
    NeedsExercise."""
    if incident is not None and not incident.relations_of(by):
        raise NotFound(field="incident")
    if incident is not None and incident.closed_at is not None:
        raise IncidentOver(field="incident")
    if by.exercise and (incident is None or not incident.exercise):
        raise NeedsExercise(field="incident")


def next_number(sequence: str, *, count: int = 1) -> list[int]:
    """The next numbers of a sequence of this room."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(%s) FROM generate_series(1, %s)", [f"needs_{sequence}", count]
        )
        return [int(row[0]) for row in cursor.fetchall()]


def first_holder(unit: Unit, *, area: Area) -> Unit:
    """Whose turn it is first: the unit above; of one that stands in no line the lowest
    authority over the place; else the unit itself."""
    if unit.parent_id is not None:
        return Unit.objects.get(id=unit.parent_id)
    return authority_of(area) or unit


def authority_of(area: Area) -> Unit | None:
    """The authority of the smallest area around a place; of several the one that commands."""
    found = Unit.objects.filter(active=True, sector__in=AUTHORITIES, area__code__in=area.line())
    ranked = sorted(
        found.select_related("area"), key=lambda u: (-len(u.area.path), len(u.line), u.code)
    )
    return ranked[0] if ranked else None


def begin(need: Need, *, by: Post, word: Word, open_only: bool = True) -> Need:
    """Locks the need and asks permission. Raises NotFound, NotAllowed, NeedNotOpen."""
    locked = (
        Need.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "area", "incident", "holder")
        .defer("area__boundary", "area__profile")
        .get(id=need.id)
    )
    permissions.require(by=by, word=word, on=locked)
    if open_only and not locked.is_open:
        raise NeedNotOpen(reference=locked.reference)
    return locked


def grant_sight(incident: Incident | None, *units: Unit) -> None:
    """Who asks or gives in an incident gets sight of it."""
    if incident is not None:
        incident_access.grant(incident.id, [unit.id for unit in units], "tasked")


def record(
    type: ActType,
    *,
    need: Need,
    by: Post | None,
    at: datetime,
    due_at: datetime | None = None,
    basis: str = "",
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the need; its unit, its holder and those above both are told."""
    told = {*need.unit.line, *need.holder.line}
    append(
        type,
        at=at,
        about=("need", need.id),
        **(by.signs() if by is not None else {}),
        with_units=[need.unit_id, need.holder_id],
        incident=need.incident_id,
        area=need.area.code,
        basis=basis,
        due_at=due_at,
        outcome=outcome,
        audience=told,
        data={
            "number": need.number,
            "unit": str(need.unit_id),
            "holder": str(need.holder_id),
            "priority": str(need.priority),
            **exercise_mark(need.incident),
            **(data or {}),
        },
    )

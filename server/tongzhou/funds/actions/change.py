"""What the acts of this room have in common: texts, days, numbers, binding, who is told."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.models import Fund
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid, NotFound, ReasonMissing, TextMissing
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.places.models import Area

LONG: Final = 4_000
LINE: Final = 300
#: How long whoever keeps a fund has for an answer.
DECIDE_WITHIN: Final = timedelta(days=3)
FARTHEST: Final = timedelta(days=366 * 5)


class TextTooLong(Invalid):
    """More text than anybody reads."""

    code = "money-text-too-long"
    message = _("At most %(limit)d characters, please.")


class UnitGone(Invalid):
    """The unit does not exist any more."""

    code = "money-unit-closed"
    message = _("%(unit)s is closed.")


class DaysTurned(Invalid):
    """An end before its beginning, or a day in another age."""

    code = "days-turned"
    message = _("The last day lies before the first, or too far away.")


class MoneyNeedsExercise(Invalid):
    """Something real, asked for by who is in an exercise."""

    code = "money-needs-exercise"
    message = _("You are in an exercise: choose its incident, or leave the exercise first.")


class FundNotRunning(Conflict):
    """A fund whose term is over or has not begun."""

    code = "fund-not-running"
    message = _("“%(fund)s” runs from %(since)s to %(until)s: nothing can be spent now.")


class PurposeBound(Conflict):
    """Money that is bound to another purpose."""

    code = "purpose-bound"
    message = _("“%(fund)s” may be spent on this alone: %(purposes)s.")


class AreaBound(Conflict):
    """Money that is bound to another area."""

    code = "area-bound"
    message = _("“%(fund)s” may be spent in %(area)s alone.")


class IncidentBound(Conflict):
    """Money that is bound to another incident."""

    code = "incident-bound"
    message = _("“%(fund)s” may be spent on “%(incident)s” alone.")


class OwnRequest(Conflict):
    """Somebody would approve what the same person asked for."""

    code = "own-request"
    message = _("You asked for it yourself: somebody else has to decide (four eyes).")


def written(text: str, *, field: str, limit: int = LONG) -> str:
    """The text without blanks around it. Raises TextMissing, TextTooLong."""
    if not text.strip():
        raise TextMissing(field=field)
    return bounded(text, field=field, limit=limit)


def bounded(text: str, *, field: str, limit: int = LONG) -> str:
    """The same of a text that may be empty."""
    if len(text.strip()) > limit:
        raise TextTooLong(field=field, limit=limit)
    return text.strip()


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing, TextTooLong."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return bounded(reason, field="reason")


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def require_days(since: date, until: date | None, *, at: datetime, field: str = "until") -> None:
    """Raises DaysTurned."""
    days = [since] if until is None else [since, until]
    if any(abs(day - day_of(at)) > FARTHEST for day in days) or days[-1] < since:
        raise DaysTurned(field=field)


def require_active(unit: Unit, *, field: str) -> None:
    """Raises UnitGone."""
    if not unit.active:
        raise UnitGone(field=field, unit=unit.name)


def require_incident(incident: Incident | None, *, by: Post) -> None:
    """An incident that the post may not see does not exist for it, and no real money moves in
    an exercise. Raises NotFound, MoneyNeedsExercise."""
    if incident is not None and not incident.relations_of(by):
        raise NotFound(field="incident")
    if by.exercise != bool(incident is not None and incident.exercise):
        raise MoneyNeedsExercise(field="incident")


def require_fits(fund: Fund, *, purpose: str, area: Area, incident: Incident | None) -> None:
    """What is bound is spent on nothing else. Raises PurposeBound, AreaBound, IncidentBound."""
    if fund.purposes and purpose not in fund.purposes:
        raise PurposeBound(field="purpose", fund=fund.name, purposes=", ".join(fund.purpose_labels))
    if fund.area is not None and not fund.area.contains(area):
        raise AreaBound(field="area", fund=fund.name, area=fund.area.name)
    wanted = incident.id if incident is not None else None
    if fund.incident is not None and fund.incident_id != wanted:
        raise IncidentBound(field="incident", fund=fund.name, incident=fund.incident.title)


def require_running(fund: Fund, *, at: datetime) -> None:
    """Raises FundNotRunning."""
    if not fund.runs(day_of(at)):
        raise FundNotRunning(
            fund=fund.name, since=fund.starts_on.isoformat(),
            until=fund.ends_on.isoformat() if fund.ends_on else "…",
        )  # fmt: skip


def require_other_eyes(asked: Post, *, by: Post) -> None:
    """The same person in another post is the same person. Raises OwnRequest."""
    if asked.person_id == by.person_id:
        raise OwnRequest()


def next_number(sequence: str) -> int:
    """The next number of a sequence of this room."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"funds_{sequence}_number"])
        return int(cursor.fetchone()[0])


def record(
    type: ActType,
    *,
    about: tuple[str, UUID],
    by: Post | None,
    at: datetime,
    units: Iterable[UUID | None],
    incident: Incident | None,
    area: Area,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    evidence: str = "",
    basis: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about money; the ``units`` that have to do with it are told."""
    concerned = [unit for unit in units if unit is not None]
    append(
        type,
        at=at,
        about=about,
        **(by.signs() if by is not None else {}),
        with_units=concerned,
        incident=incident.id if incident is not None else None,
        phase=incident.phase if incident is not None else "",
        area=area.code,
        basis=basis,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        evidence=evidence,
        audience=concerned,
        data={**exercise_mark(incident), **(data or {})},
    )

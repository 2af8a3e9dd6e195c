"""What the acts of this room have in common: texts, days, counts, numbers, sides, the lock, and
the line in the ledger."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import Word
from tongzhou.aid.choices import AgreementState
from tongzhou.aid.models import Agreement, AidRequest
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict, Invalid, NotFound, ReasonMissing, Refusal, TextMissing
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType
from tongzhou.places.models import Area

LONG: Final = 4_000
LINE: Final = 300
MOST: Final = 10_000
#: A million million of the smallest unit: past it something was mistyped.
MOST_COST: Final = 10**14
FARTHEST: Final = timedelta(days=366 * 2)


class AidTextTooLong(Invalid):
    """More text than anybody reads."""

    code = "aid-text-too-long"
    message = _("At most %(limit)d characters, please.")


class AidDaysTurned(Invalid):
    """An end before its beginning, or a day in another age."""

    code = "aid-days-turned"
    message = _("The days are turned round, or lie too far away.")


class AidCountWrong(Invalid):
    """A number of packages or people that is none."""

    code = "aid-count-wrong"
    message = _("This is a whole number from %(least)d to %(most)d.")


class AidCostWrong(Invalid):
    """A negative or absurd cost."""

    code = "aid-cost-wrong"
    message = _("The cost is an amount of nothing or more, and no fund pays more than exists.")


class AidNeedsExercise(Invalid):
    """Something real, by who is in an exercise."""

    code = "aid-needs-exercise"
    message = _("You are in an exercise: choose its incident, or leave the exercise first.")


class AidOtherSide(Refusal):
    """Only the other side of the agreement may do this."""

    code = "aid-other-side"
    status = 403
    message = _("Of %(reference)s only %(units)s can do this.")


class AgreementNotInForce(Conflict):
    """Something done under an agreement that does not bind anybody yet, or any more."""

    code = "aid-not-in-force"
    message = _("%(reference)s is not in force: “%(state)s”. Both sides have to sign it first.")


class CallOver(Conflict):
    """A call for aid that was closed or ended by its day."""

    code = "aid-call-over"
    message = _("%(reference)s is over.")


def written(text: str, *, field: str, limit: int = LONG) -> str:
    """The text without blanks around it. Raises TextMissing, AidTextTooLong."""
    if not text.strip():
        raise TextMissing(field=field)
    return bounded(text, field=field, limit=limit)


def bounded(text: str, *, field: str, limit: int = LONG) -> str:
    """The same of a text that may be empty."""
    if len(text.strip()) > limit:
        raise AidTextTooLong(field=field, limit=limit)
    return text.strip()


def reason_given(reason: str) -> str:
    """The reason without blanks around it. Raises ReasonMissing, AidTextTooLong."""
    if not reason.strip():
        raise ReasonMissing(field="reason")
    return bounded(reason, field="reason")


def counted(count: int, *, field: str = "count", least: int = 1, most: int = MOST) -> int:
    """The count, when it is one. Raises AidCountWrong."""
    if type(count) is not int or not least <= count <= most:
        raise AidCountWrong(field=field, least=least, most=most)
    return count


def costed(cost: int, *, field: str = "cost") -> int:
    """The cost, when it is one. Raises AidCostWrong."""
    if type(cost) is not int or not 0 <= cost <= MOST_COST:
        raise AidCostWrong(field=field)
    return cost


def day_of(at: datetime) -> date:
    """The local day of a moment."""
    return timezone.localtime(at).date()


def end_of(day: date) -> datetime:
    """The last moment of a local day."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)))


def require_days(*days: date, at: datetime, field: str) -> None:
    """Each on or after the one before, and none in another age. Raises AidDaysTurned."""
    if list(days) != sorted(days) or any(abs(day - day_of(at)) > FARTHEST for day in days):
        raise AidDaysTurned(field=field)


def require_incident(incident: Incident | None, *, by: Post) -> None:
    """An incident that the post may not see does not exist for it; nothing real is done in an
    exercise. Raises NotFound, AidNeedsExercise."""
    if incident is not None and not incident.relations_of(by):
        raise NotFound(field="incident")
    if by.exercise != bool(incident is not None and incident.exercise):
        raise AidNeedsExercise(field="incident")


def next_number(sequence: str) -> int:
    """The next number of a sequence of this room."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"aid_{sequence}_number"])
        return int(cursor.fetchone()[0])


def begin_call(request: AidRequest, *, by: Post, word: Word, open_only: bool = True) -> AidRequest:
    """Locks the call, asks permission. Raises NotFound, NotAllowed, CallOver."""
    locked = (
        AidRequest.objects.select_for_update(of=("self",), no_key=True)
        .select_related("unit", "area", "incident", "package")
        .prefetch_related("asked__unit")
        .get(id=request.id)
    )
    permissions.require(by=by, word=word, on=locked)
    if open_only and not locked.is_open:
        raise CallOver(reference=locked.reference)
    return locked


def begin(
    agreement: Agreement, *, by: Post, word: Word, sides: tuple[str, ...], in_force: bool = True
) -> Agreement:
    """Locks the agreement, asks permission, checks the side and that it binds. Raises NotFound,
    NotAllowed, AidOtherSide, AgreementNotInForce."""
    locked = (
        Agreement.objects.select_for_update(of=("self",), no_key=True)
        .select_related("request__incident", "request__area", "asker__area", "offerer__area")
        .get(id=agreement.id)
    )
    permissions.require(by=by, word=word, on=locked)
    require_side(locked, by=by, sides=sides)
    if in_force and not locked.in_force:
        state = AgreementState(locked.state).label
        raise AgreementNotInForce(reference=locked.reference, state=state)
    return locked


def require_side(agreement: Agreement, *, by: Post, sides: tuple[str, ...]) -> None:
    """Raises AidOtherSide, with the names of who may."""
    if not agreement.relations_of(by) & set(sides):
        units = [getattr(agreement, side).name for side in sides if not side.endswith("_line")]
        raise AidOtherSide(reference=agreement.reference, units=", ".join(units))


def record(
    type: ActType,
    *,
    about: tuple[str, UUID],
    by: Post | None,
    at: datetime,
    units: Iterable[Unit],
    incident: Incident | None,
    area: Area,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    basis: str = "agreement",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about aid; the units that have to do with it are told."""
    concerned = sorted({unit.id for unit in units})
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
        audience=concerned,
        data={**exercise_mark(incident), **(data or {})},
    )


def tell(
    type: ActType,
    *,
    agreement: Agreement,
    by: Post | None,
    at: datetime,
    about: tuple[str, UUID] | None = None,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about an agreement, or about what follows from it; both sides are told."""
    record(
        type,
        about=about or ("aid_agreement", agreement.id),
        by=by,
        at=at,
        units=[agreement.asker, agreement.offerer],
        incident=agreement.request.incident,
        area=agreement.request.area,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        data={
            "request": agreement.request.number,
            "agreement": agreement.number,
            "asker": str(agreement.asker_id),
            "offerer": str(agreement.offerer_id),
            "parties": [str(agreement.asker_id), str(agreement.offerer_id)],
            **(data or {}),
        },
    )

"""What the acts of this room have in common: amounts, numbers, worlds, who is told."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from django.db import connection
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MEDIATION_LEAD, Word
from tongzhou.funds import money
from tongzhou.funds.actions.change import record
from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries.lists import require_world
from tongzhou.interests.models import Compensation, Conflict, Mediation, Stake
from tongzhou.kernel.errors import Conflict as Clashes
from tongzhou.kernel.errors import Invalid, NotAllowed, NotFound
from tongzhou.ledger.append import Json
from tongzhou.ledger.types import ActType

MOST_HOURS: Final = Decimal(1_000_000)
#: How long a mediation or a compensation may take at most.
FARTHEST: Final = timedelta(days=366 * 2)


class CostNegative(Invalid):
    """Less than nothing was borne."""

    code = "cost-negative"
    message = _("Cost and hours cannot be less than nothing.")


class HoursAbsurd(Invalid):
    """More hours than a unit has, or finer than people count."""

    code = "hours-absurd"
    message = _("Hours have one decimal at most and lie below %(most)s. Please check.")


class DayWrong(Invalid):
    """A limit in the past or in another age."""

    code = "interest-day-wrong"
    message = _("Choose a day that lies ahead, within two years.")


class ConflictNotSo(Clashes):
    """The conflict stands elsewhere."""

    code = "conflict-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


def cost(amount: int, *, field: str = "cost") -> int:
    """An amount that may be nothing. Raises CostNegative, AmountMalformed, AmountAbsurd."""
    if type(amount) is int and amount < 0:
        raise CostNegative(field=field)
    return 0 if amount == 0 else money.require(amount, field=field)


def hours(given: Decimal) -> Decimal:
    """Hours that may be none. Raises CostNegative, HoursAbsurd."""
    if not given.is_finite() or given > MOST_HOURS:
        raise HoursAbsurd(field="hours", most=MOST_HOURS)
    if given < 0:
        raise CostNegative(field="hours")
    if given != given.quantize(Decimal("0.1")):
        raise HoursAbsurd(field="hours", most=MOST_HOURS)
    return given


def ahead(day: datetime, *, at: datetime, field: str = "due_at") -> datetime:
    """A limit that lies ahead. Raises DayWrong."""
    if not at < day <= at + FARTHEST:
        raise DayWrong(field=field)
    return day


def require_incident(incident: Incident | None, *, by: Post) -> None:
    """An incident that the post may not see does not exist for it; real and exercise stay
    apart. Raises NotFound, RealOnly, ExerciseOnly."""
    if incident is not None and not incident.relations_of(by):
        raise NotFound(field="incident")
    require_world(exercise=bool(incident is not None and incident.exercise), visible_to=by)


def next_number(sequence: str) -> int:
    """The next number of a sequence of this room."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval(%s)", [f"interests_{sequence}_number"])
        return int(cursor.fetchone()[0])


def locked(conflict: Conflict, *, by: Post, word: Word, states: tuple[str, ...] = ()) -> Conflict:
    """Locks a conflict, asks permission on it, and checks where it stands. Raises NotFound,
    RealOnly, ExerciseOnly, NotAllowed, ConflictNotSo."""
    found = (
        Conflict.objects.select_for_update(of=("self",), no_key=True)
        .select_related("one__unit__area", "other__unit__area", "one__incident", "other__incident",
                        "incident", "area", "decider")
        .get(id=conflict.id)
    )  # fmt: skip
    require_world(exercise=bool(found.incident and found.incident.exercise), visible_to=by)
    permissions.require(by=by, word=word, on=found)
    if states and found.state not in states:
        raise ConflictNotSo(reference=found.reference, state=found.get_state_display())
    return found


def running(conflict: Conflict) -> Mediation:
    """The mediation that goes on. Raises ConflictNotSo."""
    found = conflict.mediations.filter(closed_at=None).select_related("mediator").first()
    if found is None:
        raise ConflictNotSo(reference=conflict.reference, state=conflict.get_state_display())
    return found


def leading(conflict: Conflict, *, by: Post) -> Mediation:
    """The mediation that goes on, which the post's unit leads: who mediated before does not.
    Raises ConflictNotSo, NotAllowed."""
    found = running(conflict)
    if found.mediator_id != by.unit_id:
        raise NotAllowed(permission=MEDIATION_LEAD.label)
    return found


def tell_stake(
    type: ActType,
    *,
    stake: Stake,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about a stake; its unit and the actor are told."""
    record(
        type,
        about=("stake", stake.id),
        by=by,
        at=at,
        units=[stake.unit_id],
        incident=stake.incident,
        area=stake.area,
        asked_at=at if due_at is not None else None,
        due_at=due_at,
        data={
            "number": stake.number,
            "owner": str(stake.unit_id),
            "version": stake.version,
            **(data or {}),
        },
    )


def tell(
    type: ActType,
    *,
    conflict: Conflict,
    by: Post,
    at: datetime,
    mediation: Mediation | None = None,
    asked_at: datetime | None = None,
    due_at: datetime | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about a conflict; both sides, mediator and decider are told."""
    sides = [unit.id for unit in conflict.units]
    mediator = mediation.mediator_id if mediation is not None else None
    record(
        type,
        about=("conflict", conflict.id),
        by=by,
        at=at,
        units=[*sides, mediator, conflict.decider_id],
        incident=conflict.incident,
        area=conflict.area,
        asked_at=asked_at,
        due_at=due_at,
        outcome=outcome,
        data={
            "number": conflict.number,
            "sides": [str(unit) for unit in sides],
            **({"mediator": str(mediator)} if mediator else {}),
            **({"decider": str(conflict.decider_id)} if conflict.decider_id else {}),
            **(data or {}),
        },
    )


def tell_compensation(
    type: ActType,
    *,
    compensation: Compensation,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about a compensation; both sides of it are told."""
    conflict = compensation.conflict
    record(
        type,
        about=("compensation", compensation.id),
        by=by,
        at=at,
        units=[compensation.payer_id, compensation.receiver_id],
        incident=conflict.incident,
        area=conflict.area,
        asked_at=compensation.promised_at,
        due_at=due_at,
        data={
            "number": compensation.number,
            "conflict": str(conflict.id),
            "payer": str(compensation.payer_id),
            "receiver": str(compensation.receiver_id),
            "means": compensation.means,
            "amount": compensation.amount,
            **(data or {}),
        },
    )

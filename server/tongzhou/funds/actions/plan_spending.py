from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import SPENDING_PLAN
from tongzhou.funds import money
from tongzhou.funds.actions.change import (
    LINE,
    bounded,
    record,
    require_active,
    require_days,
    require_incident,
)
from tongzhou.funds.actions.open_fund import UnknownSource
from tongzhou.funds.acts import SPENDING_PLANNED
from tongzhou.funds.choices import Purpose
from tongzhou.funds.models import Planned
from tongzhou.incidents.models import Incident
from tongzhou.kernel.ids import new_id


def plan_spending(
    *,
    purpose: str,
    since: date,
    until: date,
    amount: int,
    by: Post,
    at: datetime,
    unit: Unit | None = None,
    incident: Incident | None = None,
    note: str = "",
    id: UUID | None = None,
) -> Planned:
    """What a unit expects to spend on a purpose, spread evenly over the days from ``since`` to
    ``until``: for the forecast, it holds no money back. Raises NotFound, NotAllowed,
    UnknownSource, DaysTurned, AmountMalformed, AmountNotPositive, AmountAbsurd, TextTooLong,
    UnitGone, MoneyNeedsExercise."""
    money.require(amount)
    spender = unit or by.unit
    if purpose not in Purpose.values:
        raise UnknownSource(field="purpose", word=purpose)
    require_days(since, until, at=at)
    with transaction.atomic():
        permissions.require(by=by, word=SPENDING_PLAN, on=spender)
        require_incident(incident, by=by)
        require_active(spender, field="unit")
        planned = Planned(
            id=id or new_id(),
            unit=spender,
            incident=incident,
            purpose=purpose,
            since=since,
            until=until,
            amount=amount,
            note=bounded(note, field="note", limit=LINE),
            post=by,
            created_at=at,
        )
        planned.save(force_insert=True)
        record(
            SPENDING_PLANNED,
            about=("planned", planned.id),
            by=by,
            at=at,
            units=[spender.id],
            incident=incident,
            area=spender.area,
            data={"purpose": purpose, "amount": amount},
        )
    return planned

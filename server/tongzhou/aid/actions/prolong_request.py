from datetime import date, datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_ASK
from tongzhou.aid.actions.change import (
    AidDaysTurned,
    begin_call,
    end_of,
    reason_given,
    record,
    require_days,
)
from tongzhou.aid.acts import PROLONGED
from tongzhou.aid.models import AidRequest


def prolong_request(
    *, request: AidRequest, ends_on: date, reason: str, by: Post, at: datetime
) -> AidRequest:
    """A call goes on until a later day, with a reason; without it ends by itself. Raises
    NotFound, NotAllowed, CallOver, AidDaysTurned, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = begin_call(request, by=by, word=AID_ASK)
        require_days(locked.ends_on, ends_on, at=at, field="ends_on")
        if ends_on == locked.ends_on:
            raise AidDaysTurned(field="ends_on")
        locked.ends_on = ends_on
        locked.prolonged += 1
        locked.prolong_reason = reason_given(reason)
        locked.save(update_fields=["ends_on", "prolonged", "prolong_reason"])
        record(
            PROLONGED, about=("aid_request", locked.id), by=by, at=at,
            units=[locked.unit, *(one.unit for one in locked.asked.all())],
            incident=locked.incident, area=locked.area, due_at=end_of(ends_on),
            data={"number": locked.number, "asker": str(locked.unit_id)},
        )  # fmt: skip
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_ASK
from tongzhou.aid.actions import answering
from tongzhou.aid.actions.change import begin_call, reason_given, record
from tongzhou.aid.acts import CLOSED
from tongzhou.aid.models import AidRequest


def close_request(*, request: AidRequest, reason: str, by: Post, at: datetime) -> AidRequest:
    """No more offers are wanted; what was agreed goes on. Raises NotFound, NotAllowed, CallOver,
    ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = begin_call(request, by=by, word=AID_ASK)
        locked.closed_at = at
        locked.close_reason = reason_given(reason)
        locked.save(update_fields=["closed_at", "close_reason"])
        record(
            CLOSED, about=("aid_request", locked.id), by=by, at=at,
            units=[locked.unit, *(one.unit for one in locked.asked.all())],
            incident=locked.incident, area=locked.area,
            data={"number": locked.number, "asker": str(locked.unit_id)},
        )  # fmt: skip
        answering.spare(locked, by=by, at=at)
    return locked

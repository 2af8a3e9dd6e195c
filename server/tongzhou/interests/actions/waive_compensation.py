from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import COMPENSATION_RECEIVE
from tongzhou.funds.actions.change import reason_given
from tongzhou.interests.actions import change, compensation_acts
from tongzhou.interests.actions.ask_compensation import CompensationAsked
from tongzhou.interests.acts import COMPENSATION_WAIVED
from tongzhou.interests.choices import CompensationState
from tongzhou.interests.models import Compensation


def waive_compensation(
    *, compensation: Compensation, reason: str, by: Post, at: datetime
) -> Compensation:
    """Whoever should get it does without; not while a fund is asked for it. Raises NotFound,
    NotAllowed, CompensationNotSo, CompensationAsked, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        found = compensation_acts.begin(compensation, by=by, word=COMPENSATION_RECEIVE)
        if compensation_acts.asked_for(found) is not None:
            raise CompensationAsked(reference=found.reference)
        found.state, found.ended_at = CompensationState.WAIVED, at
        found.reason = reason_given(reason)
        found.save(update_fields=["state", "ended_at", "reason"])
        change.tell_compensation(COMPENSATION_WAIVED, compensation=found, by=by, at=at)
    return found

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import ALLOCATION_DRAFT
from tongzhou.allocations.actions.change import begin, reason_given, record
from tongzhou.allocations.acts import ALLOCATION_CANCELLED
from tongzhou.allocations.choices import State
from tongzhou.allocations.models import Allocation


def cancel_allocation(*, allocation: Allocation, reason: str, by: Post, at: datetime) -> Allocation:
    """Gives a plan up before it is approved; what is still being computed is dropped when it
    comes. Raises NotFound, NotAllowed, AllocationOver, ReasonMissing, AllocationTextTooLong."""
    reason = reason_given(reason)
    with transaction.atomic():
        held = begin(allocation, by=by, word=ALLOCATION_DRAFT)
        held.state, held.reason, held.decider, held.decided_at = State.CANCELLED, reason, by, at
        held.save(update_fields=["state", "reason", "decider", "decided_at"])
        record(ALLOCATION_CANCELLED, allocation=held, by=by, at=at, outcome="cancelled")
    return held

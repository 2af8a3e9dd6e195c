from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.aid.actions import cost_acts
from tongzhou.aid.actions.change import reason_given
from tongzhou.aid.acts import COST_REFUSED
from tongzhou.aid.choices import CostState
from tongzhou.aid.models import Cost


def refuse_cost(*, cost: Cost, reason: str, by: Post, at: datetime) -> Cost:
    """The asking side does not pay a claim, and says why; it can be made anew. Raises NotFound,
    NotAllowed, AidOtherSide, CostSettled, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = cost_acts.begin(cost, by=by, side="asker", states=(CostState.CLAIMED,))
        cost_acts.free(locked, state=CostState.REFUSED, reason=reason_given(reason), at=at)
        cost_acts.tell_cost(COST_REFUSED, cost=locked, by=by, at=at, amount=locked.total)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.aid.actions import cost_acts
from tongzhou.aid.actions.change import reason_given
from tongzhou.aid.acts import COST_GIVEN
from tongzhou.aid.choices import CostState
from tongzhou.aid.models import Cost


def give_cost(*, cost: Cost, reason: str, by: Post, at: datetime) -> Cost:
    """The sender gives what it claimed as a gift. Raises NotFound, NotAllowed, AidOtherSide,
    CostSettled, ReasonMissing, AidTextTooLong."""
    with transaction.atomic():
        locked = cost_acts.begin(cost, by=by, side="offerer", states=(CostState.CLAIMED,))
        cost_acts.free(locked, state=CostState.GIVEN, reason=reason_given(reason), at=at)
        cost_acts.tell_cost(COST_GIVEN, cost=locked, by=by, at=at, amount=locked.total)
    return locked

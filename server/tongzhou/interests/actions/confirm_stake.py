from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STAKE_STATE
from tongzhou.interests.actions import change, stake_acts
from tongzhou.interests.acts import STAKE_CONFIRMED
from tongzhou.interests.models import Stake, StakeVersion


def confirm_stake(*, stake: Stake, by: Post, at: datetime) -> Stake:
    """The unit stands behind what its superior recorded for it; a second time changes nothing.
    Raises NotFound, NotAllowed, StakeGone."""
    with transaction.atomic():
        found = stake_acts.begin(stake, by=by, word=STAKE_STATE)
        if found.is_confirmed:
            return found
        found.confirmed_at = at
        found.save(update_fields=["confirmed_at"])
        StakeVersion.objects.filter(of=found, version=found.version).update(confirmed_at=at)
        change.tell_stake(STAKE_CONFIRMED, stake=found, by=by, at=at)
    return found

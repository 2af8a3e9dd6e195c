from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.interests.actions import change, stake_acts
from tongzhou.interests.actions.stake_acts import Words
from tongzhou.interests.actions.state_stake import CONFIRM_WITHIN
from tongzhou.interests.acts import STAKE_RECORDED, STAKE_STATED
from tongzhou.interests.models import Stake
from tongzhou.kernel.errors import Conflict


class StakeTheirs(Conflict):
    """What a unit stands behind, no superior writes over."""

    code = "stake-theirs"
    message = _("%(unit)s stands behind %(reference)s; only it can change what it said.")


def revise_stake(*, stake: Stake, words: Words, by: Post, at: datetime, reason: str = "") -> Stake:
    """Says it anew; what was said before stays readable. A superior may do so only until the
    unit stands behind it. Raises NotFound, NotAllowed, StakeGone, StakeTheirs, and as ``say``."""
    with transaction.atomic():
        own = stake.unit_id == by.unit_id
        found = stake_acts.begin(stake, by=by, word=stake_acts.word_for(own))
        if found.is_confirmed and not own:
            raise StakeTheirs(unit=found.unit.name, reference=found.reference)
        found.version += 1
        stake_acts.say(found, words, reason=reason, by=by, at=at)
        found.save()
        stake_acts.keep(found)
        change.tell_stake(
            STAKE_STATED if own else STAKE_RECORDED,
            stake=found,
            by=by,
            at=at,
            due_at=None if own else at + CONFIRM_WITHIN,
        )
    return found

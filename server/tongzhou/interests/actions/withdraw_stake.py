from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STAKE_STATE
from tongzhou.interests.actions import change, stake_acts
from tongzhou.interests.acts import STAKE_WITHDRAWN
from tongzhou.interests.models import Conflict, Stake
from tongzhou.kernel import errors


class StakeInConflict(errors.Conflict):
    """A stake on which somebody is waiting."""

    code = "stake-in-conflict"
    message = _("%(reference)s stands in %(conflict)s; end that first.")


def withdraw_stake(*, stake: Stake, by: Post, at: datetime) -> Stake:
    """The unit takes back what it said; it stays readable for those who could read it. Raises
    NotFound, NotAllowed, StakeGone, StakeInConflict."""
    with transaction.atomic():
        found = stake_acts.begin(stake, by=by, word=STAKE_STATE)
        living = Conflict.objects.filter(Q(one=found) | Q(other=found), ended_at=None).first()
        if living is not None:
            raise StakeInConflict(reference=found.reference, conflict=living.reference)
        found.withdrawn_at = at
        found.save(update_fields=["withdrawn_at"])
        change.tell_stake(STAKE_WITHDRAWN, stake=found, by=by, at=at)
    return found

from datetime import datetime

from django.db import transaction

from tongzhou.mandates.actions.change import lock
from tongzhou.mandates.actions.passed_on import end_delegation
from tongzhou.mandates.actions.recall_delegation import locked_delegation
from tongzhou.mandates.acts import DELEGATION_EXPIRED
from tongzhou.mandates.models import Delegation


def expire_delegations(*, at: datetime) -> int:
    """Ends the delegations whose term is over, each by an act of its own. Returns how many."""
    ended = 0
    for found in Delegation.objects.filter(recalled_at=None, until__lte=at).select_related(
        "charge"
    ):
        with transaction.atomic():
            lock(found.charge.duty_id)
            held = locked_delegation(found)
            if held.recalled_at is None:
                end_delegation(held, type=DELEGATION_EXPIRED, by=None, at=at)
                ended += 1
    return ended

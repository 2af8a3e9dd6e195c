from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import COMPENSATION_RECEIVE
from tongzhou.funds.choices import SpendingState
from tongzhou.interests.actions import change, compensation_acts
from tongzhou.interests.acts import COMPENSATION_RECEIVED
from tongzhou.interests.choices import CompensationState, Means
from tongzhou.interests.models import Compensation
from tongzhou.kernel.errors import Conflict


class CompensationNotPaid(Conflict):
    """Money that no fund has paid."""

    code = "compensation-not-paid"
    message = _("No fund has paid %(reference)s yet.")


def receive_compensation(*, compensation: Compensation, by: Post, at: datetime) -> Compensation:
    """Whoever gets it says that it has come; money must have been paid by a fund. Raises
    NotFound, NotAllowed, CompensationNotSo, CompensationNotPaid."""
    with transaction.atomic():
        found = compensation_acts.begin(compensation, by=by, word=COMPENSATION_RECEIVE)
        if found.means == Means.MONEY:
            asked = compensation_acts.asked_for(found)
            if asked is None or asked.state != SpendingState.PAID:
                raise CompensationNotPaid(reference=found.reference)
        found.state, found.ended_at = CompensationState.FULFILLED, at
        found.save(update_fields=["state", "ended_at"])
        change.tell_compensation(COMPENSATION_RECEIVED, compensation=found, by=by, at=at)
    return found

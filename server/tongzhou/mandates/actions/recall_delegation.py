from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MANDATE_DELEGATE
from tongzhou.kernel.errors import Conflict
from tongzhou.mandates.actions.change import lock, reason_given
from tongzhou.mandates.actions.passed_on import end_delegation
from tongzhou.mandates.acts import DELEGATION_RECALLED
from tongzhou.mandates.models import Delegation


class DelegationEnded(Conflict):
    """It has been recalled, was declined or its term is over."""

    code = "delegation-ended"
    message = _("This delegation has ended already.")


def recall_delegation(*, delegation: Delegation, reason: str, by: Post, at: datetime) -> Delegation:
    """The unit that passed a duty on takes it back, and with it what came along; nobody's
    consent is needed. Raises NotAllowed, DelegationEnded, ReasonMissing, TextTooLong."""
    said = reason_given(reason)
    with transaction.atomic():
        lock(delegation.charge.duty_id)
        held = locked_delegation(delegation)
        permissions.require(by=by, word=MANDATE_DELEGATE, on=held.charge)
        if held.recalled_at is not None:
            raise DelegationEnded()
        end_delegation(held, type=DELEGATION_RECALLED, by=by, at=at, reason=said)
    return held


def locked_delegation(delegation: Delegation) -> Delegation:
    """The delegation as it is now, with both charges."""
    found = Delegation.objects.select_related(
        "charge__unit", "charge__duty", "charge__area", "to__unit", "to__duty", "to__area"
    )
    return found.get(id=delegation.id)

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import DUTY_EDIT
from tongzhou.kernel.errors import Conflict
from tongzhou.mandates.actions.change import begin, reason_given
from tongzhou.mandates.actions.declare_duty import write
from tongzhou.mandates.acts import DUTY_RETIRED
from tongzhou.mandates.models import Charge, ChargeState, Duty


class DutyStillCharged(Conflict):
    """Units are charged with it or are asked to be."""

    code = "duty-still-charged"
    message = _(
        "%(count)s units are charged with this duty or asked to take it on. Take their charges "
        "away first, with their consent."
    )


def retire_duty(*, duty: Duty, reason: str, by: Post, at: datetime) -> Duty:
    """Ends a duty with which nobody is charged any more. Done by the unit that declared it
    or one above. Raises NotAllowed, DutyRetired, DutyStillCharged, ReasonMissing."""
    said = reason_given(reason)
    with transaction.atomic():
        locked = begin(duty.id)
        permissions.require(by=by, word=DUTY_EDIT, on=locked)
        held = Charge.objects.filter(
            duty=locked, state__in=[ChargeState.IN_FORCE, ChargeState.PROPOSED]
        ).count()
        if held:
            raise DutyStillCharged(count=held)
        locked.reason = said
        locked.retired_at = at
        locked.save(update_fields=["reason", "retired_at"])
        write(DUTY_RETIRED, duty=locked, by=by, at=at)
    return locked

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import MEDIATION_OPEN
from tongzhou.funds.actions.change import require_active
from tongzhou.interests.actions import change
from tongzhou.interests.acts import MEDIATION_OPENED
from tongzhou.interests.choices import ConflictState
from tongzhou.interests.models import Conflict, Mediation
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id

MEDIATE_WITHIN: Final = timedelta(days=7)


class MediatorIsParty(Invalid):
    """Nobody mediates in an own matter, or in that of a unit above."""

    code = "mediator-is-party"
    message = _("%(unit)s is a side of this conflict, or stands below one. Choose a third unit.")


def open_mediation(
    *,
    conflict: Conflict,
    mediator: Unit,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    id: UUID | None = None,
) -> Mediation:
    """Asks a third unit to mediate until a day (seven days where none is given). Raises NotFound,
    NotAllowed, ConflictNotSo, MediatorIsParty, UnitGone, DayWrong."""
    until = change.ahead(due_at or at + MEDIATE_WITHIN, at=at)
    with transaction.atomic():
        found = change.locked(conflict, by=by, word=MEDIATION_OPEN, states=(ConflictState.OPEN,))
        require_active(mediator, field="mediator")
        if any(side.id in mediator.line or side.id == mediator.id for side in found.units):
            raise MediatorIsParty(field="mediator", unit=mediator.name)
        mediation = Mediation(
            id=id or new_id(), conflict=found, mediator=mediator, post=by, opened_at=at,
            due_at=until,
        )  # fmt: skip
        mediation.save(force_insert=True)
        found.state = ConflictState.MEDIATING
        found.save(update_fields=["state"])
        change.tell(
            MEDIATION_OPENED, conflict=found, mediation=mediation, by=by, at=at, asked_at=at,
            due_at=until, data={"mediation": str(mediation.id)},
        )  # fmt: skip
    return mediation

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import INCIDENT_EDIT
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import begin, record
from tongzhou.incidents.acts import INCIDENT_TOLD
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid


class NobodyTold(Invalid):
    """All the units named see the incident already, or none was named."""

    code = "nobody-told"
    message = _("Please choose a unit that does not see the incident yet.")


def tell_units(*, incident: Incident, units: Sequence[Unit], by: Post, at: datetime) -> Incident:
    """Lets further units see the incident. Raises NotFound, NotAllowed, IncidentClosed,
    NobodyTold."""
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=INCIDENT_EDIT)
        known = set(access.audience(locked.id))
        added = [unit.id for unit in units if unit.id not in known]
        if not added:
            raise NobodyTold(field="units")
        access.grant(locked.id, added, access.TOLD)
        record(INCIDENT_TOLD, incident=locked, by=by, at=at, with_units=added, basis="voluntary")
    return locked

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import INCIDENT_CLOSE
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import begin, reason_given, record
from tongzhou.incidents.acts import INCIDENT_REOPENED
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Conflict


class IncidentNotClosed(Conflict):
    """It is open already."""

    code = "incident-not-closed"
    message = _("“%(incident)s” is open.")


def reopen_incident(*, incident: Incident, reason: str, by: Post, at: datetime) -> Incident:
    """Opens a closed incident again, with everything as it was; for whoever may close it.
    Raises NotFound, NotAllowed, IncidentNotClosed, ReasonMissing."""
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=INCIDENT_CLOSE, closed=True)
        if locked.is_open:
            raise IncidentNotClosed(incident=locked.title)
        reason = reason_given(reason)
        locked.closed_at = None
        locked.close_reason = ""
        locked.save(update_fields=["closed_at", "close_reason"])
        record(
            INCIDENT_REOPENED,
            incident=locked,
            by=by,
            at=at,
            with_units=access.partners(locked.id),
            basis="law",
            outcome="reopened",
            public=True,
            data={"reason": reason},
        )
    return locked

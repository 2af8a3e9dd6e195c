from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import INCIDENT_CLOSE
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import begin, reason_given, record
from tongzhou.incidents.actions.lift_measure import lift
from tongzhou.incidents.acts import INCIDENT_CLOSED
from tongzhou.incidents.models import Incident, Measure
from tongzhou.kernel.errors import Conflict


class MeasuresInForce(Conflict):
    """Measures are still in force; the sentence names them."""

    code = "measures-in-force"
    message = _("These measures are still in force: %(measures)s. Lift them, then close.")


def close_incident(
    *, incident: Incident, reason: str, by: Post, at: datetime, lift_measures: bool = False
) -> Incident:
    """Ends an incident: nothing in it can be changed afterwards. Refused while measures are
    in force, unless ``lift_measures`` lifts them in the same step, each with its own act.

    Raises NotFound, NotAllowed, IncidentClosed, ReasonMissing, MeasuresInForce.
    """
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=INCIDENT_CLOSE)
        reason = reason_given(reason)
        measures = Measure.objects.select_for_update(of=("self",)).filter(
            incident=locked, lifted_at=None, expires_at__gt=at
        )
        in_force = list(measures.order_by("starts_at", "id"))
        if in_force and not lift_measures:
            titles = ", ".join(measure.title for measure in in_force)
            raise MeasuresInForce(measures=titles)
        for measure in in_force:
            lift(measure, incident=locked, reason=reason, by=by, at=at)
        locked.closed_at = at
        locked.close_reason = reason
        locked.save(update_fields=["closed_at", "close_reason"])
        record(
            INCIDENT_CLOSED,
            incident=locked,
            by=by,
            at=at,
            with_units=access.partners(locked.id),
            basis="law",
            outcome="closed",
            public=True,
            data={"reason": reason},
        )
    return locked

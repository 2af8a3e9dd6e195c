from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MEASURE_LIFT
from tongzhou.incidents.actions.change import begin, reason_given, record
from tongzhou.incidents.acts import MEASURE_LIFTED
from tongzhou.incidents.models import Incident, Measure
from tongzhou.kernel.errors import Conflict


class MeasureNotInForce(Conflict):
    """The measure was lifted or has expired."""

    code = "measure-not-in-force"
    message = _("The measure “%(measure)s” is not in force any more.")


def lift_measure(*, measure: Measure, reason: str, by: Post, at: datetime) -> Measure:
    """Ends a measure before its expiry. Raises NotFound, NotAllowed, IncidentClosed,
    MeasureNotInForce, ReasonMissing."""
    with transaction.atomic():
        incident = begin(measure.incident_id, by=by, word=MEASURE_LIFT)
        locked = Measure.objects.select_for_update(of=("self",)).get(id=measure.id)
        if not locked.in_force(at):
            raise MeasureNotInForce(measure=locked.title)
        return lift(locked, incident=incident, reason=reason_given(reason), by=by, at=at)


def lift(measure: Measure, *, incident: Incident, reason: str, by: Post, at: datetime) -> Measure:
    """Lifts a locked measure and writes the act."""
    measure.lifted_at = at
    measure.lift_reason = reason
    measure.save(update_fields=["lifted_at", "lift_reason"])
    record(
        MEASURE_LIFTED,
        incident=incident,
        by=by,
        at=at,
        about=("measure", measure.id),
        with_units=[incident.owner_id, measure.unit_id],
        area=measure.area.code,
        basis="law",
        outcome="lifted",
        public=True,
        data={"reason": reason},
    )
    return measure

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import DECISION_COMPLETE
from tongzhou.incidents.actions.change import begin, filled, record
from tongzhou.incidents.acts import DECISION_COMPLETED
from tongzhou.incidents.models import Decision
from tongzhou.kernel.errors import Conflict


class DecisionCompleted(Conflict):
    """The decision was marked as carried out before."""

    code = "decision-completed"
    message = _("This decision has been carried out already.")


def complete_decision(*, decision: Decision, outcome: str, by: Post, at: datetime) -> Decision:
    """Tells that a decision was carried out, and with what outcome. Raises NotFound,
    NotAllowed, IncidentClosed, DecisionCompleted, TextMissing."""
    with transaction.atomic():
        incident = begin(decision.incident_id, by=by, word=DECISION_COMPLETE, on=decision)
        locked = Decision.objects.select_for_update(of=("self",)).get(id=decision.id)
        if locked.completed_at is not None:
            raise DecisionCompleted()
        locked.outcome = filled(outcome, field="outcome", name=_("outcome"))
        locked.completed_at = at
        locked.save(update_fields=["outcome", "completed_at"])
        record(
            DECISION_COMPLETED,
            incident=incident,
            by=by,
            at=at,
            about=("decision", locked.id),
            with_units=[locked.recorded_by.unit_id, locked.owner_id],
            basis="order",
            due_at=locked.due_at,
            outcome="in time" if at <= locked.due_at else "late",
        )
    return locked

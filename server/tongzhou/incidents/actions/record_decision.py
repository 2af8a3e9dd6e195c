from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import DECISION_RECORD
from tongzhou.incidents import access
from tongzhou.incidents.actions.change import authority, begin, filled, record
from tongzhou.incidents.acts import DECISION_RECORDED
from tongzhou.incidents.models import Decision, Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id


class DecisionDueTooEarly(Invalid):
    """The date does not lie behind the decision."""

    code = "decision-due-too-early"
    message = _("The decision must be carried out after it is taken. Choose a later time.")


def record_decision(
    *,
    incident: Incident,
    text: str,
    owner: Unit,
    due_at: datetime,
    by: Post,
    at: datetime,
    reason: str = "",
    id: UUID | None = None,
) -> Decision:
    """Records a decision with the unit that carries it out (which gets sight of the
    incident) and the date. Raises NotFound, NotAllowed, IncidentClosed, TextMissing,
    DecisionDueTooEarly."""
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=DECISION_RECORD)
        if due_at <= at:
            raise DecisionDueTooEarly(field="due_at")
        decision = Decision(
            id=id or new_id(),
            incident=locked,
            text=filled(text, field="text", name=_("decision")),
            reason=reason.strip(),
            owner=owner,
            due_at=due_at,
            recorded_by=by,
            at=at,
        )
        decision.save(force_insert=True)
        access.grant(locked.id, [owner.id], access.TASKED)
        record(
            DECISION_RECORDED,
            incident=locked,
            by=by,
            at=at,
            about=("decision", decision.id),
            with_units=[owner.id],
            basis=authority(by, [owner]),
            due_at=due_at,
            data={"owner": str(owner.id), "with_reason": bool(decision.reason)},
        )
    return decision

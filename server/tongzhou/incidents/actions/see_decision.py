from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import DECISION_SEE
from tongzhou.incidents.actions.change import begin, record
from tongzhou.incidents.acts import DECISION_SEEN
from tongzhou.incidents.models import Decision, DecisionSeen
from tongzhou.kernel.errors import Conflict


class DecisionSeenAlready(Conflict):
    """The unit has said before that it has seen the decision."""

    code = "decision-seen"
    message = _("Your unit has marked this decision as seen already.")


def see_decision(*, decision: Decision, by: Post, at: datetime) -> Decision:
    """Notes for the unit of ``by`` that it has seen the decision; the first of its posts
    counts. Also in a closed incident. Raises NotFound, NotAllowed, DecisionSeenAlready."""
    with transaction.atomic():
        incident = begin(decision.incident_id, by=by, word=DECISION_SEE, on=decision, closed=True)
        _seen, new = DecisionSeen.objects.get_or_create(
            decision=decision, unit_id=by.unit_id, defaults={"post": by, "at": at}
        )
        if not new:
            raise DecisionSeenAlready()
        record(
            DECISION_SEEN,
            incident=incident,
            by=by,
            at=at,
            about=("decision", decision.id),
            with_units=[decision.recorded_by.unit_id],
            asked_at=decision.at,
            outcome="seen",
        )
    return decision

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import CONFLICT_DECIDE
from tongzhou.funds.actions.change import written
from tongzhou.interests.actions import change
from tongzhou.interests.acts import CONFLICT_DECIDED
from tongzhou.interests.choices import ConflictState
from tongzhou.interests.models import Conflict


def decide_conflict(
    *, conflict: Conflict, terms: str, by: Post, at: datetime, agreed: int = 0
) -> Conflict:
    """The line decides what mediation could not, with the most that is paid as compensation.
    Raises NotFound, NotAllowed, ConflictNotSo, CostNegative, AmountAbsurd, TextMissing,
    TextTooLong."""
    with transaction.atomic():
        found = change.locked(conflict, by=by, word=CONFLICT_DECIDE, states=(ConflictState.FAILED,))
        found.terms = written(terms, field="terms")
        found.agreed = change.cost(agreed, field="agreed")
        found.state, found.ended_at = ConflictState.DECIDED, at
        found.save(update_fields=["terms", "agreed", "state", "ended_at"])
        change.tell(CONFLICT_DECIDED, conflict=found, by=by, at=at, data={"agreed": found.agreed})
    return found

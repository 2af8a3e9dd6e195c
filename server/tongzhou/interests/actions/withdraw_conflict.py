from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import CONFLICT_DECLARE
from tongzhou.funds.actions.change import reason_given
from tongzhou.interests.actions import change
from tongzhou.interests.acts import CONFLICT_WITHDRAWN
from tongzhou.interests.choices import ConflictState
from tongzhou.interests.models import Conflict
from tongzhou.kernel.errors import NotAllowed


def withdraw_conflict(*, conflict: Conflict, reason: str, by: Post, at: datetime) -> Conflict:
    """Whoever declared it says that there is none, before anybody mediates; the reason stands
    in its terms. Raises NotFound, NotAllowed, ConflictNotSo, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        found = change.locked(conflict, by=by, word=CONFLICT_DECLARE, states=(ConflictState.OPEN,))
        if found.post.unit_id != by.unit_id:
            raise NotAllowed(permission=CONFLICT_DECLARE.label)
        found.terms = reason_given(reason)
        found.state, found.ended_at = ConflictState.WITHDRAWN, at
        found.save(update_fields=["terms", "state", "ended_at"])
        change.tell(CONFLICT_WITHDRAWN, conflict=found, by=by, at=at)
    return found

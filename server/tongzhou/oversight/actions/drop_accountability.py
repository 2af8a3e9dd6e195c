from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.incidents.actions.change import reason_given
from tongzhou.oversight.actions.entry_acts import begin, record
from tongzhou.oversight.acts import ENTRY_DROPPED
from tongzhou.oversight.models import AccountabilityEntry, EntryState


def drop_accountability(
    *, entry: AccountabilityEntry, reason: str, by: Post, at: datetime
) -> AccountabilityEntry:
    """Drops a proposal that has not taken effect: by the first supervisor, or by the second
    who does not agree. Once in effect, an entry ends by being closed alone. Raises NotFound,
    NotAllowed, EntryNotSo, ReasonMissing."""
    with transaction.atomic():
        locked = begin(entry, by=by, states=(EntryState.PROPOSED,))
        locked.decision = reason_given(reason)
        locked.state, locked.closed_by, locked.closed_at = EntryState.DROPPED, by, at
        locked.save(update_fields=["decision", "state", "closed_by", "closed_at"])
        record(ENTRY_DROPPED, entry=locked, by=by, at=at)
    return locked

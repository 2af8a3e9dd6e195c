from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict
from tongzhou.oversight.actions.entry_acts import begin, record
from tongzhou.oversight.actions.open_accountability import TO_REPLY
from tongzhou.oversight.acts import ENTRY_OPENED
from tongzhou.oversight.models import AccountabilityEntry, EntryState


class SecondMustBeAnother(Conflict):
    """One person alone would open an entry."""

    code = "second-must-be-another"
    message = _("The second supervisor must be another person than the first.")


def second_accountability(
    *, entry: AccountabilityEntry, by: Post, at: datetime
) -> AccountabilityEntry:
    """A second supervisor agrees: the entry takes effect, the person can read it and reply.
    Where the deadline has come too near meanwhile, it moves. Raises NotFound, NotAllowed,
    EntryNotSo, SecondMustBeAnother."""
    with transaction.atomic():
        locked = begin(entry, by=by, states=(EntryState.PROPOSED,))
        if locked.opened_by.person_id == by.person_id:
            raise SecondMustBeAnother()
        locked.state = EntryState.OPEN
        locked.seconded_by, locked.seconded_at = by, at
        locked.due_at = max(locked.due_at, at + TO_REPLY)
        locked.save(update_fields=["state", "seconded_by", "seconded_at", "due_at"])
        record(ENTRY_OPENED, entry=locked, by=by, at=at, due_at=locked.due_at)
    return locked

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Refusal
from tongzhou.oversight.actions.change import text_given
from tongzhou.oversight.actions.entry_acts import begin, record
from tongzhou.oversight.acts import ENTRY_REPLIED
from tongzhou.oversight.models import AccountabilityEntry, EntryReply, EntryState


class NotTheirReply(Refusal):
    """Somebody else would speak for the person concerned."""

    code = "reply-of-another"
    status = 403
    message = _("Only the person concerned can reply.")


def reply_accountability(
    *, entry: AccountabilityEntry, text: str, by: Post, at: datetime
) -> AccountabilityEntry:
    """The person concerned replies, under any of their posts, and may add to it until the
    entry is closed. It needs no permission word: nobody can take the right away. Raises
    NotFound, NotTheirReply, EntryNotSo, TextMissing, TextTooLong."""
    with transaction.atomic():
        states = (EntryState.OPEN, EntryState.REPLIED)
        locked = begin(entry, by=by, states=states, supervising=False)
        if "concerned" not in locked.relations_of(by):
            raise NotTheirReply()
        text = text_given(text, field="text")
        first = not locked.replied
        reply = EntryReply(entry=locked, text=text, post=by, at=at)
        reply.save(force_insert=True)
        locked.state, locked.replied = EntryState.REPLIED, True
        locked.save(update_fields=["state", "replied"])
        record(
            ENTRY_REPLIED,
            entry=locked,
            by=None,
            at=at,
            asked_at=locked.seconded_at if first else None,
            due_at=locked.due_at if first else None,
            outcome="late" if at > locked.due_at else "in_time",
        )
    return locked

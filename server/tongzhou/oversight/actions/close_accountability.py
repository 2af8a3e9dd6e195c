from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.oversight.actions.change import text_given
from tongzhou.oversight.actions.entry_acts import begin, record
from tongzhou.oversight.acts import ENTRY_CLOSED
from tongzhou.oversight.models import AccountabilityEntry, EntryState, Outcome


class NoReplyYet(Conflict):
    """Somebody would be judged unheard."""

    code = "no-reply-yet"
    message = _(
        "%(reference)s cannot be closed without the reply of the person concerned. When the "
        "time for it runs out, it stays open and goes up the line."
    )


class UnknownOutcome(Invalid):
    """An outcome that is not among the known ones."""

    code = "unknown-outcome"
    message = _("Unknown outcome “%(outcome)s”.")


def close_accountability(
    *, entry: AccountabilityEntry, outcome: str, decision: str, by: Post, at: datetime
) -> AccountabilityEntry:
    """Closes an entry after the reply, with an outcome and the reasons, which answer the
    reply. Raises NotFound, NotAllowed, EntryNotSo, NoReplyYet, UnknownOutcome, TextMissing,
    TextTooLong."""
    with transaction.atomic():
        locked = begin(entry, by=by, states=(EntryState.OPEN, EntryState.REPLIED))
        if not locked.replies.exists():
            raise NoReplyYet(reference=locked.reference)
        if outcome not in Outcome.values:
            raise UnknownOutcome(field="outcome", outcome=outcome)
        locked.decision = text_given(decision, field="decision")
        locked.outcome = outcome
        locked.state = EntryState.CLOSED
        locked.closed_by, locked.closed_at = by, at
        locked.save(update_fields=["decision", "outcome", "state", "closed_by", "closed_at"])
        record(ENTRY_CLOSED, entry=locked, by=by, at=at, outcome=outcome)
    return locked

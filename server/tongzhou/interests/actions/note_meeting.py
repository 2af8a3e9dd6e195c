from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MEDIATION_LEAD
from tongzhou.funds.actions.change import written
from tongzhou.interests.actions import change
from tongzhou.interests.acts import MEDIATION_MET
from tongzhou.interests.choices import ConflictState
from tongzhou.interests.models import Conflict, Meeting
from tongzhou.kernel.errors import Invalid


class MeetingAhead(Invalid):
    """A meeting that has not been, or was before the mediation began."""

    code = "meeting-not-held"
    message = _("Note a meeting that was held since the mediation began.")


def note_meeting(
    *, conflict: Conflict, held_at: datetime, note: str, by: Post, at: datetime
) -> Meeting:
    """The mediator notes a meeting of the sides. Raises NotFound, NotAllowed, ConflictNotSo,
    MeetingAhead, TextMissing, TextTooLong."""
    with transaction.atomic():
        found = change.locked(
            conflict, by=by, word=MEDIATION_LEAD, states=(ConflictState.MEDIATING,)
        )
        mediation = change.leading(found, by=by)
        if not mediation.opened_at <= held_at <= at:
            raise MeetingAhead(field="held_at")
        meeting = Meeting.objects.create(
            mediation=mediation, held_at=held_at, note=written(note, field="note"), post=by, at=at
        )
        change.tell(MEDIATION_MET, conflict=found, mediation=mediation, by=by, at=at)
    return meeting

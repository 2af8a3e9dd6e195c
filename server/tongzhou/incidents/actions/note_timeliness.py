from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import MILESTONE_RECORD
from tongzhou.incidents.actions.change import begin, filled, record
from tongzhou.incidents.acts import TIMELINESS_NOTED
from tongzhou.incidents.models import Hindrance, Incident, Stretch, TimelinessNote
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id


class UnknownStretch(Invalid):
    """A stretch other than detection, notification and response, or a sort of note other
    than bottleneck and enabler."""

    code = "unknown-stretch"
    message = _("Unknown choice “%(value)s”.")


def note_timeliness(
    *,
    incident: Incident,
    stretch: str,
    sort: str,
    text: str,
    by: Post,
    at: datetime,
    remedy_now: str = "",
    remedy_later: str = "",
    id: UUID | None = None,
) -> TimelinessNote:
    """Notes what slowed a stretch down (or sped it up), what is done about it at once and
    what takes longer. Raises NotFound, NotAllowed, IncidentClosed, UnknownStretch,
    TextMissing."""
    with transaction.atomic():
        locked = begin(incident.id, by=by, word=MILESTONE_RECORD)
        if stretch not in Stretch.values:
            raise UnknownStretch(field="stretch", value=stretch)
        if sort not in Hindrance.values:
            raise UnknownStretch(field="sort", value=sort)
        note = TimelinessNote(
            id=id or new_id(),
            incident=locked,
            stretch=stretch,
            sort=sort,
            text=filled(text, field="text", name=_("What it was")),
            remedy_now=remedy_now.strip(),
            remedy_later=remedy_later.strip(),
            post=by,
            at=at,
        )
        note.save(force_insert=True)
        record(
            TIMELINESS_NOTED,
            incident=locked,
            by=by,
            at=at,
            outcome=sort,
            data={"stretch": stretch, "note": str(note.id)},
        )
    return note

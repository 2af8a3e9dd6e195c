"""Signals for those who assess and answer them, and for the reporter."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.incidents.models import AUTHORITIES, SIGNAL_ROLES, Report, Signal, SignalState
from tongzhou.incidents.queries.lists import require_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound
from tongzhou.places.models import inside

#: An event is assessed within 48 hours of the report (International Health Regulations,
#: Annex 1 A, 6 (a)); what the reporter is promised.
ASSESS_WITHIN: Final = timedelta(hours=48)

_STATES: Final[Mapping[str, Q]] = {
    "waiting": Q(state__in=[SignalState.RECEIVED, SignalState.ASSESSING]),
    **{state.value: Q(state=state) for state in SignalState},
}


def due(signal: Signal) -> datetime:
    """When an assessment is due."""
    return signal.reported_at + ASSESS_WITHIN


def answers_for_area(post: Post) -> bool:
    """Whether the post reads what others reported in its area."""
    return post.unit.sector in AUTHORITIES and post.role in SIGNAL_ROLES


def visible(post: Post) -> QuerySet[Signal, Signal]:
    """The signals of the post's area where it answers for it, its own reports, and those that
    came to its unit on a report chain. Signals are real: in an exercise there are none."""
    if post.exercise:
        return Signal.objects.none()
    own = Q(reporter=post)
    own |= Q(id__in=Report.objects.filter(legs__unit_id=post.unit_id).values("signal_id"))
    if answers_for_area(post):
        own |= inside(post.unit.area.path)
    return Signal.objects.filter(own)


def find(ticket: str, *, visible_to: Post) -> Signal:
    """One signal. Raises NotFound, RealOnly."""
    require_world(exercise=False, visible_to=visible_to)
    found = visible(visible_to).select_related("area", "incident", "reporter__unit")
    signal = found.filter(ticket=normal(ticket)).first()
    if signal is None:
        raise NotFound()
    return signal


def listed(
    *, visible_to: Post, q: str = "", state: str = "", cursor: str = "", limit: int = 30
) -> Slice[Signal]:
    """Signals, the latest first: whose text, place or ticket holds ``q``; ``state`` one of
    SignalState or "waiting". One query. Raises CursorInvalid."""
    found = visible(visible_to).select_related("area", "incident")
    found = found.annotate(assessors=Count("assessments"))
    for word in q.split()[:8]:
        found = found.filter(
            Q(text__icontains=word) | Q(place__icontains=word) | Q(ticket__icontains=word)
        )
    if state in _STATES:
        found = found.filter(_STATES[state])
    return slice_of(
        found,
        by=[("reported_at", datetime), ("id", UUID)],
        cursor=cursor,
        limit=limit,
        descending=True,
    )


def waiting(*, visible_to: Post) -> int:
    """How many signals nobody has answered yet, counted up to 100."""
    return visible(visible_to).filter(_STATES["waiting"])[:100].count()


def normal(ticket: str) -> str:
    """A ticket number as it was given out, from what somebody typed: small letters, blanks
    or missing hyphens are mended."""
    letters = "".join(c for c in ticket.upper() if c.isalnum())
    if letters.startswith("TZ") and len(letters) == 10:
        letters = letters[2:]
    return f"TZ-{letters[:4]}-{letters[4:]}" if len(letters) == 8 else ticket.strip()[:20]


@dataclass(frozen=True)
class Ticket:
    """What the holder of a ticket number may know: state and answer, not who assessed."""

    signal: Signal
    assessed: int
    due_at: datetime

    @property
    def answered(self) -> bool:
        """True once there is an answer."""
        return self.signal.state == SignalState.ANSWERED


def by_ticket(ticket: str) -> Ticket:
    """The signal behind a ticket number, for whoever knows the number. Raises NotFound."""
    signal = Signal.objects.select_related("area", "incident").filter(ticket=normal(ticket)).first()
    if signal is None:
        raise NotFound(field="ticket")
    return Ticket(signal, signal.assessments.count(), due(signal))

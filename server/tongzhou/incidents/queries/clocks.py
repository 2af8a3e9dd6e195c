"""What runs out next, over all incidents that a post sees: response levels, measures in
force, and the decisions that its unit has to carry out."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import OuterRef, Subquery

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Decision, GradeChange, Incident, Measure
from tongzhou.incidents.queries.lists import visible

#: How far ahead clocks are looked for.
AHEAD: Final = timedelta(days=7)
_JUST_ENDED: Final = timedelta(days=1)


@dataclass(frozen=True)
class Clock:
    """Something of an incident that ends at a moment. ``kind``: "grade" or "measure";
    ``name``: the grade ("I"), or the title of the measure."""

    kind: str
    name: str
    incident: Incident
    at: datetime


def running_out(*, visible_to: Post, at: datetime, limit: int = 8) -> list[Clock]:
    """Response levels and measures that end within a week, in the order of their end. A
    level that ended without being renewed stays; a measure that expired is over, and told
    of for a day. Two queries."""
    latest = GradeChange.objects.filter(incident=OuterRef("id")).order_by("-at", "-id")
    open_ones = visible(visible_to).filter(closed_at=None)
    graded = open_ones.annotate(expires=Subquery(latest.values("expires_at")[:1]))
    measures = Measure.objects.filter(
        incident__in=open_ones,
        lifted_at=None,
        expires_at__gt=at - _JUST_ENDED,
        expires_at__lte=at + AHEAD,
    )
    found = [
        Clock("grade", incident.grade, incident, incident.expires)
        for incident in graded.filter(expires__lte=at + AHEAD).order_by("expires")[:limit]
    ]
    found += [
        Clock("measure", measure.title, measure.incident, measure.expires_at)
        for measure in measures.select_related("incident").order_by("expires_at")[:limit]
    ]
    return sorted(found, key=lambda clock: clock.at)[:limit]


def decisions_owned(*, visible_to: Post, limit: int = 8) -> list[Decision]:
    """Decisions that the unit of the post has to carry out, by date. One query."""
    found = Decision.objects.filter(owner_id=visible_to.unit_id, completed_at=None)
    return list(found.select_related("incident").order_by("due_at", "id")[:limit])

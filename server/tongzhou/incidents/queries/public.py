"""What everybody may know: public incidents, their figures, and the measures in force."""

from datetime import datetime

from django.db.models import Case, IntegerField, QuerySet, Value, When

from tongzhou.incidents.models import Incident, Measure
from tongzhou.incidents.queries import lists
from tongzhou.incidents.queries.lists import Row
from tongzhou.kernel.errors import NotFound


def _public() -> QuerySet[Incident, Incident]:
    return Incident.objects.filter(public=True).select_related("area", "owner")


def open_incidents(*, at: datetime, limit: int = 20) -> list[Row]:
    """The public incidents that are open, the highest response level first; no exercises.
    Two queries."""
    levels = ("I", "II", "III", "IV")
    rank = Case(
        *(When(grade=level, then=Value(place)) for place, level in enumerate(levels)),
        default=Value(len(levels)),
        output_field=IntegerField(),
    )
    found = _public().filter(closed_at=None, exercise=False)
    found = found.order_by(rank, "-opened_at", "-id")
    return lists.rows_of(list(lists.running(found, at=at)[:limit]))


def find(code: str, *, at: datetime) -> Row:
    """One public incident, also a closed one. Raises NotFound."""
    found = lists.rows_of(list(lists.running(_public().filter(code=code), at=at)))
    if not found:
        raise NotFound()
    return found[0]


def measures_in_force(
    *, at: datetime, incident: Incident | None = None, limit: int = 100
) -> list[Measure]:
    """The measures in force now in public incidents, by area."""
    found = Measure.objects.filter(
        incident__public=True,
        incident__closed_at=None,
        lifted_at=None,
        starts_at__lte=at,
        expires_at__gt=at,
    ).select_related("area", "incident", "unit")
    if incident is None:
        found = found.filter(incident__exercise=False)
    else:
        found = found.filter(incident=incident)
    return list(found.order_by("area__path", "expires_at", "id")[:limit])


def ended_measures(incident: Incident, *, at: datetime, limit: int = 20) -> list[Measure]:
    """The measures of a public incident that were lifted or have expired, latest first."""
    found = incident.measures.exclude(lifted_at=None, expires_at__gt=at)
    return list(found.select_related("area").order_by("-starts_at", "-id")[:limit])

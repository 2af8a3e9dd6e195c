"""Incidents and measures by the place that they concern."""

from datetime import datetime

from django.db.models import Q

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Incident, Measure
from tongzhou.incidents.queries import situation
from tongzhou.incidents.queries.lists import visible
from tongzhou.incidents.queries.situation import AreaFigures
from tongzhou.places.models import Area, inside


def incidents_in(
    area: Area, *, visible_to: Post, limit: int = 10
) -> list[tuple[Incident, AreaFigures | None]]:
    """Open incidents that concern the area (theirs lies around it or inside it), the last
    opened first, each with the area's own latest figures."""
    concerned = Q(area__code__in=area.line()) | inside(area.path)
    found = visible(visible_to).filter(concerned, closed_at=None).select_related("area")
    rows = list(found.order_by("-opened_at", "-id")[:limit])
    figures = situation.of_area(area, [incident.id for incident in rows])
    return [(incident, figures.get(incident.id)) for incident in rows]


def measures_over(area: Area, *, visible_to: Post, at: datetime, limit: int = 30) -> list[Measure]:
    """Measures in force in the area: ordered for it, or for an area around it. Of public
    incidents and of those that the post sees."""
    seen = Q(incident__public=True) | Q(incident__parties__unit=visible_to.unit_id)
    found = Measure.objects.filter(
        seen,
        incident__exercise=visible_to.exercise,
        area__code__in=area.line(),
        incident__closed_at=None,
        lifted_at=None,
        starts_at__lte=at,
        expires_at__gt=at,
    )
    return list(
        found.select_related("area", "incident").distinct().order_by("expires_at", "id")[:limit]
    )

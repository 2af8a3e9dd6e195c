"""What stands on the page of an area about incidents: those that the reader sees, with the
area's figures, and the measures that hold there."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from tongzhou.actors.session import current_post
from tongzhou.incidents.queries import places
from tongzhou.kernel import clock
from tongzhou.places.models import Area
from tongzhou.places.panels import register


@register(order=10, template="incidents/_area_panel.html")
def incidents_here(area: Area, request: HttpRequest) -> Mapping[str, Any] | None:
    """The variables of the panel; None where there is nothing to show."""
    post = current_post(request)
    if post is None:
        return None
    at = clock.now()
    rows = places.incidents_in(area, visible_to=post)
    measures = places.measures_over(area, visible_to=post, at=at)
    return {"rows": rows, "measures": measures, "at": at} if rows or measures else None

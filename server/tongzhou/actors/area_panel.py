"""The units of an area, on its page."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from tongzhou.actors import queries
from tongzhou.actors.session import current_post
from tongzhou.places import panels
from tongzhou.places.models import Area


@panels.register(order=20, template="actors/_area_units.html")
def units(area: Area, request: HttpRequest) -> Mapping[str, Any] | None:
    """The units that belong to the area itself; nothing for somebody without a post."""
    post = current_post(request)
    if post is None:
        return None
    return {"units": queries.in_area(area, visible_to=post)}

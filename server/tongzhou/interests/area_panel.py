"""Structural tension of an area, on its page: what planning for the area reads."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest

from tongzhou.actors.session import current_post
from tongzhou.interests.queries import tensions
from tongzhou.kernel import clock
from tongzhou.places import panels
from tongzhou.places.models import Area


@panels.register(order=40, template="interests/_area_tension.html")
def tension(area: Area, request: HttpRequest) -> Mapping[str, Any] | None:
    """The score with its components; nothing for somebody without a post, or where nothing is
    known."""
    if current_post(request) is None:
        return None
    row = tensions.of(area, at=clock.now())
    return {"row": row} if row is not None else None

"""The rates of cost that are in force: the template ``cost_items`` of the library."""

from datetime import datetime
from typing import Final

from django.utils import timezone

from tongzhou.library import queries as library
from tongzhou.library.kinds.cost_items import CostItems
from tongzhou.library.queries import Version
from tongzhou.places.models import Area

KEY: Final = "claims"


def version(*, at: datetime, area: Area | None = None) -> Version:
    """The version in force on the local day. Raises NoTemplate."""
    return library.in_force("cost_items", KEY, on=timezone.localtime(at).date(), area=area)


def in_force(*, at: datetime, area: Area | None = None) -> CostItems:
    """Its content. Raises NoTemplate."""
    body = version(at=at, area=area).body
    assert isinstance(body, CostItems)
    return body

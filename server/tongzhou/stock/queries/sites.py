"""Stores, as far as a post may see them."""

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import NotFound
from tongzhou.stock.models import AUTHORITIES, Site


def visible_sites(*, visible_to: Post) -> QuerySet[Site, Site]:
    """The stores of the unit and of those below it, and for an authority those in its area;
    of the world in which the post works."""
    seen = Q(unit__line__contains=[visible_to.unit_id])
    if visible_to.unit.sector in AUTHORITIES:
        seen |= Q(area__path__startswith=visible_to.unit.area.path)
    return Site.objects.filter(seen, exercise=visible_to.exercise).select_related("unit", "area")


def find_site(*, code: str, visible_to: Post) -> Site:
    """The store with this code. Raises NotFound."""
    found = visible_sites(visible_to=visible_to).filter(code=code).first()
    if found is None:
        raise NotFound()
    return found

"""What a form offers: units, areas."""

from django.db.models import Q

from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.places import queries as places
from tongzhou.places.models import Area, inside

_MOST = 500
Groups = list[tuple[str, list[tuple[str, str]]]]


def units(*, visible_to: Post) -> Groups:
    """Active units that the post may propose something to, by sector."""
    wanted = Q(line__contains=[visible_to.unit_id]) | inside(visible_to.unit.area.path)
    rows = Unit.objects.filter(wanted, active=True).order_by("area__path", "code")[:_MOST]
    return _grouped(list(rows))


def takers(*, of: Unit) -> Groups:
    """Active units to which a duty can be passed on: those below, and those of the area."""
    wanted = Q(line__contains=[of.id]) | inside(of.area.path)
    rows = Unit.objects.filter(wanted, active=True).exclude(id=of.id)
    return _grouped(list(rows.order_by("area__path", "code")[:_MOST]))


def areas(around: Area) -> list[tuple[str, str]]:
    """The area, those above it and those directly inside it, as (code, name)."""
    found = [*places.ancestors(around), around, *places.children(around)]
    return [(area.code, area.name) for area in found]


def _grouped(units: list[Unit]) -> Groups:
    groups: dict[str, list[tuple[str, str]]] = {}
    for unit in units:
        groups.setdefault(unit.sector, []).append((unit.code, unit.name))
    labels = dict(Sector.choices)
    return [(str(labels[sector]), groups[sector]) for sector in Sector.values if sector in groups]


def below(*, visible_to: Post) -> list[tuple[str, str]]:
    """The own unit and the active ones below it."""
    rows = Unit.objects.filter(line__contains=[visible_to.unit_id], active=True)
    return [(unit.code, unit.name) for unit in rows.order_by("area__path", "code")[:_MOST]]

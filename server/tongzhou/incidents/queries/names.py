"""Units by the codes that somebody wrote."""

from collections.abc import Sequence

from django.db.models import Q

from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.queries import UnitUnknown
from tongzhou.incidents.models import Incident
from tongzhou.places.models import Area, inside


def unit(code: str, *, field: str) -> Unit:
    """The unit with this code. Raises UnitUnknown."""
    return units([code], field=field)[0]


def units(codes: Sequence[str], *, field: str) -> list[Unit]:
    """The units with these codes, in this order; one query. Raises UnitUnknown, ``row``
    being the place in the list."""
    found = {u.code: u for u in Unit.objects.select_related("area").filter(code__in=codes)}
    for place, code in enumerate(codes, start=1):
        if code not in found:
            raise UnitUnknown(field=field, row=place, code=code)
    return [found[code] for code in codes]


#: Levels whose units are offered for a choice besides those already in the incident.
_OFFERED = ("nation", "province", "city", "district")
_MOST = 400


def choices(
    *, area: Area, visible_to: Post, incident: Incident | None = None
) -> list[tuple[str, list[tuple[str, str]]]]:
    """Units to choose from, as groups of (code, name) by sector: those in the incident, the
    own line, and those of districts and above inside the area. Units are known to everybody
    who is signed in; others can be found by their code."""
    wanted = Q(id__in=visible_to.unit.line) | Q(line__contains=[visible_to.unit_id])
    wanted |= inside(area.path) & Q(level__in=_OFFERED)
    if incident is not None:
        wanted |= Q(incidentparty__incident=incident)
    found = Unit.objects.filter(wanted, active=True).distinct()
    rows = found.order_by("area__path", "code")[:_MOST]
    groups: dict[str, list[tuple[str, str]]] = {}
    for each in rows:
        groups.setdefault(each.sector, []).append((each.code, each.name))
    labels = dict(Sector.choices)
    return [(str(labels[sector]), groups[sector]) for sector in Sector.values if sector in groups]

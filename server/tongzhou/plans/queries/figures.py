"""The figures that rules of plans ask about, from the profile of an area and the counts of the
incident. What is not on file is None."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from tongzhou.incidents.models import Incident
from tongzhou.incidents.queries import situation
from tongzhou.incidents.queries.situation import AreaFigures
from tongzhou.places.models import Area

#: Figure → keys of the area's profile, the newest first.
_PROFILE: Final[Mapping[str, tuple[str, ...]]] = {
    "share_60": ("share_60", "age_60_2020", "age_60_2010"),
    "share_65": ("share_65", "age_65_2020", "age_65_2010"),
    "density": ("density",),
    "income": ("income",),
    "cdc_staff": ("cdc_staff",),
    "beds": ("beds",),
}
_KM2: Final = ("area_km2",)


def figures_of(
    areas: Sequence[Area], *, incident: Incident
) -> dict[str, Mapping[str, float | None]]:
    """By code of the area; three queries for all."""
    profiles = dict(
        Area.objects.filter(id__in=[area.id for area in areas]).values_list("code", "profile")
    )
    counted = situation.by_area(incident)
    return {
        area.code: _figures(area, profiles.get(area.code) or {}, counted, incident)
        for area in areas
    }


def _figures(
    area: Area, profile: Mapping[str, Any], counted: Sequence[AreaFigures], incident: Incident
) -> dict[str, float | None]:
    found = {name: _first(profile, keys) for name, keys in _PROFILE.items()}
    found["population"] = _number(area.population)
    size = _first(profile, _KM2)
    if found["density"] is None and size and area.population is not None:
        found["density"] = area.population / size
    found["incubation_days"] = _number(incident.incubation_days)
    return found | _outbreak(area, counted)


def _outbreak(area: Area, counted: Sequence[AreaFigures]) -> dict[str, float | None]:
    """Cases of the area: its own row, else the sum of the rows inside it."""
    own = [row for row in counted if row.area.id == area.id]
    inside = [row for row in counted if area.contains(row.area)]
    outer = situation.outermost(row.area.path for row in inside)
    rows = own or [row for row in inside if row.area.path in outer]
    if not rows:
        return {"confirmed": None, "new_14d": None}
    recent = [row.fortnight for row in rows]
    return {
        "confirmed": float(sum(row.confirmed for row in rows)),
        "new_14d": None if None in recent else float(sum(r for r in recent if r is not None)),
    }


def _first(profile: Mapping[str, Any], keys: Sequence[str]) -> float | None:
    return next((n for key in keys if (n := _number(profile.get(key))) is not None), None)


def _number(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return float(value)

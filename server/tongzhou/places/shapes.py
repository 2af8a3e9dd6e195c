"""Areas as GeoJSON (RFC 7946), for maps."""

from collections.abc import Sequence
from typing import Any

from tongzhou.places.models import Area


def feature(area: Area) -> dict[str, Any]:
    """One area with its boundary."""
    return {
        "type": "Feature",
        "id": area.code,
        "properties": {
            "code": area.code,
            "name": area.name,
            "name_zh": area.name_zh,
            "name_en": area.name_en,
            "population": area.population,
        },
        "geometry": area.boundary,
    }


def collection(areas: Sequence[Area]) -> dict[str, Any]:
    """Several areas; ``name`` is in the active language, as charts join by it."""
    return {"type": "FeatureCollection", "features": [feature(area) for area in areas]}

"""Areas as GeoJSON (RFC 7946), for maps."""

import hashlib
from collections.abc import Sequence
from typing import Any

from django.db.models import Q, TextField
from django.db.models.functions import Cast, Length
from django.utils.translation import get_language

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


def shapes_tag(code: str) -> str:
    """Changes when the shapes inside an area, their names or the language do (an ETag)."""
    facts = (
        Area.objects.filter(Q(parent__code=code) | Q(code=code), boundary__isnull=False)
        .annotate(size=Length(Cast("boundary", TextField())))
        .values_list("code", "name_zh", "name_en", "population", "size")
        .order_by("code")
    )
    written = repr((get_language(), list(facts)))
    return f'"{hashlib.sha256(written.encode()).hexdigest()[:32]}"'

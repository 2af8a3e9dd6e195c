"""Areas as the API shows and takes them."""

from typing import Annotated, Any, Literal, Self
from uuid import UUID

from pydantic import Field

from tongzhou.kernel.api.values import Code, Input, Line, Output, left_out
from tongzhou.places.models import Area

LevelName = Literal["nation", "province", "city", "district", "street", "community", "grid"]
Longitude = Annotated[float, Field(ge=-180, le=180, allow_inf_nan=False)]
Latitude = Annotated[float, Field(ge=-90, le=90, allow_inf_nan=False)]
People = Annotated[int, Field(ge=0, le=2_000_000_000)]


class AreaName(Output):
    """An area, by name."""

    code: str
    name_zh: str
    name_en: str
    level: LevelName

    @classmethod
    def named(cls, area: Area) -> Self:
        """From the model."""
        return cls.model_construct(
            code=area.code, name_zh=area.name_zh, name_en=area.name_en, level=area.level
        )


class AreaOut(AreaName):
    """An area in a list. ``path`` holds the codes from the root down; ``population`` is in
    persons, null where unknown; ``lon`` and ``lat`` are of its centre, in degrees."""

    id: UUID
    parent: str | None
    path: str
    population: int | None
    lon: float | None
    lat: float | None
    source: str

    @classmethod
    def of(cls, area: Area) -> Self:
        """From the model; trusted, so nothing is checked again."""
        return cls.model_construct(**_facts(area))


class AreaDetail(AreaOut):
    """An area with the areas around it and its profile; ``has_boundary`` tells whether
    ``/areas/{code}/boundary`` has a shape."""

    ancestors: list[AreaName]
    profile: dict[str, Any]
    has_boundary: bool

    @classmethod
    def full(cls, area: Area, ancestors: list[Area]) -> Self:
        """From the model."""
        return cls.model_construct(
            **_facts(area),
            ancestors=[AreaName.named(a) for a in ancestors],
            profile=area.profile,
            has_boundary=area.boundary is not None,
        )


def _facts(area: Area) -> dict[str, Any]:
    return {
        "id": area.id,
        "code": area.code,
        "name_zh": area.name_zh,
        "name_en": area.name_en,
        "level": area.level,
        "parent": area.parent_code,
        "path": area.path,
        "population": area.population,
        "lon": area.lon,
        "lat": area.lat,
        "source": area.source,
    }


class AreaIn(Input):
    """A new area below ``parent``."""

    code: Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z._-]{0,39}$")]
    name_zh: Annotated[Line, Field(min_length=1)]
    name_en: Line = ""
    level: LevelName
    parent: Code
    population: People | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    source: Line = ""


class AreaChange(Input):
    """What is to change; what is left out stays. Null takes a figure away."""

    name_zh: Annotated[Line, Field(min_length=1)] = left_out()
    name_en: Line = left_out()
    level: LevelName = left_out()
    population: People | None = None
    lon: Longitude | None = None
    lat: Latitude | None = None
    source: Line = left_out()

import re
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append
from tongzhou.places.acts import AREA_CREATED
from tongzhou.places.models import Area, Level
from tongzhou.places.names import search_text
from tongzhou.places.permissions import Editor, require_edit, signature

_CODE = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]{0,39}")
MOST_PEOPLE = 2_000_000_000


class AreaCodeMalformed(Invalid):
    """A code that could not stand in an address or a path."""

    code = "area-code-malformed"
    message = _("“%(value)s” is not a code: up to 40 letters, digits, dots and hyphens.")


class AreaCodeTaken(Conflict):
    """Another area has this code."""

    code = "area-code-taken"
    message = _("There is an area with the code %(value)s already.")


class AreaNameMissing(Invalid):
    """An area without a Chinese name."""

    code = "area-name-missing"
    message = _("Please give the area its Chinese name.")


class UnknownLevel(Invalid):
    """A level that is none of those there are."""

    code = "unknown-level"
    message = _("“%(value)s” is not a level. There are: %(known)s.")


class PositionImpossible(Invalid):
    """A longitude or latitude outside of the globe."""

    code = "position-impossible"
    message = _("Longitude lies between -180 and 180, latitude between -90 and 90.")


class PopulationImpossible(Invalid):
    """A number of people that no area has."""

    code = "population-impossible"
    message = _("“%(value)s” is not a number of people.")


def create_area(
    *,
    code: str,
    name_zh: str,
    level: str,
    at: datetime,
    by: Editor | None,
    parent: Area | None = None,
    name_en: str = "",
    population: int | None = None,
    lon: float | None = None,
    lat: float | None = None,
    profile: Mapping[str, Any] | None = None,
    source: str = "",
    id: UUID | None = None,
) -> Area:
    """Adds an area below ``parent`` (None: a root, for the command line only).

    ``population`` in persons, ``lon`` and ``lat`` in degrees. Raises NotAllowed,
    AreaCodeMalformed, AreaCodeTaken, AreaNameMissing, UnknownLevel, PositionImpossible,
    PopulationImpossible.
    """
    if not _CODE.fullmatch(code):
        raise AreaCodeMalformed(field="code", value=code)
    check_names(name_zh)
    check_level(level)
    check_figures(population=population, lon=lon, lat=lat)
    with transaction.atomic():
        require_edit(by=by, inside=parent)
        area = Area(
            id=id or new_id(),
            code=code,
            name_zh=name_zh.strip(),
            name_en=name_en.strip(),
            level=level,
            parent=parent,
            path=f"{parent.path if parent else ''}{code}/",
            population=population,
            lon=lon,
            lat=lat,
            profile=dict(profile or {}),
            source=source.strip(),
            search=search_text(name_zh.strip(), name_en.strip()),
        )
        try:
            with transaction.atomic():
                area.save(force_insert=True)
        except IntegrityError as error:
            raise AreaCodeTaken(field="code", value=code) from error
        append(
            AREA_CREATED,
            at=at,
            about=("area", area.id),
            area=area.code,
            **signature(by),
            data={"code": area.code, "level": area.level, "name": area.name_zh},
        )
    return area


def check_names(name_zh: str) -> None:
    """Raises AreaNameMissing."""
    if not name_zh.strip():
        raise AreaNameMissing(field="name_zh")


def check_level(level: str) -> None:
    """Raises UnknownLevel."""
    if level not in Level.values:
        raise UnknownLevel(field="level", value=level, known=", ".join(Level.values))


def check_figures(
    *, population: int | None, lon: float | None = None, lat: float | None = None
) -> None:
    """Raises PopulationImpossible, PositionImpossible (also for "not a number")."""
    if population is not None and not 0 <= population <= MOST_PEOPLE:
        raise PopulationImpossible(field="population", value=population)
    for field, value, bound in (("lon", lon, 180.0), ("lat", lat, 90.0)):
        if value is not None and not -bound <= value <= bound:
            raise PositionImpossible(field=field)

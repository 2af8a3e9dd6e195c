"""What other rooms ask the library, as ``from tongzhou.library import queries as library``:
``library.in_force("report_chain", "law-2025", on=day)``."""

from datetime import date
from uuid import UUID

from tongzhou.library import lookup, profile
from tongzhou.library.lookup import NoSuchVersion, NoTemplate
from tongzhou.library.versions import Version
from tongzhou.places.models import Area

__all__ = (
    "NoSuchVersion",
    "NoTemplate",
    "Version",
    "all_in_force",
    "in_force",
    "profile",
    "version",
)


def in_force(
    kind: str, key: str, *, on: date, profile: str | None = None, area: Area | None = None
) -> Version:
    """The version of a template in force on that day, under the country profile in use or
    the one given. With ``area``, a version of that area or one above it comes before the
    national one. One query. Raises NoTemplate."""
    return lookup.find(kind, key, on=on, profile=profile or _profile(), area=area)


def all_in_force(
    kind: str, *, on: date, profile: str | None = None, area: Area | None = None
) -> list[Version]:
    """The versions of all templates of a kind in force on that day, by key; else as
    ``in_force``. One query."""
    return lookup.find_all(kind, on=on, profile=profile or _profile(), area=area)


def version(id: UUID) -> Version:
    """The version with this id, kept by the process: versions do not change.
    Raises NoSuchVersion."""
    return lookup.by_id(id)


def _profile() -> str:
    return profile.current()

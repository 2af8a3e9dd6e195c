"""Which level is competent for a response level, and by what criteria: from the template in
force."""

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.library import queries as library
from tongzhou.library.kinds.grades import GradeLevel, GradesBody
from tongzhou.library.queries import NoTemplate, Version
from tongzhou.places.models import Area

KIND: Final = "grades"
KEY: Final = "response-levels"
_RANKS: Final = ("grid", "community", "street", "district", "city", "province", "nation")
_AUTHORITIES: Final = (Sector.GOVERNMENT, Sector.PARTY_BODY)


@dataclass(frozen=True)
class Levels:
    """The levels of a template."""

    version: Version

    @property
    def body(self) -> GradesBody:
        """What the template says."""
        return cast(GradesBody, self.version.body)

    def of(self, grade: str) -> GradeLevel:
        """One level. Raises KeyError."""
        return self.body.level(grade)


def levels(*, on: date, area: Area) -> Levels | None:
    """The response levels in force on a day; None when no template holds then."""
    try:
        return Levels(library.in_force(KIND, KEY, on=on, area=area))
    except NoTemplate:
        return None


def stands_high_enough(unit: Unit, level: GradeLevel) -> bool:
    """True when the unit stands at the competent level or above it."""
    return _RANKS.index(unit.level) >= _RANKS.index(level.leader_level)


def competent(level: GradeLevel, *, area: Area) -> Unit | None:
    """The lowest authority over the area that stands high enough; of several, the head of
    the line. None when none of them is here."""
    found = Unit.objects.filter(
        active=True, sector__in=_AUTHORITIES, area__code__in=area.line()
    ).select_related("area")
    fit = [unit for unit in found if stands_high_enough(unit, level)]
    return min(fit, key=lambda u: (_RANKS.index(u.level), len(u.line), u.code), default=None)


def may_set(by: Post, level: GradeLevel, *, area: Area) -> Unit | None:
    """None when the post's unit is competent, or when nobody here stands higher; else the unit
    that is."""
    if stands_high_enough(by.unit, level):
        return None
    return competent(level, area=area)

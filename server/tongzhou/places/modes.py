"""Peacetime or emergency: what holds for an area at a moment.

An emergency holds for everything inside its area: a street cannot be at peace while its city
is not. Whoever asks gives the codes of the line, which an area knows without a query.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from tongzhou.places.models import Area, AreaMode, Mode


@dataclass(frozen=True)
class Standing:
    """The mode of an area. In an emergency: the row that makes it one (that of the largest
    area, if there are several)."""

    mode: Mode
    row: AreaMode | None = None

    @property
    def emergency(self) -> bool:
        """True in an emergency."""
        return self.mode == Mode.EMERGENCY


PEACE = Standing(Mode.PEACE)


def standing(area: Area, *, at: datetime) -> Standing:
    """What holds for an area at ``at``, by its own switch and those around it. One query."""
    return standings([area], at=at)[area.code]


def standings(areas: Sequence[Area], *, at: datetime) -> dict[str, Standing]:
    """The same for many, by code. One query."""
    wanted = {code for area in areas for code in area.line()}
    held = {row.area.code: row for row in _latest(wanted, at=at) if row.holds(at)}
    return {area.code: _of(area.line(), held) for area in areas}


def _of(line: Iterable[str], held: dict[str, AreaMode]) -> Standing:
    found = next((held[code] for code in line if code in held), None)
    return Standing(Mode.EMERGENCY, found) if found is not None else PEACE


def _latest(codes: Iterable[str], *, at: datetime) -> list[AreaMode]:
    rows = AreaMode.objects.filter(area__code__in=list(codes), at__lte=at)
    ordered = rows.order_by("area_id", "-at", "-id").distinct("area_id")
    return list(ordered.select_related("area").defer("area__profile", "area__boundary"))


def history(area: Area, *, limit: int = 50) -> list[AreaMode]:
    """The switches of an area and of those around it, latest first."""
    rows = AreaMode.objects.filter(area__code__in=area.line()).select_related("area")
    return list(rows.order_by("-at", "-id")[:limit])

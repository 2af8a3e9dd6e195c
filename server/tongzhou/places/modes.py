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


class Switches:
    """All switches of some areas and of those around them, to be asked for any moment: for
    whoever goes through many acts of many times. Two queries, when first asked."""

    def __init__(self, codes: Iterable[str]) -> None:
        self._codes = set(codes)
        self._lines: dict[str, Sequence[str]] | None = None
        self._rows: dict[str, list[AreaMode]] = {}

    def mode(self, code: str, *, at: datetime) -> Mode:
        """What held for the area of this code at a moment. Where no such area is known,
        ordinary times."""
        lines = self._read() if self._lines is None else self._lines
        for around in lines.get(code, ()):
            last = next((row for row in self._rows.get(around, ()) if row.at <= at), None)
            if last is not None and last.holds(at):
                return Mode.EMERGENCY
        return Mode.PEACE

    def _read(self) -> dict[str, Sequence[str]]:
        areas = Area.objects.filter(code__in=self._codes).only("code", "path")
        self._lines = {area.code: area.line() for area in areas}
        around = {code for line in self._lines.values() for code in line}
        rows = AreaMode.objects.filter(area__code__in=around).select_related("area")
        for row in rows.defer("area__profile", "area__boundary").order_by("-at", "-id"):
            self._rows.setdefault(row.area.code, []).append(row)
        return self._lines


def history(area: Area, *, limit: int = 50) -> list[AreaMode]:
    """The switches of an area and of those around it, latest first."""
    rows = AreaMode.objects.filter(area__code__in=area.line()).select_related("area")
    return list(rows.order_by("-at", "-id")[:limit])

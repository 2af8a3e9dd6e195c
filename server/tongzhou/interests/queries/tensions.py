"""Structural tension of areas: the mean of the z-scores of what is known of each.

    z(area, i) = strain_i × (value − mean over the compared areas) ÷ standard deviation
    score      = mean of the z of the components that the area has, two at least

Compared are the areas directly below one area. A component counts where three of them have it
and they differ. What was recorded comes first; else the share of the elderly (65 and over) is
that of the census in the area's profile, and the share of the largest supplier is counted from
shipments of the last 365 days into the area. What is missing is shown as missing.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from statistics import fmean, stdev
from typing import Final
from uuid import UUID

from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext

from tongzhou.interests.indicators import MEANINGS, Indicator
from tongzhou.interests.models import TensionFigure
from tongzhou.places.models import Area
from tongzhou.places.profile import YEARS
from tongzhou.shipments.models import Shipment

#: A component is compared where so many areas have it; an area is scored with so many of them.
FEWEST_AREAS, FEWEST_PARTS = 3, 2
MOST: Final = 500
SPAN: Final = timedelta(days=365)


@dataclass(frozen=True)
class Figure:
    """What is known of a component: its value, year and source, and how far it stands from the
    others (None where too few can be compared)."""

    indicator: Indicator
    value: float | None = None
    year: int | None = None
    source: str = ""
    z: float | None = None

    @property
    def written(self) -> str:
        """The value with its decimals; empty where it is missing."""
        if self.value is None:
            return ""
        return f"{self.value:,.{MEANINGS[self.indicator].decimals}f}"

    @property
    def unit(self) -> str:
        """What it is counted in."""
        return str(MEANINGS[self.indicator].unit)


@dataclass(frozen=True)
class Row:
    """An area with its components, in their order, and its score."""

    area: Area
    figures: Sequence[Figure]

    @property
    def parts(self) -> int:
        """How many components stand in the score."""
        return sum(one.z is not None for one in self.figures)

    @property
    def score(self) -> float | None:
        """The mean of the z-scores; None with fewer than two."""
        found = [one.z for one in self.figures if one.z is not None]
        return fmean(found) if len(found) >= FEWEST_PARTS else None


def below(parent: Area, *, at: datetime) -> list[Row]:
    """The areas directly below one, the most strained first, those without a score last. A fixed
    number of queries."""
    areas = list(Area.objects.filter(parent=parent).defer("boundary").order_by("code")[:MOST])
    return _rows(areas, at=at)


def of(area: Area, *, at: datetime) -> Row | None:
    """One area among those beside it; None where nothing is known of it."""
    if area.parent_id is None:
        return None
    areas = list(Area.objects.filter(parent=area.parent_id).defer("boundary")[:MOST])
    row = next((one for one in _rows(areas, at=at) if one.area.id == area.id), None)
    return row if row and any(one.value is not None for one in row.figures) else None


def _rows(areas: Sequence[Area], *, at: datetime) -> list[Row]:
    known = _recorded(areas)
    for area in areas:
        census = _census(area)
        if census is not None:
            known[area.id].setdefault(Indicator.ELDERLY, census)
    for place, share in _suppliers(areas, at=at).items():
        known[place].setdefault(Indicator.SUPPLIER, share)
    middle = {i: _spread([f[i].value for f in known.values() if i in f]) for i in Indicator}
    rows = [
        Row(area, [_scored(known[area.id].get(i, Figure(i)), middle[i]) for i in Indicator])
        for area in areas
    ]
    rows.sort(key=lambda row: (row.score is None, -(row.score or 0.0), row.area.code))
    return rows


def _scored(figure: Figure, middle: tuple[float, float] | None) -> Figure:
    if figure.value is None or middle is None:
        return figure
    mean, deviation = middle
    z = MEANINGS[figure.indicator].strains * (figure.value - mean) / deviation
    return Figure(figure.indicator, figure.value, figure.year, figure.source, z)


def _spread(values: Sequence[float | None]) -> tuple[float, float] | None:
    there = [value for value in values if value is not None]
    if len(there) < FEWEST_AREAS:
        return None
    deviation = stdev(there)
    return (fmean(there), deviation) if deviation > 0 else None


def _recorded(areas: Sequence[Area]) -> dict[UUID, dict[Indicator, Figure]]:
    found: dict[UUID, dict[Indicator, Figure]] = defaultdict(dict)
    rows = TensionFigure.objects.filter(area__in=areas)
    for row in rows.order_by("area", "indicator", "-year", "-at", "-id").distinct(
        "area", "indicator"
    ):
        indicator = Indicator(row.indicator)
        found[row.area_id][indicator] = Figure(indicator, float(row.value), row.year, row.source)
    return found


def _census(area: Area) -> Figure | None:
    for year in reversed(YEARS):
        value = area.profile.get(f"age_65_{year}")
        if isinstance(value, int | float | Decimal):
            source = area.source or gettext("census, in the profile of the area")
            return Figure(Indicator.ELDERLY, float(value), year, source)
    return None


def _suppliers(areas: Sequence[Area], *, at: datetime) -> Mapping[UUID, Figure]:
    """The largest giver's part of the shipments into each area or below it; two at least."""
    if not areas:
        return {}
    below = areas[0].path.rstrip("/").rpartition("/")[0]
    inside = f"{below}/" if below else ""
    by_code = {area.code: area.id for area in areas}
    rows = (
        Shipment.objects.filter(
            planned_at__gte=at - SPAN, planned_at__lte=at, cancelled_at=None, exercise=False,
            area__path__startswith=inside,
        )
        .order_by()
        .values_list("area__path", "giver")
        .annotate(n=Count("id"))
    )  # fmt: skip
    moved: dict[UUID, dict[UUID, int]] = defaultdict(lambda: defaultdict(int))
    for path, giver, n in rows:
        place = by_code.get(path.removeprefix(inside).partition("/")[0])
        if place is not None:
            moved[place][giver] += n
    found = {}
    for place, givers in moved.items():
        total = sum(givers.values())
        if total >= 2:
            source = gettext("%(n)d shipments of the last 365 days") % {"n": total}
            year = timezone.localtime(at).year
            share = 100 * max(givers.values()) / total
            found[place] = Figure(Indicator.SUPPLIER, share, year, source)
    return found

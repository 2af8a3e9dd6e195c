from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import TENSION_RECORD
from tongzhou.funds.actions.change import LINE, bounded
from tongzhou.interests.acts import TENSION_RECORDED
from tongzhou.interests.indicators import MEANINGS, Indicator
from tongzhou.interests.models import TensionFigure
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import append
from tongzhou.places.models import Area

FIRST_YEAR: Final = 1950
MOST: Final = 5000


class FigureUnknown(Invalid):
    """A component that there is not."""

    code = "figure-unknown"
    message = _("“%(word)s” is no component: density, elderly, staff, supplier.")


class FigureAbsurd(Invalid):
    """A value that no area has."""

    code = "tension-figure-absurd"
    message = _("%(value)s is not possible here: from 0 to %(most)s, four decimals at most.")


class FigureYear(Invalid):
    """A year in the future or in another age."""

    code = "figure-year"
    message = _("A year from 1950 to this one, please.")


class FigureSource(Invalid):
    """A figure of which nobody says where it comes from."""

    code = "figure-source-missing"
    message = _("Say where the figure comes from.")


class FiguresMissing(Invalid):
    """Nothing to record, or more than one file holds."""

    code = "figures-missing"
    message = _("One figure at least, %(most)d at most.")


@dataclass(frozen=True)
class Given:
    """A figure of an area, as somebody gives it."""

    area: Area
    indicator: str
    value: Decimal
    year: int
    source: str


def record_figures(*, figures: Sequence[Given], by: Post, at: datetime) -> list[TensionFigure]:
    """Records dated figures of areas, each with its source; all or none. Raises NotAllowed,
    FiguresMissing, FigureUnknown, FigureAbsurd, FigureYear, FigureSource (``row``: place in the
    list)."""
    if not 0 < len(figures) <= MOST:
        raise FiguresMissing(most=MOST)
    with transaction.atomic():
        rows = [
            require(one, by=by, at=at, row=place if len(figures) > 1 else None)
            for place, one in enumerate(figures, start=1)
        ]
        TensionFigure.objects.bulk_create(rows)
        for area in {one.area.id: one.area for one in figures}.values():
            own = [row for row in rows if row.area_id == area.id]
            append(
                TENSION_RECORDED, at=at, about=("area", area.id), **by.signs(), area=area.code,
                data={
                    "code": area.code,
                    "figures": [[row.indicator, str(row.value), row.year] for row in own],
                },
            )  # fmt: skip
    return rows


def require(given: Given, *, by: Post, at: datetime, row: int | None = None) -> TensionFigure:
    """The figure, checked; not kept yet. Raises as ``record_figures``."""
    permissions.require(by=by, word=TENSION_RECORD, on=given.area)
    if given.indicator not in Indicator.values:
        raise FigureUnknown(field="indicator", row=row, word=given.indicator[:40])
    most = MEANINGS[Indicator(given.indicator)].most
    value = given.value
    if not value.is_finite() or not 0 <= value <= most or value != round(value, 4):
        raise FigureAbsurd(field="value", row=row, value=str(value)[:20], most=most)
    if not FIRST_YEAR <= given.year <= at.year:
        raise FigureYear(field="year", row=row)
    if not given.source.strip():
        raise FigureSource(field="source", row=row)
    return TensionFigure(
        area=given.area, indicator=given.indicator, value=value, year=given.year,
        source=bounded(given.source, field="source", limit=LINE), post=by, at=at,
    )  # fmt: skip

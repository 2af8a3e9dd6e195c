"""Needs that may be the same: one unit, one item, at a time that overlaps."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final
from uuid import UUID

from django.db.models import Count, DateTimeField, DurationField, F, OuterRef, Q, Subquery, Value
from django.db.models.expressions import ExpressionWrapper
from django.db.models.functions import Coalesce, Greatest

from tongzhou.actors.models import Post
from tongzhou.needs import access
from tongzhou.needs.models import Need, NeedLine

#: A need without a date is taken to hold for so long.
HOLDS: Final = timedelta(days=7)
MOST: Final = 50


@dataclass(frozen=True)
class Repeat:
    """Two needs of a unit, the older one first, and in how many items they are alike."""

    older: Need
    newer: Need
    items: int


def _end(prefix: str = "") -> object:
    held = ExpressionWrapper(
        F(f"{prefix}stated_at") + Value(HOLDS, output_field=DurationField()),
        output_field=DateTimeField(),
    )
    return Greatest(Coalesce(F(f"{prefix}needed_by"), held), held)


def repeats(*, visible_to: Post, unit: UUID | None = None, most: int = MOST) -> list[Repeat]:
    """Pairs that may be merged, the most alike first. Three queries."""
    mine = NeedLine.objects.filter(access.visible_lines(visible_to), open=True)
    if unit is not None:
        mine = mine.filter(unit=unit)
    mine = mine.annotate(ends=_end())
    earlier = NeedLine.objects.filter(
        unit=OuterRef("unit"), item=OuterRef("item"), open=True, exercise=OuterRef("exercise"),
        stated_at__lte=OuterRef("stated_at"), need__lt=OuterRef("need"),
    ).annotate(ends=_end()).filter(ends__gte=OuterRef("stated_at"))  # fmt: skip
    found = (
        mine.annotate(older=Subquery(earlier.order_by("-stated_at", "-id").values("need")[:1]))
        .filter(~Q(older=None))
        .values("need", "older")
        .annotate(items=Count("id"))
        .order_by("-items", "need")[:most]
    )
    pairs = list(found)
    ids = {row["need"] for row in pairs} | {row["older"] for row in pairs}
    needs = {
        need.id: need for need in Need.objects.filter(id__in=ids).select_related("unit", "holder")
    }
    return [Repeat(needs[row["older"]], needs[row["need"]], row["items"]) for row in pairs]

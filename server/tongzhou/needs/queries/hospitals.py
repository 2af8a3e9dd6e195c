"""How hospitals stand: the last word of each, with its age; and all that one said."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery

from tongzhou.actors.models import Post, Sector, Unit
from tongzhou.actors.vocabulary import NEED_SEE
from tongzhou.kernel.errors import NotFound
from tongzhou.needs.models import HospitalStatus

#: Older than this a figure is shown as such.
OLD: Final = timedelta(hours=24)
MOST: Final = 500


@dataclass(frozen=True)
class Standing:
    """A hospital and the last that it said, None where it said nothing."""

    unit: Unit
    status: HospitalStatus | None
    old: bool


def visible(post: Post) -> QuerySet[Unit, Unit]:
    """The hospitals whose status a post may see: its own, those below it, and with "need.see"
    those of its area."""
    found = Q(line__contains=[post.unit_id])
    if post.holds(NEED_SEE.name):
        found |= Q(area__path__startswith=post.unit.area.path)
    return Unit.objects.filter(found, sector=Sector.HOSPITAL, active=True)


def standings(*, visible_to: Post, at: datetime, area: str = "", q: str = "") -> list[Standing]:
    """By area and name, at most 500. Two queries."""
    latest = HospitalStatus.objects.filter(
        unit=OuterRef("pk"), exercise=visible_to.exercise
    ).order_by("-as_of")
    units = visible(visible_to).annotate(latest=Subquery(latest.values("id")[:1]))
    if area:
        units = units.filter(area__code__in=[area]) | units.filter(area__path__contains=f"{area}/")
    if q:
        units = units.filter(Q(name_zh__icontains=q) | Q(name_en__icontains=q))
    found = list(
        units.select_related("area")
        .defer("area__boundary", "area__profile")
        .order_by("area__path", "code")[:MOST]
    )
    statuses = HospitalStatus.objects.in_bulk([u.latest for u in found if u.latest])
    return [
        Standing(
            unit,
            status := statuses.get(unit.latest),
            status is not None and at - status.as_of > OLD,
        )
        for unit in found
    ]


def find(code: str, *, visible_to: Post) -> Unit:
    """A hospital. Raises NotFound."""
    found = visible(visible_to).select_related("area").filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


def history(unit: UUID, *, visible_to: Post, limit: int = 60) -> list[HospitalStatus]:
    """What it said, the latest first."""
    found = HospitalStatus.objects.filter(unit=unit, exercise=visible_to.exercise)
    return list(found.select_related("post__unit").order_by("-as_of")[:limit])

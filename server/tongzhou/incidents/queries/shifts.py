"""Shifts of field staff, and how long each has been silent."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import CheckIn, Incident, Shift
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound

_JOINED = ("unit", "area", "incident", "started_by__unit")


@dataclass(frozen=True)
class Filters:
    """What is wanted: "out", "silent" (overdue, or in need of help) or "ended" ones, of a unit
    by its code, in an incident by its code."""

    state: str = ""
    unit: str = ""
    incident: str = ""


@dataclass(frozen=True)
class Board:
    """The shifts that are out: silent ones first, then by the next check-in."""

    silent: list[Shift]
    out: list[Shift]

    @property
    def people(self) -> int:
        """How many people are out."""
        return sum(shift.people for shift in (*self.silent, *self.out))


def visible(post: Post) -> QuerySet[Shift, Shift]:
    """The shifts of the post's unit and of the units below it; in an exercise those of
    exercises alone, outside none of them."""
    wanted = Q(unit_id=post.unit_id) | Q(unit__line__contains=[post.unit_id])
    world = Q(incident__exercise=True)
    found = Shift.objects.filter(wanted, world if post.exercise else ~world)
    return found.select_related(*_JOINED)


def find(id: UUID, *, visible_to: Post) -> Shift:
    """One shift. Raises NotFound."""
    found = visible(visible_to).filter(id=id).first()
    if found is None:
        raise NotFound()
    return found


def out(*, visible_to: Post, at: datetime, filters: Filters = Filters(), limit: int = 200) -> Board:
    """Who is out now; one query."""
    found = _wanted(visible_to, filters, at=at).filter(ended_at=None)
    rows = list(found.order_by("due_at", "id")[:limit])
    silent = [shift for shift in rows if shift.needs_help or shift.silent(at) is not None]
    return Board(silent, [shift for shift in rows if shift not in silent])


def listed(
    *,
    visible_to: Post,
    at: datetime,
    filters: Filters = Filters(),
    cursor: str = "",
    limit: int = 30,
) -> Slice[Shift]:
    """Shifts, the last begun first. Raises CursorInvalid."""
    return slice_of(
        _wanted(visible_to, filters, at=at),
        by=[("started_at", datetime), ("id", UUID)],
        cursor=cursor,
        limit=limit,
        descending=True,
    )


def all_shifts(*, visible_to: Post, filters: Filters, at: datetime) -> Iterator[Shift]:
    """All of them, for files."""
    found = _wanted(visible_to, filters, at=at).order_by("-started_at", "-id")
    return found.iterator(chunk_size=500)


def known(*, visible_to: Post, limit: int = 100) -> tuple[list[Unit], list[Incident]]:
    """The units and the incidents of the shifts that the post sees, to choose from."""
    seen = visible(visible_to).order_by()
    units = Unit.objects.filter(id__in=seen.values("unit_id")).order_by("code")
    incidents = Incident.objects.filter(id__in=seen.values("incident_id")).order_by("code")
    return list(units[:limit]), list(incidents[:limit])


def _wanted(post: Post, filters: Filters, *, at: datetime) -> QuerySet[Shift, Shift]:
    found = visible(post)
    match filters.state:
        case "out":
            found = found.filter(ended_at=None)
        case "silent":
            found = found.filter(Q(due_at__lt=at) | Q(needs_help=True), ended_at=None)
        case "ended":
            found = found.filter(ended_at__isnull=False)
    if filters.unit:
        found = found.filter(unit__code=filters.unit)
    if filters.incident:
        found = found.filter(incident__code=filters.incident)
    return found


def check_ins(shift: Shift, *, limit: int = 50) -> list[CheckIn]:
    """The check-ins of a shift, the last first."""
    return list(shift.check_ins.select_related("post__unit").order_by("-at", "-id")[:limit])

"""Shifts of field staff, and how long each has been silent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.incidents.models import CheckIn, Shift
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound

_JOINED = ("unit", "area", "incident", "started_by__unit")


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


def out(*, visible_to: Post, at: datetime, limit: int = 200) -> Board:
    """Who is out now; one query."""
    found = list(visible(visible_to).filter(ended_at=None).order_by("due_at", "id")[:limit])
    silent = [shift for shift in found if shift.needs_help or shift.silent(at) is not None]
    return Board(silent, [shift for shift in found if shift not in silent])


def listed(
    *, visible_to: Post, ended: bool | None = None, cursor: str = "", limit: int = 30
) -> Slice[Shift]:
    """Shifts, the last begun first. Raises CursorInvalid."""
    found = visible(visible_to)
    if ended is not None:
        found = found.filter(ended_at__isnull=not ended)
    return slice_of(
        found,
        by=[("started_at", datetime), ("id", UUID)],
        cursor=cursor,
        limit=limit,
        descending=True,
    )


def check_ins(shift: Shift, *, limit: int = 50) -> list[CheckIn]:
    """The check-ins of a shift, the last first."""
    return list(shift.check_ins.select_related("post__unit").order_by("-at", "-id")[:limit])

"""Allocations that a post may see: lists, one of them."""

from typing import Final

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.allocations.choices import OPEN
from tongzhou.allocations.models import Allocation
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound

#: Columns that no list shows and that may be large.
HEAVY: Final = ("problem", "result", "chosen", "error")


def visible(post: Post) -> QuerySet[Allocation, Allocation]:
    """The allocations of the post's unit, of those below it, and those to which its stores give;
    of the world in which the post works."""
    concerned = Q(unit__line__contains=[post.unit_id]) | Q(givers__contains=[post.unit_id])
    return Allocation.objects.filter(concerned, exercise=post.exercise)


def listed(
    *,
    visible_to: Post,
    q: str = "",
    show: str = "",
    incident: str = "",
    cursor: str = "",
    limit: int = 50,
) -> Slice[Allocation]:
    """By number, the latest first. ``show``: a state, or "open". One query. Raises
    CursorInvalid."""  # fmt: skip
    found = visible(visible_to).select_related("unit", "incident").defer(*HEAVY)
    for word in q.split()[:8]:
        digits = word.upper().removeprefix("AL").removeprefix("-")
        matching = Q(name__icontains=word)
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            matching |= Q(number=int(digits))
        found = found.filter(matching)
    if show == "open":
        found = found.filter(state__in=OPEN)
    elif show:
        found = found.filter(state=show)
    if incident:
        found = found.filter(incident__code=incident)
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def find(number: int, *, visible_to: Post) -> Allocation:
    """One allocation with its units. Raises NotFound."""
    found = visible(visible_to).select_related(
        "unit__area", "incident", "post__person", "post__unit", "decider__person", "decider__unit"
    )
    one = found.filter(number=number).first() if 0 < number < 2**62 else None
    if one is None:
        raise NotFound()
    return one

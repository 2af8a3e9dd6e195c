"""One need with everything on its page."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import NotFound
from tongzhou.needs import access
from tongzhou.needs.choices import RANKS, LineState
from tongzhou.needs.models import Commitment, Need, NeedLine, Passing, Revision
from tongzhou.stock.models import Reservation


def visible(post: Post) -> QuerySet[Need, Need]:
    """The needs that a post may see."""
    return Need.objects.filter(access.visible_needs(post))


def find(number: int, *, visible_to: Post) -> Need:
    """One need with its units. Raises NotFound."""
    found = (
        visible(visible_to)
        .select_related("unit", "area", "incident", "holder", "post__person", "merged_into", "run")
        .defer("area__boundary", "area__profile")
    )
    need = found.filter(number=number).first() if 0 < number < 2**62 else None
    if need is None:
        raise NotFound()
    return need


def line_of(need: Need, id: UUID) -> NeedLine:
    """A line of a need that was found. Raises NotFound."""
    line = need.lines.select_related("item", "need__area", "unit").filter(id=id).first()
    if line is None:
        raise NotFound(field="line")
    return line


def commitment(id: UUID, *, visible_to: Post) -> Commitment:
    """A commitment to a need that the post may see. Raises NotFound."""
    found = (
        Commitment.objects.select_related("line__need__unit", "line__item", "unit")
        .filter(id=id, line__need__in=visible(visible_to))
        .first()
    )
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class LineCard:
    """A line with who promised what, and how the amount changed."""

    line: NeedLine
    commitments: list[Commitment]
    revisions: list[Revision]


def cards(need: Need) -> list[LineCard]:
    """The lines in their order. Four queries."""
    lines = list(need.lines.select_related("item").order_by("place", "id"))
    given: dict[UUID, list[Commitment]] = {line.id: [] for line in lines}
    for one in (
        Commitment.objects.filter(line__need=need)
        .select_related("line__item", "unit", "item", "offer_line__offer__unit",
                        "offer_line__offer__desk", "received_by__unit")
        .order_by("at", "id")
    ):  # fmt: skip
        given[one.line_id].append(one)
    kept = {one.reservation: one for some in given.values() for one in some if one.reservation}
    for row in Reservation.objects.filter(id__in=list(kept)).select_related("site"):
        kept[row.id].store = row.site
    changed: dict[UUID, list[Revision]] = {line.id: [] for line in lines}
    for revision in Revision.objects.filter(line__need=need).order_by("at", "id"):
        changed[revision.line_id].append(revision)
    return [LineCard(line, given[line.id], changed[line.id]) for line in lines]


def passings(need: Need) -> list[Passing]:
    """How it went up the line, and why. One query."""
    return list(need.passings.select_related("former", "holder", "post__unit").order_by("at"))


def state_of(lines: list[NeedLine]) -> LineState:
    """Where a whole need stands: withdrawn or met when all its lines are; else as far as its
    furthest line, and "met" as partly met."""
    kept = {LineState(line.state) for line in lines} - {LineState.WITHDRAWN}
    if not kept:
        return LineState.WITHDRAWN
    furthest = max(kept, key=lambda state: RANKS[state.value])
    if len(kept) > 1 and furthest == LineState.MET:
        return LineState.PARTLY_MET
    if len(kept) > 1 and furthest == LineState.COMMITTED:
        return LineState.PARTLY_COMMITTED
    return furthest


def listed_of(unit: UUID, *, visible_to: Post, limit: int = 50) -> list[Need]:
    """The latest needs of a unit."""
    return list(visible(visible_to).filter(unit=unit).order_by("-number")[:limit])

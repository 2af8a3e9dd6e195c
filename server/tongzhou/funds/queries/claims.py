"""Claims of cost: a list, one of them, and what waits."""

from datetime import datetime

from django.db.models import Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.funds.choices import ClaimState, SpendingState, Work
from tongzhou.funds.models import Claim, Evidence, Spending
from tongzhou.incidents.models import AUTHORITIES
from tongzhou.incidents.queries.lists import of_world
from tongzhou.kernel.api.cursor import Slice, slice_of
from tongzhou.kernel.errors import NotFound


def visible(post: Post) -> QuerySet[Claim, Claim]:
    """Claims of the post's unit, to it, or to a unit below it."""
    unit = post.unit_id
    return Claim.objects.filter(Q(unit=unit) | Q(answerer__line__contains=[unit]), of_world(post))


def listed(
    *,
    visible_to: Post,
    at: datetime,
    q: str = "",
    show: str = "",
    relation: str = "",
    late: bool = False,
    cursor: str = "",
    limit: int = 50,
) -> Slice[Claim]:
    """Claims by number, the latest first; ``show`` a state; ``relation`` "own" or "answer"
    (ours to answer); ``late``: past their day without an answer. One query. Raises
    CursorInvalid."""
    found = visible(visible_to).select_related("unit", "answerer", "incident")
    for word in q.split()[:8]:
        digits = word.upper().removeprefix("C").removeprefix("-")
        matching = Q(what__icontains=word)
        if digits.isascii() and digits.isdigit() and len(digits) < 16:
            matching |= Q(number=int(digits))
        found = found.filter(matching)
    if show:
        found = found.filter(state=show)
    if relation == "own":
        found = found.filter(unit=visible_to.unit_id)
    elif relation == "answer":
        found = found.filter(answerer=visible_to.unit_id, state=ClaimState.MADE)
    if late:
        found = found.filter(state=ClaimState.MADE, due_at__lt=at)
    return slice_of(found, by=[("number", int)], cursor=cursor, limit=limit, descending=True)


def find(number: int, *, visible_to: Post) -> Claim:
    """One claim with its units. Raises NotFound."""
    found = visible(visible_to).select_related(
        "unit__area", "answerer", "incident", "post__unit", "post__person", "answer_post__unit"
    )
    claim = found.filter(number=number).first() if number < 2**62 else None
    if claim is None:
        raise NotFound()
    return claim


def files(claim: Claim) -> list[Evidence]:
    """The evidence that came with it."""
    return list(claim.files.order_by("at", "id"))


def asked_for(claim: Claim) -> Spending | None:
    """The living request by which it is paid."""
    living = (SpendingState.ASKED, SpendingState.APPROVED, SpendingState.PAID)
    found = Spending.objects.filter(for_kind=Work.CLAIM, for_id=claim.id, state__in=living)
    return found.select_related("fund__owner").first()


def answerers(unit: Unit, limit: int = 50) -> list[Unit]:
    """Whom a unit may claim from, the nearest first."""
    of_place = Q(sector__in=AUTHORITIES, area__code__in=unit.area.line())
    found = Unit.objects.filter(of_place | Q(id__in=unit.above), active=True).exclude(id=unit.id)
    return list(found.select_related("area").order_by("-area__path", "code")[:limit])


def to_answer(*, visible_to: Post) -> int:
    """How many wait for the post's unit."""
    return visible(visible_to).filter(answerer=visible_to.unit_id, state=ClaimState.MADE).count()

"""Who sees needs and offers.

A need is seen by the unit that has it, by those above it, by the unit whose turn it is and those
above that; by whoever may see needs and answers for, or stands around, its place of use; and by
who gives to it. Everybody else gets 404. An offer is seen by who made it, by who answers it, and
once it is accepted by whoever may see needs.
"""

from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import NEED_SEE
from tongzhou.needs.choices import Answer
from tongzhou.needs.models import Commitment, Offer

# What lines repeat of their need, so that a board is one walk along an index.
_SETTLE = """
UPDATE needs_needline AS line
SET unit_id = need.unit_id, holder_id = need.holder_id, area_path = area.path,
    incident_id = need.incident_id, exercise = need.exercise, priority = need.priority,
    needed_by = need.needed_by, stated_at = need.stated_at, doubted_at = need.doubted_at,
    withdrawn_at = coalesce(line.withdrawn_at, need.withdrawn_at)
FROM needs_need AS need JOIN places_area AS area ON area.id = need.area_id
WHERE line.need_id = need.id AND need.id = ANY(%s)
"""


#: So many ids are named one by one.
_MANY = 500


def settle(*needs: UUID) -> None:
    """Makes lines repeat what their needs say now."""
    with connection.cursor() as cursor:
        cursor.execute(_SETTLE, [list(needs)])


def visible_lines(post: Post) -> Q:
    """The lines of needs that a post may see. Lists of ids rather than subqueries, while they
    are short: then each part can be looked up in an index of its own. Two queries."""
    below: object = Unit.objects.filter(line__contains=[post.unit_id]).values("id")
    ids = list(
        Unit.objects.filter(line__contains=[post.unit_id]).values_list("id", flat=True)[: _MANY + 1]
    )
    if len(ids) <= _MANY:
        below = ids
    found = Q(unit_id__in=below) | Q(holder_id__in=below)
    given = Commitment.objects.filter(unit=post.unit_id).values_list("line_id", flat=True)
    if lines := list(given.order_by("-at")[:_MANY]):
        found |= Q(id__in=lines)
    if post.holds(NEED_SEE.name):
        found |= Q(area_path__startswith=post.unit.area.path)
    return Q(exercise=post.exercise) & found


def visible_needs(post: Post) -> Q:
    """The needs that a post may see."""
    unit = post.unit_id
    found = Q(unit__line__contains=[unit]) | Q(holder__line__contains=[unit])
    found |= Q(Exists(Commitment.objects.filter(line__need=OuterRef("pk"), unit=unit)))
    if post.holds(NEED_SEE.name):
        found |= Q(area__path__startswith=post.unit.area.path)
    return Q(exercise=post.exercise) & found


def visible_offers(post: Post) -> Q:
    """The offers that a post may see."""
    unit = post.unit_id
    found = Q(unit__line__contains=[unit]) | Q(desk__line__contains=[unit])
    if post.holds(NEED_SEE.name):
        found |= Q(answer=Answer.ACCEPTED, withdrawn_at=None)
    return Q(exercise=post.exercise) & found


def offers(post: Post) -> QuerySet[Offer, Offer]:
    """The offers that a post may see."""
    return Offer.objects.filter(visible_offers(post))

"""Who sees stakes and conflicts, as predicates of lists; the models say the same of one.

A stake is seen by its unit and those above it; once the unit stands behind it, by the parties of
its matter: of an incident all that have to do with it, of an area those with a stake in the same.
A conflict is seen by whoever sees a side of it, and by who mediates or decides it.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.incidents.models import IncidentParty
from tongzhou.incidents.queries.lists import of_world
from tongzhou.interests.models import Conflict, Mediation, Stake


def stakes(post: Post) -> QuerySet[Stake, Stake]:
    """The stakes that a post may see."""
    unit = post.unit_id
    in_incident = IncidentParty.objects.filter(incident=OuterRef("incident"), unit=unit)
    in_area = Stake.objects.filter(
        incident=None, area=OuterRef("area"), unit=unit, withdrawn_at=None
    )
    shared = Exists(in_incident) | (Q(incident=None) & Exists(in_area))
    near = Q(unit__line__contains=[unit])
    confirmed = Q(confirmed_at__isnull=False)
    return Stake.objects.filter(near | (confirmed & shared), of_world(post))


def conflicts(post: Post) -> QuerySet[Conflict, Conflict]:
    """The conflicts that a post may see."""
    unit, seen = post.unit_id, stakes(post)
    sides = Exists(seen.filter(id=OuterRef("one"))) | Exists(seen.filter(id=OuterRef("other")))
    mediates = Exists(Mediation.objects.filter(conflict=OuterRef("pk"), mediator=unit))
    return Conflict.objects.filter(sides | mediates | Q(decider=unit), of_world(post))

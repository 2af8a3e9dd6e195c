"""The kept result of an incident."""

from dataclasses import dataclass

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Incident
from tongzhou.insight.models import Result
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import follow


@dataclass(frozen=True)
class Shown:
    """What the page shows: the result, how many sealed acts (of the whole ledger) came since,
    and whether a fresh analysis is on its way."""

    result: Result
    behind: int
    working: bool


def result_for(incident: Incident, *, visible_to: Post) -> Shown:
    """The kept result. Raises NotFound for an incident that the post may not see."""
    if not incident.relations_of(visible_to):
        raise NotFound()
    result = Result.objects.filter(incident=incident.id).first() or Result(incident=incident.id)
    waits = result.asked_at is not None and (
        result.made_at is None or result.made_at < result.asked_at
    )
    return Shown(result=result, behind=follow.head() - result.position, working=waits)

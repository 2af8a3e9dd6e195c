"""The kept result of an incident."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tongzhou.actors.models import Post
from tongzhou.incidents.models import Incident
from tongzhou.insight.models import Result
from tongzhou.kernel.errors import NotFound
from tongzhou.ledger import follow

#: An analysis that was asked for longer ago did not come: it can be asked for again.
_PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True)
class Shown:
    """What the page shows: the result, how many sealed acts (of the whole ledger) came since,
    and whether a fresh analysis is on its way."""

    result: Result
    behind: int
    working: bool


def result_for(incident: Incident, *, visible_to: Post, at: datetime) -> Shown:
    """The kept result. Raises NotFound for an incident that the post may not see."""
    if not incident.relations_of(visible_to):
        raise NotFound()
    result = Result.objects.filter(incident=incident.id).first() or Result(incident=incident.id)
    asked, made = result.asked_at, result.made_at
    waits = asked is not None and (made is None or made < asked) and at - asked < _PATIENCE
    return Shown(result=result, behind=follow.head() - result.position, working=waits)

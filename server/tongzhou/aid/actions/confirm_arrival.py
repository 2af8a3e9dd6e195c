from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_HOST
from tongzhou.aid.actions import stays
from tongzhou.aid.actions.change import LINE, bounded, tell
from tongzhou.aid.acts import ARRIVED
from tongzhou.aid.models import Deployment


def confirm_arrival(
    *,
    deployment: Deployment,
    by: Post,
    at: datetime,
    count: int | None = None,
    place: str = "",
    difference: str = "",
) -> Deployment:
    """The host checks in who arrived (None: all that are on the way), where, and what is not as
    agreed. Raises NotFound, NotAllowed, AidOtherSide, NeverCame, AidCountWrong,
    AidTextTooLong."""
    with transaction.atomic():
        locked = stays.begin(deployment, by=by, word=AID_HOST, side="asker")
        came = stays.some_of(locked.on_the_way, count)
        locked.arrived += came
        locked.arrived_at = locked.arrived_at or at
        locked.place = bounded(place, field="place", limit=LINE) or locked.place
        locked.host_difference = bounded(difference, field="difference") or locked.host_difference
        locked.save(update_fields=["arrived", "arrived_at", "place", "host_difference"])
        tell(
            ARRIVED, agreement=locked.agreement, by=by, at=at,
            about=("aid_deployment", locked.id), asked_at=locked.left_at, due_at=locked.due_at,
            outcome="part" if locked.on_the_way else "all",
            data={"count": came, "open": locked.on_the_way, "differs": bool(difference.strip())},
        )  # fmt: skip
    return locked

from datetime import datetime, timedelta
from typing import Final

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_HOST
from tongzhou.aid.actions import stays
from tongzhou.aid.actions.change import bounded, day_of, tell
from tongzhou.aid.acts import RELEASED
from tongzhou.aid.models import Deployment

#: Whoever sent them says within this time that they are home.
HOME_WITHIN: Final = timedelta(days=2)


def release(
    *,
    deployment: Deployment,
    by: Post,
    at: datetime,
    count: int | None = None,
    difference: str = "",
) -> Deployment:
    """The host sends home so many of those that are here (None: all), and says what does not go
    back as it came. Raises NotFound, NotAllowed, AidOtherSide, NeverCame, AidCountWrong,
    AidTextTooLong."""
    with transaction.atomic():
        locked = stays.begin(deployment, by=by, word=AID_HOST, side="asker")
        gone = stays.some_of(locked.here, count)
        early = day_of(at) < locked.agreement.ends_on
        locked.released += gone
        locked.released_at = at
        locked.early = locked.early or early
        locked.host_difference = "\n".join(
            text for text in (locked.host_difference, bounded(difference, field="difference"))
            if text
        )  # fmt: skip
        locked.save(update_fields=["released", "released_at", "early", "host_difference"])
        tell(
            RELEASED, agreement=locked.agreement, by=by, at=at,
            about=("aid_deployment", locked.id), due_at=at + HOME_WITHIN,
            outcome="early" if early else "as_agreed",
            data={"count": gone, "open": locked.here + locked.on_the_way,
                  "differs": bool(difference.strip())},
        )  # fmt: skip
    return locked

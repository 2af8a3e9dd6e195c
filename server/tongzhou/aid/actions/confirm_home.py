from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_SEND
from tongzhou.aid.actions import stays
from tongzhou.aid.actions.change import bounded, tell
from tongzhou.aid.acts import HOME
from tongzhou.aid.models import Deployment


def confirm_home(
    *,
    deployment: Deployment,
    by: Post,
    at: datetime,
    count: int | None = None,
    difference: str = "",
) -> Deployment:
    """Whoever sent them says that so many are home (None: all that were sent home), and what did
    not come back as it left. Raises NotFound, NotAllowed, AidOtherSide, NeverCame,
    AidCountWrong, AidTextTooLong."""
    with transaction.atomic():
        locked = stays.begin(deployment, by=by, word=AID_SEND, side="offerer")
        back = stays.some_of(locked.going_home, count)
        locked.home += back
        locked.home_at = at
        locked.home_difference = "\n".join(
            text for text in (locked.home_difference, bounded(difference, field="difference"))
            if text
        )  # fmt: skip
        locked.save(update_fields=["home", "home_at", "home_difference"])
        tell(
            HOME, agreement=locked.agreement, by=by, at=at, about=("aid_deployment", locked.id),
            asked_at=locked.released_at,
            data={"count": back, "open": locked.going_home, "differs": bool(difference.strip())},
        )  # fmt: skip
    return locked

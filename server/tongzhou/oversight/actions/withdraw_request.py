from datetime import datetime

from django.db import transaction

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import BURDEN_ASK
from tongzhou.kernel.errors import NotAllowed
from tongzhou.oversight.actions.ask_acts import RequestNotSo, take_back
from tongzhou.oversight.models import Ask


def withdraw_request(*, ask: Ask, reason: str, by: Post, at: datetime) -> Ask:
    """The sender takes a request back; from today on nothing is owed. Raises NotFound,
    NotAllowed, RequestNotSo, ReasonMissing."""
    with transaction.atomic():
        locked = Ask.objects.select_for_update(of=("self",)).select_related("sender").get(id=ask.id)
        permissions.require(by=by, word=BURDEN_ASK, on=locked)
        if locked.sender_id != by.unit_id:
            raise NotAllowed(permission=BURDEN_ASK.label)
        if locked.stops_on is not None:
            raise RequestNotSo(reference=locked.reference)
        take_back(locked, reason=reason, by=by, at=at)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_ASK
from tongzhou.needs import access
from tongzhou.needs.actions.change import begin, record
from tongzhou.needs.acts import NEED_CONFIRMED
from tongzhou.needs.models import Need


def confirm_need(*, need: Need, by: Post, at: datetime) -> Need:
    """It still holds. Raises NotFound, NotAllowed, NeedNotOpen."""
    with transaction.atomic():
        need = begin(need, by=by, word=NEED_ASK)
        need.confirmed_at, need.doubted_at = at, None
        need.save(update_fields=["confirmed_at", "doubted_at"])
        access.settle(need.id)
        record(NEED_CONFIRMED, need=need, by=by, at=at)
    return need

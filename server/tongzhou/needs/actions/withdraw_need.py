from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_ASK
from tongzhou.kernel.errors import Conflict
from tongzhou.needs import access
from tongzhou.needs.actions.change import begin, reason_given, record
from tongzhou.needs.acts import NEED_WITHDRAWN
from tongzhou.needs.models import Commitment, Need


class StillPromised(Conflict):
    """Somebody has promised to give; they must know first."""

    code = "need-still-promised"
    message = _("Something for %(reference)s is promised or on its way. Take that back first.")


def withdraw_need(*, need: Need, reason: str, by: Post, at: datetime) -> Need:
    """The need does not hold any more. Raises NotFound, NotAllowed, NeedNotOpen, ReasonMissing,
    StillPromised."""
    reason = reason_given(reason)
    with transaction.atomic():
        need = begin(need, by=by, word=NEED_ASK)
        require_nothing_promised(need)
        need.withdrawn_at, need.withdrawn_reason = at, reason
        need.doubted_at = None
        need.save(update_fields=["withdrawn_at", "withdrawn_reason", "doubted_at"])
        access.settle(need.id)
        record(NEED_WITHDRAWN, need=need, by=by, at=at)
    return need


def require_nothing_promised(need: Need) -> None:
    """Raises StillPromised."""
    if Commitment.objects.filter(line__need=need, withdrawn_at=None, received_at=None).exists():
        raise StillPromised(reference=need.reference)

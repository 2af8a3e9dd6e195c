from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import NEED_COMMIT, NEED_SEE
from tongzhou.kernel.errors import Conflict, NotAllowed
from tongzhou.needs.actions.change import begin, reason_given
from tongzhou.needs.actions.commit import KIND
from tongzhou.needs.actions.committed import lock_commitment, record_commitment
from tongzhou.needs.actions.covering import covered, tell_cover
from tongzhou.needs.acts import COMMITMENT_WITHDRAWN
from tongzhou.needs.models import Commitment
from tongzhou.stock.actions.release import free_kept


class AlreadyOnWay(Conflict):
    """It has left; only the receiver or the carrier can say what became of it."""

    code = "already-on-way"
    message = _("This is on its way already. Turn the shipment back instead.")


def withdraw_commitment(
    *, commitment: Commitment, reason: str, by: Post, at: datetime
) -> Commitment:
    """Takes a promise back: the giver, or those above it (of a donor's offer: the unit that
    answered it). Goods that are still kept for it are free again. Raises NotFound, NotAllowed,
    ReasonMissing, CommitmentOver, AlreadyOnWay."""
    reason = reason_given(reason)
    with transaction.atomic():
        need = begin(commitment.line.need, by=by, word=NEED_SEE, open_only=False)
        held = lock_commitment(commitment)
        require_giver(held, by)
        if held.on_way or held.received:
            raise AlreadyOnWay()
        was = covered(need)
        held.withdrawn_at, held.withdrawn_reason = at, reason
        held.save(update_fields=["withdrawn_at", "withdrawn_reason"])
        free_kept(for_kind=KIND, for_id=held.id, by=by, at=at)
        record_commitment(COMMITMENT_WITHDRAWN, held, need=need, by=by, at=at, outcome="withdrawn")
        tell_cover(need, by=by, at=at, was=was)
    return held


def require_giver(commitment: Commitment, by: Post) -> None:
    """Raises NotAllowed where the promise is another's."""
    owner = commitment.unit
    if owner is None and commitment.offer_line is not None:
        owner = commitment.offer_line.offer.desk
    if owner is None or by.unit_id not in owner.line:
        raise NotAllowed(permission=NEED_COMMIT.label)
    permissions.require(by=by, word=NEED_COMMIT)

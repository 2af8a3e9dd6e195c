from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import AID_SEND
from tongzhou.aid.actions.change import AidDaysTurned, begin, bounded, counted, end_of, tell
from tongzhou.aid.acts import LEFT, STAY_SET
from tongzhou.aid.models import Agreement, Deployment
from tongzhou.kernel.errors import Conflict
from tongzhou.kernel.ids import new_id


class BeyondAgreement(Conflict):
    """More than was agreed."""

    code = "aid-beyond-agreed"
    message = _("%(left)d more may be sent under %(reference)s; this is more.")


def deploy(
    *,
    agreement: Agreement,
    count: int,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    note: str = "",
    id: UUID | None = None,
) -> Deployment:
    """So many set off, to arrive by the agreed time or by ``due_at``. Raises NotFound,
    NotAllowed, AidOtherSide, AgreementNotInForce, BeyondAgreement, AidCountWrong,
    AidDaysTurned, AidTextTooLong."""
    counted(count, most=1_000)
    with transaction.atomic():
        locked = begin(agreement, by=by, word=AID_SEND, sides=("offerer",))
        left = locked.count - locked.sent
        if count > left:
            raise BeyondAgreement(field="count", left=left, reference=locked.reference)
        due = due_at or locked.arrives_at
        if due > end_of(locked.ends_on) or (due_at is not None and due_at < at):
            raise AidDaysTurned(field="due_at")
        one = Deployment.objects.create(
            id=id or new_id(),
            agreement=locked,
            position=locked.deployments.count() + 1,
            sent=count,
            left_at=at,
            due_at=due,
            note=bounded(note, field="note"),
            post=by,
        )
        locked.sent += count
        locked.save(update_fields=["sent"])
        about = ("aid_deployment", one.id)
        # Who sets off late is late: the limit stays that of the agreement.
        tell(LEFT, agreement=locked, by=by, at=at, about=about, due_at=due, data={"count": count})
        tell(STAY_SET, agreement=locked, by=None, at=at, about=about,
             due_at=end_of(locked.ends_on))  # fmt: skip
    return one

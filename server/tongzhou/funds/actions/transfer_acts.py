"""What the acts on a transfer have in common."""

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import Word
from tongzhou.funds.actions import change
from tongzhou.funds.choices import TransferState
from tongzhou.funds.models import Transfer
from tongzhou.kernel.errors import Conflict
from tongzhou.ledger.append import Json
from tongzhou.ledger.types import ActType


class TransferNotSo(Conflict):
    """The transfer is in another state."""

    code = "transfer-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


def begin(transfer: Transfer, *, by: Post, word: Word) -> Transfer:
    """Locks a transfer that nobody decided, asks permission. Raises NotFound, NotAllowed,
    TransferNotSo."""
    locked = (
        Transfer.objects.select_for_update(of=("self",), no_key=True)
        .select_related(
            "source__owner__area", "source__incident", "source__area", "target__owner", "post"
        )
        .get(id=transfer.id)
    )
    permissions.require(by=by, word=word, on=locked)
    if locked.state != TransferState.ASKED:
        raise TransferNotSo(reference=locked.reference, state=locked.get_state_display())
    return locked


def tell(
    type: ActType,
    *,
    transfer: Transfer,
    by: Post,
    at: datetime,
    due_at: datetime | None = None,
    outcome: str = "",
    data: Mapping[str, Json] | None = None,
) -> None:
    """Writes an act about the transfer; both keepers and the asker are told."""
    source, target = transfer.source, transfer.target
    change.record(
        type,
        about=("transfer", transfer.id),
        by=by,
        at=at,
        units=[source.owner_id, target.owner_id, transfer.asker_id],
        incident=source.incident,
        area=source.owner.area,
        asked_at=transfer.asked_at,
        due_at=due_at,
        outcome=outcome,
        data={
            "number": transfer.number,
            "source": str(source.id),
            "target": str(target.id),
            "keeper": str(source.owner_id),
            "receiver": str(target.owner_id),
            "asker": str(transfer.asker_id),
            "amount": transfer.amount,
            **(data or {}),
        },
    )

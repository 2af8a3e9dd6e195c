from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_ASK, FUND_KEEP
from tongzhou.funds import money
from tongzhou.funds.actions.change import DECIDE_WITHIN, next_number, written
from tongzhou.funds.actions.transfer_acts import tell
from tongzhou.funds.acts import TRANSFER_ASKED
from tongzhou.funds.models import Fund, Transfer
from tongzhou.kernel.errors import Conflict
from tongzhou.kernel.ids import new_id


class SameFund(Conflict):
    """Both sides are the same."""

    code = "transfer-same-fund"
    message = _("Choose another fund to transfer to.")


class TransferLoosens(Conflict):
    """Money that is bound would come free by going elsewhere."""

    code = "transfer-loosens"
    message = _("“%(source)s” is bound; “%(target)s” would allow more. It must be bound as much.")


class OtherCurrency(Conflict):
    """Two funds in different currencies."""

    code = "transfer-currency"
    message = _("The two funds have different currencies.")


def ask_transfer(
    *,
    source: Fund,
    target: Fund,
    amount: int,
    why: str,
    by: Post,
    at: datetime,
    id: UUID | None = None,
) -> Transfer:
    """Whoever keeps one of the two funds asks that money goes from one to the other; somebody
    else of the giving side approves. Raises NotFound, NotAllowed, SameFund, TransferLoosens,
    OtherCurrency, TextMissing, TextTooLong, AmountMalformed, AmountNotPositive,
    AmountAbsurd."""
    money.require(amount)
    with transaction.atomic():
        permissions.require(by=by, word=FUND_ASK, on=source)
        if not permissions.allowed(by=by, word=FUND_KEEP, on=source):
            permissions.require(by=by, word=FUND_KEEP, on=target)
        if source.id == target.id:
            raise SameFund(field="target")
        if source.currency != target.currency:
            raise OtherCurrency(field="target")
        if not bound_as_much(source, target):
            raise TransferLoosens(field="target", source=source.name, target=target.name)
        transfer = Transfer(
            id=id or new_id(),
            number=next_number("transfer"),
            source=source,
            target=target,
            amount=amount,
            why=written(why, field="why"),
            asker=by.unit,
            post=by,
            asked_at=at,
            due_at=at + DECIDE_WITHIN,
        )
        transfer.save(force_insert=True)
        tell(TRANSFER_ASKED, transfer=transfer, by=by, at=at, due_at=transfer.due_at)
    return transfer


def bound_as_much(source: Fund, target: Fund) -> bool:
    """True when whatever the target may be spent on, the source may, too."""
    if source.purposes and not (target.purposes and set(target.purposes) <= set(source.purposes)):
        return False
    if source.area is not None and not (
        target.area is not None and source.area.contains(target.area)
    ):
        return False
    return source.incident_id in (None, target.incident_id)

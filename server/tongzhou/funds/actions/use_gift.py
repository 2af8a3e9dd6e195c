from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.funds import money, posting
from tongzhou.funds.actions.change import LINE, record, require_active, written
from tongzhou.funds.actions.receive_gift import begin
from tongzhou.funds.acts import GIFT_USED
from tongzhou.funds.choices import Books, GiftState, Kind
from tongzhou.funds.models import Gift, Posting
from tongzhou.kernel.errors import Conflict


class GiftNotGoods(Conflict):
    """Money is asked for and paid, not handed out."""

    code = "gift-not-goods"
    message = _("%(reference)s is money: it is spent by requests, not handed out.")


class GoodsShort(Conflict):
    """More than is left of the goods."""

    code = "goods-short"
    message = _("Goods worth %(left)s are left of %(reference)s; this is more.")


def use_gift(
    *, gift: Gift, amount: int, receiver: Unit, what: str, by: Post, at: datetime
) -> Posting:
    """Goods of a gift, worth this much, go to a unit. Raises NotFound, NotAllowed, GiftNotSo,
    GiftNotGoods, GoodsShort, TextMissing, TextTooLong, UnitGone, AmountMalformed,
    AmountNotPositive, AmountAbsurd."""
    money.require(amount)
    with transaction.atomic():
        locked = begin(gift, by=by, states=(GiftState.RECEIVED,))
        if not locked.in_kind:
            raise GiftNotGoods(reference=locked.reference)
        require_active(receiver, field="receiver")
        if amount > locked.left:
            left = locked.fund.money.text(locked.left)
            raise GoodsShort(field="amount", left=left, reference=locked.reference)
        (books,) = posting.locked(locked.fund)
        made = posting.write(
            Kind.USE,
            entries=[
                (books.accounts[Books.GOODS], -amount), (posting.outside(Books.USERS), amount)
            ],
            by=by,
            at=at,
            about=("gift", locked.id),
            reference=written(what, field="what", limit=LINE),
            party=receiver,
        )  # fmt: skip
        locked.used += amount
        locked.save(update_fields=["used"])
        record(
            GIFT_USED,
            about=("gift", locked.id),
            by=by,
            at=at,
            units=[locked.fund.owner_id, receiver.id, locked.donor_id],
            incident=locked.fund.incident,
            area=receiver.area,
            data={
                "number": locked.number,
                "fund": str(locked.fund_id),
                "receiver": str(receiver.id),
                "amount": amount,
                "posting": str(made.id),
            },
        )
    return made

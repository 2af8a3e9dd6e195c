from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import FUND_KEEP
from tongzhou.funds import money, posting
from tongzhou.funds.actions.change import LINE, bounded, record
from tongzhou.funds.actions.pledge_gift import require_goods
from tongzhou.funds.acts import GIFT_RECEIVED
from tongzhou.funds.choices import Books, GiftState, Kind
from tongzhou.funds.models import Gift
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import Json
from tongzhou.ledger.types import ActType


class GiftNotSo(Conflict):
    """The gift is in another state."""

    code = "gift-state"
    message = _("%(reference)s is “%(state)s”; this cannot be done with it now.")


class ValuationMissing(Invalid):
    """Goods with a value, and nobody knows where it comes from."""

    code = "valuation-missing"
    message = _("Say how the value was found: an invoice, a price list, a comparison.")


def receive_gift(
    *,
    gift: Gift,
    amount: int,
    by: Post,
    at: datetime,
    valued_by: str = "",
    quantity: Decimal | None = None,
    reference: str = "",
) -> Gift:
    """What was promised is there: money at hand, or goods of this value. What came may differ
    from what was promised. Raises NotFound, NotAllowed, GiftNotSo, ValuationMissing,
    GoodsAbsurd, TextTooLong, AmountMalformed, AmountNotPositive, AmountAbsurd."""
    money.require(amount)
    with transaction.atomic():
        locked = begin(gift, by=by, states=(GiftState.PROMISED,))
        if locked.in_kind:
            if not valued_by.strip():
                raise ValuationMissing(field="valued_by")
            locked.quantity = require_goods(quantity or locked.quantity)
        (books,) = posting.locked(locked.fund)
        account = books.accounts[Books.GOODS if locked.in_kind else Books.FREE]
        made = posting.write(
            Kind.GIFT,
            entries=[(posting.outside(Books.GIVERS), -amount), (account, amount)],
            by=by,
            at=at,
            about=("gift", locked.id),
            reference=bounded(reference, field="reference", limit=LINE),
            party=locked.donor,
        )
        if not locked.in_kind:
            posting.came_in(books, made, amount=amount, gift=locked)
        locked.amount = amount
        locked.valued_by = bounded(valued_by, field="valued_by", limit=LINE)
        locked.state = GiftState.RECEIVED
        locked.received_at = at
        locked.save(update_fields=["amount", "valued_by", "quantity", "state", "received_at"])
        tell(locked, GIFT_RECEIVED, by=by, at=at, data={"amount": amount, "posting": str(made.id)})
    return locked


def begin(gift: Gift, *, by: Post, states: tuple[GiftState, ...]) -> Gift:
    """Locks the gift, asks permission, checks its state. Raises NotFound, NotAllowed,
    GiftNotSo."""
    locked = (
        Gift.objects.select_for_update(of=("self",), no_key=True)
        .select_related("fund__owner__area", "fund__incident", "donor")
        .get(id=gift.id)
    )
    permissions.require(by=by, word=FUND_KEEP, on=locked)
    if locked.state not in states:
        raise GiftNotSo(reference=locked.reference, state=locked.get_state_display())
    return locked


def tell(gift: Gift, type: ActType, *, by: Post, at: datetime, data: Mapping[str, Json]) -> None:
    """Writes an act about the gift."""
    record(
        type,
        about=("gift", gift.id),
        by=by,
        at=at,
        units=[gift.fund.owner_id, gift.donor_id],
        incident=gift.fund.incident,
        area=gift.fund.owner.area,
        data={
            "number": gift.number, "fund": str(gift.fund_id), "in_kind": gift.in_kind, **data
        },
    )  # fmt: skip

import secrets
from datetime import date, datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import GIFT_PROMISE
from tongzhou.funds import money
from tongzhou.funds.actions.change import (
    LINE,
    bounded,
    next_number,
    record,
    require_days,
)
from tongzhou.funds.acts import GIFT_PROMISED
from tongzhou.funds.choices import Donor
from tongzhou.funds.models import Fund, Gift
from tongzhou.kernel.errors import Conflict, Invalid, NotFound, TextMissing
from tongzhou.kernel.ids import new_id

#: As the numbers of tickets: without what is easily mistaken.
_LETTERS: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
MOST_GOODS: Final = Decimal(10) ** 9


class TakesNoGifts(Conflict):
    """A fund that is not for gifts."""

    code = "fund-takes-no-gifts"
    message = _("“%(fund)s” does not take gifts.")


class DonorUnknown(Invalid):
    """A kind of donor that is none."""

    code = "donor-unknown"
    message = _("Say who gives: a person, a firm, an organisation or an authority.")


class GoodsAbsurd(Invalid):
    """A quantity of goods that cannot be."""

    code = "goods-absurd"
    message = _("This is no quantity of goods. Please check the digits.")


def new_code() -> str:
    """A key that cannot be guessed (59 random bits) and can be read out."""
    drawn = "".join(secrets.choice(_LETTERS) for _place in range(12))
    return f"GF-{drawn[:4]}-{drawn[4:8]}-{drawn[8:]}"


def pledge_gift(
    *,
    fund: Fund,
    donor_kind: str,
    by: Post | None,
    at: datetime,
    amount: int | None = None,
    thing: str = "",
    quantity: Decimal | None = None,
    measure: str = "",
    item: UUID | None = None,
    expected_on: date | None = None,
    own: bool = False,
    id: UUID | None = None,
) -> Gift:
    """A promise of money (``amount``), or of goods (``thing`` and ``quantity``; ``amount`` may
    say what they are worth). Anybody may promise, without an account (``by`` None); ``own``:
    the unit of the post gives under its own name. The code of the gift is the donor's key.
    Raises NotFound, NotAllowed, TakesNoGifts, DonorUnknown, TextMissing, GoodsAbsurd,
    AmountMalformed, AmountNotPositive, AmountAbsurd, DaysTurned."""
    in_kind = bool(thing.strip()) or quantity is not None
    if donor_kind not in Donor.values:
        raise DonorUnknown(field="donor_kind")
    if amount is not None or not in_kind:
        money.require(amount if amount is not None else 0)
    if in_kind:
        require_goods(quantity)
        if not thing.strip():
            raise TextMissing(field="thing")
    if expected_on is not None:
        require_days(expected_on, None, at=at, field="expected_on")
    with transaction.atomic():
        if by is not None:
            permissions.require(by=by, word=GIFT_PROMISE)
        if by is not None and by.exercise != bool(fund.incident and fund.incident.exercise):
            raise NotFound()
        if not fund.takes_gifts:
            raise TakesNoGifts(field="fund", fund=fund.name)
        donor: Unit | None = by.unit if by is not None and own else None
        gift = Gift(
            id=id or new_id(),
            number=next_number("gift"),
            code=new_code(),
            fund=fund,
            donor_kind=donor_kind,
            donor=donor,
            in_kind=in_kind,
            promised=amount,
            item=item,
            thing=bounded(thing, field="thing", limit=LINE),
            quantity=quantity,
            measure=bounded(measure, field="measure", limit=40),
            expected_on=expected_on,
            post=by,
            promised_at=at,
        )
        gift.save(force_insert=True)
        record(
            GIFT_PROMISED,
            about=("gift", gift.id),
            by=by,
            at=at,
            units=[fund.owner_id, donor.id if donor else None],
            incident=fund.incident,
            area=fund.owner.area,
            data={
                "number": gift.number,
                "keeper": str(fund.owner_id),
                "fund": str(fund.id),
                "amount": amount or 0,
                "in_kind": in_kind,
            },
        )
    return gift


def require_goods(quantity: Decimal | None, *, field: str = "quantity") -> Decimal:
    """A quantity of goods: more than nothing, not absurd, three decimals at most.
    Raises GoodsAbsurd."""
    if quantity is None or not quantity.is_finite() or not 0 < quantity <= MOST_GOODS:
        raise GoodsAbsurd(field=field)
    if quantity != quantity.quantize(Decimal("0.001")):
        raise GoodsAbsurd(field=field)
    return quantity

"""Amounts as people give them, turned into exact numbers or refused by name."""

from decimal import ROUND_HALF_EVEN, Decimal, InvalidOperation
from typing import Final

from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid

#: Nobody asks for or holds more pieces of anything: what is above is a slip or a joke.
MOST: Final = Decimal(10) ** 9
#: How a column holds an amount: up to 10^12 with three decimals, so that sums fit as well.
DIGITS: Final = 16
PLACES: Final = 3


class QuantityMalformed(Invalid):
    """What should be an amount is not a number."""

    code = "quantity-malformed"
    message = _("“%(value)s” is not an amount.")


class QuantityNotPositive(Invalid):
    """An amount of nothing, or less."""

    code = "quantity-not-positive"
    message = _("The amount must be greater than zero, not %(value)s.")


class QuantityAbsurd(Invalid):
    """More than there can be."""

    code = "quantity-absurd"
    message = _("%(value)s is more than any unit can hold or need. Please check the amount.")


class QuantityTooFine(Invalid):
    """A part of something that only comes whole."""

    code = "quantity-too-fine"
    message = _("%(item)s is counted with %(decimals)s decimals; %(value)s has more.")


def read(
    value: Decimal | int | str,
    *,
    decimals: int = PLACES,
    item: str = "",
    field: str = "quantity",
    row: int | None = None,
    zero: bool = False,
) -> Decimal:
    """The amount, exact. ``zero``: nothing is an amount too (of a count). Raises
    QuantityMalformed (also for NaN, infinities, floats), QuantityNotPositive, QuantityAbsurd,
    QuantityTooFine."""
    said = str(value).strip()[:40]
    if isinstance(value, float) or not said:
        raise QuantityMalformed(field=field, row=row, value=said)
    try:
        number = Decimal(said.replace(",", ""))
    except InvalidOperation as error:
        raise QuantityMalformed(field=field, row=row, value=said) from error
    if not number.is_finite():
        raise QuantityMalformed(field=field, row=row, value=said)
    if number < 0 or (number == 0 and not zero):
        raise QuantityNotPositive(field=field, row=row, value=said)
    if number > MOST:
        raise QuantityAbsurd(field=field, row=row, value=said)
    rounded = number.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_EVEN)
    if rounded != number:
        raise QuantityTooFine(field=field, row=row, value=said, decimals=decimals, item=item)
    return rounded


def plain(number: Decimal) -> str:
    """The amount as the ledger and files write it: "1200", "2.5", never "1.2E+3"."""
    text = f"{number:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

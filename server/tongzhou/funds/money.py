"""Amounts of money: whole numbers of the smallest unit of the currency, so that nothing is
ever rounded."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid
from tongzhou.library.queries import profile

#: Past this (a million million of the smallest unit's hundredfold) something was mistyped.
MOST: Final = 10**14
_PLAIN = re.compile(r"^[+-]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?$")


@dataclass(frozen=True)
class Currency:
    """A currency: its code (ISO 4217), its sign, and how many decimals its amounts have."""

    code: str
    sign: str
    decimals: int

    def text(self, amount: int) -> str:
        """An amount as it is read: 1,234.50."""
        sign = "−" if amount < 0 else ""
        return f"{sign}{self.plain(abs(amount), grouped=True)}"

    def plain(self, amount: int, *, grouped: bool = False) -> str:
        """An amount as programs and files write it: 1234.50."""
        whole, rest = divmod(abs(amount), 10**self.decimals)
        sign = "-" if amount < 0 else ""
        fraction = f".{rest:0{self.decimals}d}" if self.decimals else ""
        return f"{sign}{whole:,}{fraction}" if grouped else f"{sign}{whole}{fraction}"


CURRENCIES: Final = {
    c.code: c
    for c in (
        Currency("CNY", "¥", 2),
        Currency("EUR", "€", 2),
        Currency("USD", "$", 2),
        Currency("GBP", "£", 2),
        Currency("CHF", "CHF", 2),
        Currency("JPY", "¥", 0),
        Currency("KRW", "₩", 0),
        Currency("KWD", "KD", 3),
    )
}
_OF_PROFILE: Final = {"cn": "CNY", "int": "USD"}


class AmountMalformed(Invalid):
    """Something that is no amount: letters, NaN, two points."""

    code = "amount-malformed"
    message = _("This is not an amount. Write digits, such as 1250 or 1250.50.")


class AmountNotPositive(Invalid):
    """Nothing, or less than nothing."""

    code = "amount-not-positive"
    message = _("The amount must be more than zero.")


class AmountAbsurd(Invalid):
    """More than any fund holds."""

    code = "amount-absurd"
    message = _("This is more than any fund holds. Please check the digits.")


class AmountTooFine(Invalid):
    """More decimals than the currency has."""

    code = "amount-too-fine"
    message = _("%(currency)s has %(decimals)d decimals at most.")


def currency() -> Currency:
    """The one currency of this installation: as the settings say, else that of the country
    profile."""
    return CURRENCIES[settings.TONGZHOU_CURRENCY or _OF_PROFILE[profile.current()]]


def read(value: object, *, field: str = "amount") -> int:
    """An amount as somebody wrote it, in the smallest unit. Full-width digits and a comma
    between thousands are taken. Raises AmountMalformed, AmountTooFine, AmountNotPositive,
    AmountAbsurd."""
    here = currency()
    text = unicodedata.normalize("NFKC", str(value)).strip().removeprefix(here.sign).strip()
    if len(text) > 40 or not _PLAIN.match(text):
        raise AmountMalformed(field=field)
    try:
        number = Decimal(text.replace(",", ""))
    except InvalidOperation as error:
        raise AmountMalformed(field=field) from error
    cents = number.scaleb(here.decimals)
    if cents != cents.to_integral_value():
        raise AmountTooFine(field=field, currency=here.code, decimals=here.decimals)
    return require(int(cents), field=field)


def require(amount: int, *, field: str = "amount") -> int:
    """The amount, when it is one: whole, more than nothing, not absurd. Raises as ``read``."""
    if type(amount) is not int:
        raise AmountMalformed(field=field)
    if amount <= 0:
        raise AmountNotPositive(field=field)
    if amount > MOST:
        raise AmountAbsurd(field=field)
    return amount

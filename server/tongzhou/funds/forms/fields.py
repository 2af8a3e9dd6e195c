"""Fields that the forms of this room share: an amount of money, a day, a fund."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from tongzhou.funds import money
from tongzhou.funds.models import Fund
from tongzhou.kernel.errors import Refusal


class AmountField(forms.CharField):
    """An amount as people write it. Cleans to the smallest unit of the currency, or None when
    empty and not required. ``free``: nothing is an amount, too."""

    def __init__(self, *, free: bool = False, **options: Any) -> None:
        self.free = free
        options.setdefault("label", pgettext_lazy("of money", "Amount"))
        options.setdefault("max_length", 40)
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(widget=widget, **options)

    def clean(self, value: Any) -> Any:
        """Whole cents, or a ValidationError that says what is wrong."""
        text = super().clean(value)
        if not text:
            return None
        if self.free and text.strip(" 0.,") == "" and "0" in text:
            return 0
        try:
            return money.read(text)
        except Refusal as refusal:
            raise ValidationError(str(refusal), code=refusal.code) from refusal

    def prepare_value(self, value: Any) -> Any:
        """Cents as they are typed."""
        return money.currency().plain(value) if isinstance(value, int) else value


class DayField(forms.DateField):
    """A day by the browser's own control."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, input_formats=["%Y-%m-%d"], **options)


class FundField(forms.ChoiceField):
    """One of some funds, by code. Cleans to the fund; ``offer`` gives the choices."""

    known: dict[str, Fund]

    def offer(self, funds: Iterable[Fund]) -> None:
        """These may be chosen."""
        self.known = {fund.code: fund for fund in funds}
        self.choices = [("", "–"), *((code, fund.name) for code, fund in self.known.items())]

    def clean(self, value: Any) -> Any:
        """The fund, or None."""
        return self.known.get(super().clean(value))


def today(at: datetime) -> date:
    """The local day."""
    return timezone.localtime(at).date()

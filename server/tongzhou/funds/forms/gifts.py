"""Promising a gift, and what becomes of it."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.funds.choices import Donor
from tongzhou.funds.forms.fields import AmountField, DayField, FundField
from tongzhou.funds.queries import funds
from tongzhou.oversight.forms.findings import RoomForm
from tongzhou.tasks.forms.pickers import UnitField


class PromiseForm(forms.Form):
    """A gift that anybody promises, without a name."""

    fund = FundField(label=_("For which fund"))
    donor_kind = forms.ChoiceField(
        label=_("Who gives"), choices=Donor.choices, widget=forms.RadioSelect,
        initial=Donor.PERSON, help_text=_("No name is asked for. You get a code instead."),
    )  # fmt: skip
    amount = AmountField(required=False, help_text=_("Of goods: what they are worth, if known."))
    thing = forms.CharField(
        label=_("Goods"), max_length=300, required=False,
        help_text=_("Only if you give goods instead of money: what it is."),
    )  # fmt: skip
    quantity = forms.DecimalField(
        label=_("How many"), required=False, max_digits=14, decimal_places=3, min_value=0
    )
    measure = forms.CharField(
        label=_("Unit of measure"), max_length=40, required=False, help_text=_("piece, box, kg …")
    )
    expected_on = DayField(label=_("When it will come"), required=False)
    once = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fund"]
        assert isinstance(field, FundField)
        field.offer(funds.taking_gifts())


class ReceiveGiftForm(RoomForm):
    """What came."""

    amount = AmountField(label=_("Amount or value"))
    quantity = forms.DecimalField(
        label=_("How many"), required=False, max_digits=14, decimal_places=3, min_value=0
    )
    valued_by = forms.CharField(
        label=_("How the value was found"), max_length=300, required=False,
        help_text=_("Invoice, price list, comparison."),
    )  # fmt: skip
    reference = forms.CharField(label=_("Voucher"), max_length=300, required=False)


class UseGiftForm(RoomForm):
    """Goods that are handed out."""

    receiver = UnitField(label=pgettext_lazy("of goods", "To which unit"))
    what = forms.CharField(label=_("What and how much"), max_length=300)
    amount = AmountField(label=_("Worth"))

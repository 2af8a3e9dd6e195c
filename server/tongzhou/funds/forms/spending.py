"""Asking for money, and what follows."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.funds.choices import Purpose
from tongzhou.funds.forms.fields import AmountField, DayField, FundField, today
from tongzhou.funds.queries import funds, spending
from tongzhou.oversight.forms.fields import FilesField, text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm
from tongzhou.tasks.forms.pickers import AreaField, UnitField


class AskForm(InIncident):
    """A request for money."""

    fund = FundField(label=_("From which fund"))
    title = forms.CharField(label=_("For what"), max_length=300)
    purpose = forms.ChoiceField(label=pgettext_lazy("of money", "Purpose"), choices=Purpose.choices)
    amount = AmountField()
    payee = UnitField(label=_("Whom to pay"), required=False, help_text=_("Empty: your own unit."))
    needed_on = DayField(label=pgettext_lazy("of money", "Needed by"))
    for_what = forms.CharField(
        label=_("Task or claim"), max_length=40, required=False,
        help_text=_("Its number, such as T-1001 or C-1001."),
    )  # fmt: skip
    area = AreaField(
        label=_("Where it is spent"), required=False, help_text=_("Empty: where the payee is.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fund"]
        assert isinstance(field, FundField)
        field.offer(funds.to_ask(visible_to=self.post))
        self.fields["needed_on"].initial = today(self.at)
        self.order_fields(
            ("fund", "title", "purpose", "amount", "payee", "needed_on", "for_what", "area",
             "incident")
        )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """With the thing that the number stands for. Raises WorkUnknown."""
        given = super().arguments()
        found = spending.named(given.pop("for_what"), visible_to=self.post)
        return given | {"for_kind": found.kind, "for_id": found.id, "for_label": found.label}


class ApproveForm(RoomForm):
    """How much is approved."""

    amount = AmountField(label=_("Approve this much"))


class PayForm(RoomForm):
    """What is paid."""

    amount = AmountField(label=_("Pay this much"))
    reference = forms.CharField(label=_("Voucher"), max_length=300, required=False)


class ReceiptForm(RoomForm):
    """The receipt."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["files"] = FilesField(
            label=_("Receipt"), help_text=_("A picture or a document; up to ten.")
        )


class RepayForm(RoomForm):
    """What came back."""

    amount = AmountField(label=_("So much came back"))
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=text_area(2))


class ReasonForm(RoomForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=text_area(2))


class PlainForm(RoomForm):
    """An act that needs nothing more."""

"""Signing, changing, sending, hosting, settling."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.aid.actions.claim_cost import CostItem
from tongzhou.aid.choices import Liability, Payment
from tongzhou.aid.models import Agreement, Version
from tongzhou.funds import money
from tongzhou.funds.choices import Purpose
from tongzhou.funds.forms.fields import AmountField, DayField, FundField
from tongzhou.funds.queries import funds
from tongzhou.incidents.forms.fields import LocalMoment
from tongzhou.kernel.errors import Refusal
from tongzhou.oversight.forms.fields import text_area
from tongzhou.oversight.forms.findings import RoomForm


class SignForm(RoomForm):
    """The version that was read, and a word that one means it."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=1)
    sure = forms.BooleanField(
        label=_("I have read this version and sign it for my side."),
        error_messages={"required": _("Please confirm that you sign.")},
    )

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        return {"version": super().arguments()["version"]}


class AmendForm(RoomForm):
    """A changed version."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=1000)
    arrives_at = LocalMoment(label=_("Arrive by"))
    ends_on = DayField(label=_("Stay until"))
    cost = AmountField(label=_("Agreed sum"), free=True)
    payment = forms.ChoiceField(label=_("Who pays"), choices=Payment.choices)
    liability = forms.ChoiceField(label=_("Who is liable"), choices=Liability.choices)
    conditions = forms.CharField(
        label=_("Conditions"), max_length=4000, required=False, widget=text_area(2)
    )
    reason = forms.CharField(label=_("Why it changes"), max_length=4000, widget=text_area(2))

    def __init__(self, *args: Any, version: Version, **options: Any) -> None:
        self.version = version
        names = ("count", "arrives_at", "ends_on", "cost", "payment", "liability", "conditions")
        super().__init__(*args, initial={name: getattr(version, name) for name in names}, **options)

    def arguments(self) -> dict[str, Any]:
        """As the act takes them; the time as it was where only its seconds were cut off."""
        given = super().arguments()
        if given["arrives_at"] == self.version.arrives_at.replace(second=0, microsecond=0):
            given["arrives_at"] = self.version.arrives_at
        return given


class DeployForm(RoomForm):
    """Who sets off."""

    count = forms.IntegerField(label=_("How many set off"), min_value=1, max_value=1000)
    note = forms.CharField(
        label=_("Note for the host"), max_length=4000, required=False, widget=text_area(2),
        help_text=_("Transport, contact at the desk; no personal data."),
    )  # fmt: skip

    def __init__(self, *args: Any, agreement: Agreement, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["count"].initial = agreement.count - agreement.sent


class MovedForm(RoomForm):
    """How many arrived, were sent home or came home, and what is not as it was."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=1000)
    difference = forms.CharField(
        label=_("What is not as it was"), max_length=4000, required=False, widget=text_area(2),
        help_text=_("People or equipment that are missing, broken, or more."),
    )  # fmt: skip

    def __init__(self, *args: Any, there: int, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["count"].initial = there


class ArriveForm(MovedForm):
    """The check-in."""

    place = forms.CharField(label=_("Where they lodge"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.order_fields(("count", "place", "difference"))


class ClaimForm(RoomForm):
    """What aid cost, a line of text for each: what it was, then its amount."""

    lines = forms.CharField(
        label=_("Lines"), max_length=20_000, widget=text_area(4),
        help_text=_("One for each line: what it was, a space, the amount. Such as: Wages 12000"),
    )  # fmt: skip

    def clean_lines(self) -> list[CostItem]:
        """What and how much, or what is wrong with which line."""
        found, wrong = [], []
        for row, text in enumerate(self.cleaned_data["lines"].strip().splitlines(), start=1):
            if not text.strip():
                continue
            what, _space, amount = text.strip().rpartition(" ")
            try:
                found.append(CostItem(what, money.read(amount, field="lines")))
            except Refusal as refusal:
                wrong.append(
                    ValidationError(
                        _("Line %(row)d: %(why)s"), params={"row": row, "why": str(refusal)}
                    )
                )
        if wrong:
            raise ValidationError(wrong)
        return found


class PayForm(RoomForm):
    """Which fund is asked to pay."""

    fund = FundField(label=pgettext_lazy("for aid", "From which fund"))
    purpose = forms.ChoiceField(
        label=pgettext_lazy("of money", "Purpose"), choices=Purpose.choices, initial=Purpose.OTHER
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fund"]
        assert isinstance(field, FundField)
        field.offer(funds.to_ask(visible_to=self.post))

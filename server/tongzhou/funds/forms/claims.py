"""Claiming cost and answering a claim: one field for each item, so that a phone is enough."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.funds import money, rates
from tongzhou.funds.actions.make_claim import Line
from tongzhou.funds.choices import Purpose
from tongzhou.funds.forms.fields import AmountField, DayField, today
from tongzhou.funds.models import Claim
from tongzhou.funds.queries import claims, spending
from tongzhou.library.kinds.cost_items import CostItem
from tongzhou.oversight.forms.fields import FilesField, text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm


class ClaimForm(InIncident):
    """A claim; the quantities of the template's items stand in ``items``."""

    answerer = forms.ChoiceField(label=_("To whom"))
    what = forms.CharField(
        label=pgettext_lazy("of a claim", "What was done"), max_length=4000, widget=text_area(2)
    )
    since = DayField(label=pgettext_lazy("first day", "From"))
    until = DayField(label=pgettext_lazy("last day", "Until"))
    for_what = forms.CharField(
        label=_("Task"), max_length=40, required=False, help_text=_("Its number, such as T-1001.")
    )
    purpose = forms.ChoiceField(
        label=pgettext_lazy("of money", "Purpose"),
        choices=Purpose.choices,
        initial=Purpose.COMMUNITY,
        required=False,
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.units = {unit.code: unit for unit in claims.answerers(self.post.unit)}
        choice = self.fields["answerer"]
        assert isinstance(choice, forms.ChoiceField)
        choice.choices = [(code, unit.name) for code, unit in self.units.items()]
        self.fields["since"].initial = today(self.at) - timedelta(days=6)
        self.fields["until"].initial = today(self.at)
        self.fields["files"] = FilesField(
            label=_("Evidence"), help_text=_("Pictures of rosters, invoices; up to ten.")
        )
        self.template = rates.in_force(at=self.at, area=self.post.unit.area)
        for item in self.template.items:
            self.fields[item.code] = _quantity(item)

    @property
    def items(self) -> list[forms.BoundField]:
        """The quantities, in the order of the template."""
        return [self[item.code] for item in self.template.items]

    def arguments(self) -> dict[str, Any]:
        """As the act takes them. Raises WorkUnknown."""
        given = super().arguments()
        found = spending.named(given.pop("for_what"), visible_to=self.post)
        quantities = [(item.code, given.pop(item.code)) for item in self.template.items]
        return given | {
            "answerer": self.units[given["answerer"]],
            "purpose": given["purpose"] or Purpose.COMMUNITY,
            "lines": [Line(code, amount) for code, amount in quantities if amount is not None],
            "task": found.id,
            "task_label": found.label,
        }


def _quantity(item: CostItem) -> forms.DecimalField:
    here = money.currency()
    price = f"{here.sign} {item.price:.{here.decimals}f} / {item.measure}"
    return forms.DecimalField(
        label=str(item.title),
        required=False,
        max_digits=12,
        decimal_places=2,
        min_value=Decimal("0.01"),
        max_value=item.most,
        help_text=price,
        widget=forms.NumberInput(
            attrs={"inputmode": "decimal", "step": "any", "min": "0", "data-rate": item.rate}
        ),
    )


class AnswerForm(RoomForm):
    """How much of each item is accepted; it begins with all."""

    reason = forms.CharField(
        label=_("Reason"), max_length=4000, required=False, widget=text_area(2),
        help_text=_("Needed when less than the whole is accepted."),
    )  # fmt: skip

    def __init__(self, *args: Any, claim: Claim, **options: Any) -> None:
        super().__init__(*args, **options)
        self.claimed = list(claim.items.order_by("place"))
        for item in self.claimed:
            label = f"{item.title} × {item.quantity_text} {item.measure}"
            self.fields[item.code] = AmountField(label=label, initial=item.amount, free=True)

    @property
    def items(self) -> list[forms.BoundField]:
        """One amount for each item."""
        return [self[item.code] for item in self.claimed]

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        given = super().arguments()
        accepted = {item.code: given.pop(item.code) for item in self.claimed}
        return given | {"accepted": accepted}

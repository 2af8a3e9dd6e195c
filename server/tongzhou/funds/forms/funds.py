"""Opening a fund, taking money in, moving it, planning."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.funds.choices import Purpose, Source
from tongzhou.funds.forms.fields import AmountField, DayField, FundField, today
from tongzhou.funds.models import Fund
from tongzhou.funds.queries import funds
from tongzhou.incidents.forms.fields import reader_first
from tongzhou.oversight.forms.fields import text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm
from tongzhou.tasks.forms.pickers import AreaField, UnitField

CODE_HELP = _("Small letters, digits and hyphens; it stands in the address, for good.")


class FundForm(InIncident):
    """A new fund of the own unit."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=300)
    name_en = forms.CharField(label=_("Name in English"), max_length=300)
    code = forms.CharField(label=_("Code"), max_length=60, help_text=CODE_HELP)
    source = forms.ChoiceField(label=pgettext_lazy("of money", "Source"), choices=Source.choices)
    giver = UnitField(label=_("From which unit"), required=False)
    purpose = forms.CharField(
        label=_("What it is for"), max_length=4000, required=False, widget=text_area(2)
    )
    purposes = forms.MultipleChoiceField(
        label=_("Bound to these purposes"),
        choices=Purpose.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None: any. What is bound is never spent on anything else."),
    )
    area = AreaField(label=_("Bound to this area"), required=False)
    starts_on = DayField(label=pgettext_lazy("first day", "From"))
    ends_on = DayField(label=pgettext_lazy("last day", "Until"), required=False)
    overdraft = AmountField(
        label=_("May be overdrawn by"), required=False, help_text=_("Empty: not at all.")
    )
    open_to_area = forms.BooleanField(
        label=_("Firms and organisations of the area may ask for money"), required=False
    )
    takes_gifts = forms.BooleanField(label=_("Anybody may promise a gift to it"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["starts_on"].initial = today(self.at)
        self.fields["incident"].label = _("Bound to this incident")
        reader_first(self, "name")
        self.order_fields(
            ("name_zh", "name_en", "code", "source", "giver", "purpose", "starts_on", "ends_on",
             "purposes", "area", "incident", "open_to_area", "takes_gifts", "overdraft")
        )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """The act takes nothing for no overdraft."""
        given = super().arguments()
        return given | {"overdraft": given["overdraft"] or 0}


class ReceiveForm(RoomForm):
    """Money that came in."""

    amount = AmountField()
    reference = forms.CharField(
        label=_("Where it is written"), max_length=300, help_text=_("Document, voucher, transfer.")
    )
    giver = UnitField(label=_("From which unit"), required=False)


class TransferForm(RoomForm):
    """Money for another fund."""

    target = FundField(label=_("To which fund"))
    amount = AmountField()
    why = forms.CharField(label=_("Why"), max_length=4000, widget=text_area(2))

    def __init__(self, *args: Any, source: Fund, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["target"]
        assert isinstance(field, FundField)
        known = funds.visible(self.post).select_related("owner__area").order_by("code")[:200]
        field.offer(fund for fund in known if fund.id != source.id)


class PlanForm(InIncident):
    """Spending that is expected."""

    purpose = forms.ChoiceField(label=pgettext_lazy("of money", "Purpose"), choices=Purpose.choices)
    amount = AmountField()
    since = DayField(label=pgettext_lazy("first day", "From"))
    until = DayField(label=pgettext_lazy("last day", "Until"))
    note = forms.CharField(label=_("Note"), max_length=300, required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = today(self.at)
        self.fields["until"].initial = today(self.at) + timedelta(days=6)
        self.order_fields(("purpose", "amount", "since", "until", "note", "incident"))

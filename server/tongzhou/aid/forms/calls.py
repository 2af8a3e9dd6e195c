"""Calling for aid, answering, offering."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.aid.choices import Kind, Liability, Payment
from tongzhou.aid.models import AidOffer, AidRequest
from tongzhou.aid.queries import packages
from tongzhou.funds.forms.fields import AmountField, DayField, today
from tongzhou.incidents.forms.fields import LocalMoment
from tongzhou.needs.choices import Priority
from tongzhou.oversight.forms.fields import text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm
from tongzhou.tasks.forms.due import whole_minute
from tongzhou.tasks.forms.pickers import AreaField, UnitField, UnitsField


class CallForm(InIncident):
    """A call for aid."""

    kind = forms.ChoiceField(label=_("What kind of aid"), choices=Kind.choices)
    what = forms.CharField(label=pgettext_lazy("of aid", "What is needed"), max_length=300)
    count = forms.IntegerField(
        label=_("How many packages or teams"), min_value=1, max_value=1000, initial=1
    )
    asked = UnitsField(label=_("Whom to ask"), help_text=_("Units of other regions."))
    starts_on = DayField(label=pgettext_lazy("first day", "From"))
    ends_on = DayField(
        label=pgettext_lazy("last day", "Until"),
        help_text=_("The call ends by itself after this day, unless you prolong it."),
    )
    priority = forms.TypedChoiceField(
        label=pgettext_lazy("of aid", "How urgent"), choices=Priority.choices, coerce=int,
        initial=Priority.URGENT,
    )  # fmt: skip
    reason = forms.CharField(label=_("Why so urgent"), max_length=4000, widget=text_area(2))
    package = forms.ChoiceField(
        label=_("A package that would fit"), required=False,
        help_text=_("Of those that other regions hold ready."),
    )  # fmt: skip
    area = AreaField(
        label=_("Where it is needed"), required=False, help_text=_("Empty: in your own area.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.packages = {one.code: one for one in packages.offered(visible_to=self.post)}
        field = self.fields["package"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", "–"),
            *((code, f"{one.name} – {one.unit.name}") for code, one in self.packages.items()),
        ]
        self.fields["starts_on"].initial = today(self.at)
        self.fields["ends_on"].initial = today(self.at) + timedelta(days=14)
        self.order_fields(
            ("kind", "what", "count", "asked", "starts_on", "ends_on", "priority", "reason",
             "incident", "package", "area")
        )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        given = super().arguments()
        return given | {"package": self.packages.get(given["package"])}


class DeclineForm(RoomForm):
    """Why a unit cannot help, and who could."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=text_area(2))
    better = UnitField(label=_("Who could help instead"), required=False)


class ProlongForm(RoomForm):
    """Until when a call goes on."""

    ends_on = DayField(label=pgettext_lazy("last day", "Until"))
    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=text_area(2))


class OfferForm(RoomForm):
    """What is offered."""

    package = forms.ChoiceField(
        label=_("Package"), required=False, help_text=_("One that your unit holds ready.")
    )
    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=1000)
    people = forms.IntegerField(
        label=_("People with each"), min_value=0, max_value=10_000, required=False,
        help_text=_("Empty: as the package says."),
    )  # fmt: skip
    arrives_at = LocalMoment(label=_("Arrive by"))
    ends_on = DayField(label=_("Stay until"))
    cost = AmountField(
        label=_("Cost in all"), required=False, free=True,
        help_text=_("Empty: the estimate of the package. Others who offer do not see it."),
    )  # fmt: skip
    conditions = forms.CharField(
        label=_("Conditions"), max_length=4000, required=False, widget=text_area(2)
    )

    def __init__(self, *args: Any, request: AidRequest, left: int, **options: Any) -> None:
        super().__init__(*args, **options)
        own = packages.of_unit(self.post.unit, visible_to=self.post)
        self.packages = {one.code: one for one in own}
        field = self.fields["package"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *((code, one.name) for code, one in self.packages.items())]
        fits = [one for one in own if one.kind == request.kind]
        if fits:
            field.initial = fits[0].code
        self.fields["count"].initial = max(1, left)
        self.fields["arrives_at"].initial = whole_minute(self.at + timedelta(days=1))
        self.fields["ends_on"].initial = request.ends_on

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        given = super().arguments()
        return given | {"package": self.packages.get(given["package"])}


class TakeForm(RoomForm):
    """How much of an offer is taken, and on what terms."""

    count = forms.IntegerField(label=_("How many"), min_value=1, max_value=1000)
    payment = forms.ChoiceField(label=_("Who pays"), choices=Payment.choices)
    liability = forms.ChoiceField(label=_("Who is liable"), choices=Liability.choices)

    def __init__(self, *args: Any, offer: AidOffer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["count"].initial = offer.count
        if not offer.cost:
            self.fields["payment"].initial = Payment.GIFT


class HostingForm(RoomForm):
    """How many can be lodged."""

    people = forms.IntegerField(label=_("How many people"), min_value=0, max_value=1_000_000)
    since = DayField(label=_("From this day on"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["since"].initial = today(self.at)

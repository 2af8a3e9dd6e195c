"""Forms of offers."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue import queries as catalogue
from tongzhou.incidents.forms.fields import AreaField as PlainAreaField
from tongzhou.incidents.forms.fields import LocalMoment
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.offering import Offered
from tongzhou.needs.forms.lines import ItemField, LinesForm
from tongzhou.needs.forms.needs import text_area
from tongzhou.needs.models import Offer
from tongzhou.tasks.forms.pickers import AreaField


class OfferForm(LinesForm):
    """What a unit offers."""

    expiry = True
    until_at = LocalMoment(label=_("Offered until"), required=False)
    area = AreaField(
        label=_("Where it is"), required=False, help_text=_("Left empty: the area of the unit.")
    )
    place = forms.CharField(label=_("Exact place"), required=False, max_length=200)
    conditions = forms.CharField(
        label=_("Conditions"), required=False, max_length=5000, widget=text_area(2),
        help_text=_("Who collects, for whom it is meant, what it costs."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """Of ``offer``."""
        data = self.cleaned_data
        names = ("until_at", "area", "place", "conditions")
        return {name: data[name] for name in names} | {
            "lines": [Offered(i, n, u, expires_on=day) for i, n, u, day in self.given()]
        }


class PublicOfferForm(LinesForm):
    """What somebody without an account offers, in their own words. ``once``: sent twice, it
    counts once."""

    words = True
    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    area = PlainAreaField(
        label=_("Where?"), error_messages={"required": _("Please choose the area.")}
    )
    place = forms.CharField(label=_("Exact place"), required=False, max_length=200)
    conditions = forms.CharField(
        label=_("What we should know"), required=False, max_length=5000, widget=text_area(2)
    )
    contact_name = forms.CharField(
        label=_("Your name"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )  # fmt: skip
    contact_phone = forms.CharField(
        label=_("Telephone or e-mail"), required=False, max_length=200,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """Of ``offer_publicly``: words that name one item are that item."""
        data = self.cleaned_data
        rows = list(self.given())
        known = catalogue.items_by_name([words for words, _n, _u, _d in rows])
        names = ("area", "place", "conditions", "contact_name", "contact_phone")
        return {name: data[name] for name in names} | {
            "lines": [
                Offered(known.get(words), number, unit, words=words)
                for words, number, unit, _day in rows
            ]
        }


class AnswerOfferForm(forms.Form):
    """Accept or decline; and what the words mean."""

    accepted = forms.TypedChoiceField(
        label=_("Answer"), choices=[("yes", _("Accept")), ("no", _("Decline"))],
        widget=forms.RadioSelect, coerce=lambda value: value == "yes", empty_value=None,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=500, widget=text_area(2),
        help_text=_("Who declines says why; the donor reads it."),
    )  # fmt: skip

    def __init__(self, *args: Any, offer: Offer, **options: Any) -> None:
        super().__init__(*args, **options)
        self.unknown = [line for line in offer.lines.all() if line.item_id is None]
        for line in self.unknown:
            self.fields[f"item_{line.id}"] = ItemField(
                label=_("“%(words)s” is") % {"words": line.words}, required=False
            )

    def arguments(self) -> dict[str, Any]:
        """Of ``answer_offer``."""
        data = self.cleaned_data
        items = {
            line.id: data[f"item_{line.id}"] for line in self.unknown if data[f"item_{line.id}"]
        }
        return {"accepted": data["accepted"], "reason": data["reason"], "items": items}


class FollowForm(forms.Form):
    """The number of an offer."""

    number = forms.CharField(label=_("Number of the offer"), max_length=40)

"""Forms of needs: asking, changing, giving, receiving, reasons."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.forms.fields import LocalMoment, end_of_day
from tongzhou.incidents.queries import lists as incidents
from tongzhou.needs.actions.ask_for import Wanted
from tongzhou.needs.choices import Priority
from tongzhou.needs.forms.lines import ItemField, LinesForm, amount_of
from tongzhou.needs.models import Need, NeedLine
from tongzhou.tasks.forms.pickers import AreaField, UnitField


def text_area(rows: int = 3) -> forms.Textarea:
    """A text field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class AskForm(LinesForm):
    """What is needed, how much, when: the rest is folded away."""

    needed_by = LocalMoment(label=_("Needed by"), required=False)
    priority = forms.TypedChoiceField(
        label=_("How urgent"), choices=Priority.choices, initial=Priority.NORMAL, coerce=int,
        widget=forms.RadioSelect,
    )  # fmt: skip
    reason = forms.CharField(
        label=_("Why is it urgent"), required=False, max_length=500,
        help_text=_("Whoever goes ahead of others says why."),
    )  # fmt: skip
    unit = UnitField(label=_("For which unit"), required=False)
    area = AreaField(
        label=_("Used where"), required=False,
        help_text=_("Left empty: in the area of the unit."),
    )  # fmt: skip
    place = forms.CharField(label=_("Exact place"), required=False, max_length=200)
    incident = forms.ChoiceField(label=_("Incident"), required=False)
    note = forms.CharField(
        label=_("Note"), required=False, max_length=5000, widget=text_area(2),
        help_text=_("Sizes, standards, how to deliver. No names and telephones, please."),
    )  # fmt: skip
    call = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)

    def __init__(self, *args: Any, post: Post, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {i.code: i for i in incidents.codes(visible_to=post)}
        field = self.fields["incident"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((code, i.title) for code, i in self.known.items())]
        self.fields["needed_by"].initial = end_of_day(at, days=2)

    def arguments(self) -> dict[str, Any]:
        """Of ``ask_for``, without who and when."""
        data = self.cleaned_data
        names = ("needed_by", "priority", "reason", "unit", "area", "place", "note", "call")
        return {name: data[name] for name in names} | {
            "incident": self.known.get(data["incident"]),
            "lines": [Wanted(item, number, unit) for item, number, unit, _day in self.given()],
        }


class ReasonForm(forms.Form):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=text_area(2))


class ChangeForm(forms.Form):
    """Other amounts, another time, another urgency; and why."""

    def __init__(self, *args: Any, need: Need, lines: list[NeedLine], **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = [line for line in lines if line.withdrawn_at is None]
        for line in self.lines:
            self.fields[f"amount_{line.id}"] = forms.CharField(
                label=line.item.name, required=False, max_length=40,
                initial="" if line.asked is None else f"{line.asked.normalize():f}",
                help_text=_("Empty: needed, the amount is not known. “-” takes it off the list."),
            )  # fmt: skip
        self.fields["item"] = ItemField(label=_("What else"), required=False)
        self.fields["amount"] = forms.CharField(
            label=_("How much of it"), required=False, max_length=40
        )
        self.fields["needed_by"] = LocalMoment(
            label=_("Needed by"), required=False, initial=need.needed_by
        )
        self.fields["priority"] = forms.TypedChoiceField(
            label=_("How urgent"), choices=Priority.choices, coerce=int, initial=need.priority
        )
        self.fields["reason"] = forms.CharField(
            label=_("Why is it urgent"), required=False, max_length=500, initial=need.reason
        )
        self.fields["why"] = forms.CharField(
            label=_("Why is it changed"), max_length=500, widget=text_area(2)
        )

    def arguments(self) -> dict[str, Any]:
        """Of ``change_need``."""
        data = self.cleaned_data
        drop, amounts = [], {}
        for line in self.lines:
            said = data[f"amount_{line.id}"].strip()
            if said in {"-", "－", "–"}:
                drop.append(line.id)
                continue
            number, unit = amount_of(said)
            amounts[line.id] = Wanted(line.item, number, unit, line.minimum, line.maximum)
        number, unit = amount_of(data["amount"])
        more = [Wanted(data["item"], number, unit)] if data["item"] else []
        names = ("needed_by", "priority", "reason", "why")
        return {name: data[name] for name in names} | {
            "drop": drop, "amounts": amounts, "more": more,
        }  # fmt: skip


class GiveForm(forms.Form):
    """How much is given, by whom, by when."""

    amount = forms.CharField(label=_("How much"), max_length=40)
    item = ItemField(
        label=_("Something else that stands for it"), required=False,
        help_text=_("Only what the catalogue lets stand for it."),
    )  # fmt: skip
    giver = UnitField(label=_("Given by"), required=False)
    offer_line = forms.UUIDField(required=False, widget=forms.HiddenInput)
    #: A store, and which of what lies there: the thing itself, or what stands for it.
    site = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    site_item = forms.SlugField(required=False, max_length=80, widget=forms.HiddenInput)
    due_at = LocalMoment(label=_("There by"), required=False)
    note = forms.CharField(label=_("Note"), required=False, max_length=300)
    over_reason = forms.CharField(
        label=_("Why more than was asked"), required=False, max_length=300
    )


class ReceiveForm(forms.Form):
    """How much came."""

    quantity = forms.CharField(label=_("How much came"), required=False, max_length=40)
    difference_reason = forms.CharField(
        label=_("Why another amount"), required=False, max_length=300
    )


class ReadForm(forms.Form):
    """A call for help as it was written."""

    text = forms.CharField(
        label=_("The call for help"), max_length=20_000, widget=text_area(8),
        help_text=_("Paste it as it is. Nothing is asked for before you have looked at the lines."),
    )  # fmt: skip

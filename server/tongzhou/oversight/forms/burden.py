"""Writing a request, declaring a field, consenting."""

from datetime import time
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Unit
from tongzhou.oversight.actions.ask_units import Wanted
from tongzhou.oversight.actions.change import LONG
from tongzhou.oversight.forms.fields import text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm
from tongzhou.oversight.models import Ask, AskKind, Field, Rhythm, ValueType
from tongzhou.oversight.queries import asks
from tongzhou.places.models import Level, inside
from tongzhou.tasks.forms.pickers import UnitField, UnitsField


class FieldsField(UnitsField):
    """Fields of the catalogue. Cleans to a list without repeats."""

    address = "burden-field-search"
    missing = _("“%(text)s” is not in the catalogue. Choose one from the list, or enter it.")

    def find(self, text: str) -> Any:
        """By code, else by one of the names."""
        found = Field.objects.select_related("owner")
        named = Q(name_zh=text) | Q(name_en__iexact=text)
        return list(found.filter(code=text.lower())[:2] or found.filter(named)[:2])


#: Whom a request can go to without naming each.
LEVELS = (Level.STREET, Level.COMMUNITY, Level.GRID)


def _day(label: Any, **options: Any) -> forms.DateField:
    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    return forms.DateField(label=label, widget=widget, **options)


class AskForm(InIncident):
    """A new request."""

    kind = forms.ChoiceField(
        label=_("What is asked for"), choices=AskKind.choices, widget=forms.RadioSelect,
        initial=AskKind.FORM,
    )  # fmt: skip
    title = forms.CharField(label=_("Title"), max_length=200)
    units = UnitsField(label=_("Of which units"), required=False)
    level = forms.ChoiceField(label=_("Or of all units of a level in your area"), required=False)
    wanted = FieldsField(
        label=_("Fields of the catalogue"),
        required=False,
        help_text=_("What is entered for one request fills all others that ask for it."),
    )
    anew = FieldsField(
        label=_("Fields asked anew although they are reported already"), required=False
    )
    reason = forms.CharField(label=_("Why anew"), max_length=500, required=False)
    rhythm = forms.ChoiceField(
        label=_("How often"), choices=Rhythm.choices, widget=forms.RadioSelect, initial=Rhythm.ONCE
    )
    first_on = _day(_("First day, or the day it is due"))
    until = _day(_("Until"), required=False)
    due_time = forms.TimeField(
        label=_("By what time"),
        initial=time(17),
        widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"),
    )
    purpose = forms.CharField(
        label=pgettext_lazy("of a request", "Purpose"), max_length=1000, widget=text_area(2)
    )
    legal_basis = forms.CharField(label=_("Legal basis"), max_length=500)
    passes_on = forms.ChoiceField(label=_("Hands down a request from above"), required=False)
    withdraws = forms.ChoiceField(label=_("Withdraw one of your own for it"), required=False)
    seek_consent = forms.BooleanField(
        label=_("Past a quota, ask the unit for consent"), required=False
    )
    field_order = (
        "kind", "title", "units", "level", "wanted", "anew", "reason", "rhythm", "first_on",
        "until", "due_time", "purpose", "legal_basis", "passes_on", "withdraws", "seek_consent",
        "incident",
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.localtime(self.at).date()
        self.own = {str(a.number): a for a in asks.withdrawable(visible_to=self.post, on=today)}
        self.above = {str(a.number): a for a in asks.put_to(visible_to=self.post, on=today)}
        self._offer("withdraws", self.own)
        self._offer("passes_on", self.above)
        field = self.fields["level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((level.value, level.label) for level in LEVELS)]
        self.fields["first_on"].initial = today
        self.fields["until"].initial = today

    def _offer(self, name: str, found: dict[str, Ask]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((number, str(ask)) for number, ask in found.items())]

    def chosen_units(self) -> list[Unit]:
        """Those named, and those of the level chosen."""
        units = {unit.id: unit for unit in self.cleaned_data.get("units") or ()}
        level = self.cleaned_data.get("level")
        if level:
            area = self.post.unit.area
            found = Unit.objects.filter(inside(area.path), level=level, active=True)
            found = found.filter(sector__in=("community", "government")).select_related("area")
            units |= {u.id: u for u in found.order_by("code")[:500] if u.id != self.post.unit_id}
        return list(units.values())

    def chosen_fields(self) -> list[Wanted]:
        """The fields, those asked anew with their reason."""
        reason = self.cleaned_data.get("reason", "")
        return [
            *(Wanted(field) for field in self.cleaned_data.get("wanted") or ()),
            *(Wanted(field, True, reason) for field in self.cleaned_data.get("anew") or ()),
        ]

    def arguments(self) -> dict[str, Any]:
        """As the act takes them."""
        given = super().arguments()
        for name in ("level", "anew", "reason"):
            given.pop(name)
        return given | {
            "units": self.chosen_units(),
            "wanted": self.chosen_fields(),
            "withdraws": self.own.get(given["withdraws"]),
            "passes_on": self.above.get(given["passes_on"]),
        }


class FieldForm(RoomForm):
    """A new field of the catalogue."""

    code = forms.CharField(
        label=_("Code"), max_length=60, help_text=_("Small letters, digits, underscores.")
    )
    name_zh = forms.CharField(
        label=pgettext_lazy("of a field", "Chinese name"), max_length=120, required=False
    )
    name_en = forms.CharField(
        label=pgettext_lazy("of a field", "English name"), max_length=120, required=False
    )
    type = forms.ChoiceField(label=_("Type"), choices=ValueType.choices)
    measure = forms.CharField(label=_("Unit of measure"), max_length=30, required=False)
    owner = UnitField(
        label=_("Kept by"), required=False, help_text=_("The unit that answers for it; else yours.")
    )
    kept_in = forms.CharField(
        label=_("Stands already in"),
        max_length=200,
        required=False,
        help_text=_("A register or report where it can be read; then nobody need be asked."),
    )
    reason = forms.CharField(
        label=_("Why it is another thing than a similar field"), max_length=500, required=False
    )


class DeclineForm(RoomForm):
    """Why a request past the quota is declined."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area(2))

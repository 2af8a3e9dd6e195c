"""What the acts on items and resources ask for."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue.choices import Category, ItemKind, Measure
from tongzhou.catalogue.forms.pickers import ItemField
from tongzhou.tasks.forms.pickers import AreaField, UnitField


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _area(label: Any, *, limit: int, help_text: Any = "", required: bool = True) -> forms.CharField:
    return forms.CharField(
        label=label, max_length=limit, required=required, help_text=help_text,
        widget=forms.Textarea(attrs={"rows": 3}),
    )  # fmt: skip


class ItemForm(forms.Form):
    """A new item."""

    code = forms.SlugField(
        label=_("Code"), max_length=60,
        help_text=_("For its address: small letters, digits, hyphens."),
    )  # fmt: skip
    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=120, required=False)
    kind = forms.ChoiceField(label=_("Kind"), choices=ItemKind.choices)
    category = forms.ChoiceField(
        label=_("Category"), choices=Category.choices, initial=Category.OTHER
    )
    measure = forms.ChoiceField(label=_("Counted in"), choices=Measure.choices)
    decimals = forms.IntegerField(label=_("Decimals"), min_value=0, max_value=3, initial=0)
    names = _area(_("Other names"), limit=2_000, required=False, help_text=_("One on each line."))
    spec_zh = forms.CharField(label=_("Standard (Chinese)"), max_length=400, required=False)
    spec_en = forms.CharField(label=_("Standard (English)"), max_length=400, required=False)
    shelf_life_days = forms.IntegerField(
        label=_("Shelf life in days"), min_value=1, max_value=20_000, required=False
    )
    cold_chain = forms.BooleanField(label=_("Needs a cold chain"), required=False)

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        return {**self.cleaned_data, "names": _lines(self.cleaned_data["names"])}


class StepForm(forms.Form):
    """Base of what an act on an item asks for."""

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside the item, by and at."""
        return dict(self.cleaned_data)


class NamesForm(StepForm):
    """More names of an item."""

    names = _area(_("Other names"), limit=2_000, help_text=_("One on each line."))

    def arguments(self) -> dict[str, Any]:
        """As a list."""
        return {"names": _lines(self.cleaned_data["names"])}


class RenameForm(StepForm):
    """What an item is called first."""

    name_zh = forms.CharField(label=_("Name (Chinese)"), max_length=120, required=False)
    name_en = forms.CharField(label=_("Name (English)"), max_length=120, required=False)


class RetireForm(StepForm):
    """Why an item is not used any more."""

    reason = _area(_("Reason"), limit=1_000)


class RelateForm(StepForm):
    """What may be given instead, and on what condition."""

    other = ItemField(label=_("May be given instead"))
    condition_zh = _area(_("Condition (Chinese)"), limit=400, required=False)
    condition_en = _area(_("Condition (English)"), limit=400, required=False)
    ratio = forms.CharField(
        label=_("So many for one"), max_length=20, initial="1",
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip


class PartForm(StepForm):
    """What may not be given instead any more."""

    other = ItemField(label=_("Not instead any more"))


class ResourceForm(forms.Form):
    """People or a team that others may ask for."""

    item = ItemField(label=_("What they are"), stored=False)
    unit = UnitField(label=_("Unit"))
    label = forms.CharField(
        label=_("Name of the team or group"), max_length=80,
        help_text=_("“Team 3”, “night shift” – no names of persons."),
    )  # fmt: skip
    people = forms.IntegerField(label=_("People"), min_value=1, max_value=100_000, initial=1)
    area = AreaField(
        label=_("Where they are"), required=False, max_length=120,
        help_text=_("Empty: where the unit is."),
    )  # fmt: skip
    skills = _area(_("Skills"), limit=1_200, required=False, help_text=_("One on each line."))
    licence = forms.CharField(label=_("Licence"), max_length=120, required=False)
    licence_until = forms.DateField(
        label=_("Licence valid until"), required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )  # fmt: skip
    travel_km = forms.IntegerField(
        label=_("Travels so far (km)"), min_value=0, max_value=20_000, required=False
    )
    cost_per_day = forms.DecimalField(
        label=_("Cost per day"), min_value=0, max_digits=12, decimal_places=2, required=False
    )

    def arguments(self) -> dict[str, Any]:
        """The act's own."""
        return {**self.cleaned_data, "skills": _lines(self.cleaned_data["skills"])}

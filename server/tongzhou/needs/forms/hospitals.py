"""The ten fields of a hospital."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.needs.actions.report_hospital import FIELDS, MOST
from tongzhou.needs.choices import Emergency, Supply


def figure(label: Any) -> forms.IntegerField:
    """A number of things; empty: not said."""
    return forms.IntegerField(label=label, required=False, min_value=0, max_value=MOST)


class HospitalForm(forms.Form):
    """How it stands now. What is left empty is not said, and never zero."""

    beds = figure(_("Beds altogether"))
    beds_free = figure(_("Beds free"))
    isolation_free = figure(_("Isolation beds free"))
    icu_free = figure(_("Intensive care beds free"))
    ventilators_free = figure(_("Ventilators free"))
    dialysis_free = figure(_("Dialysis places free"))
    staff = forms.ChoiceField(label=_("Staff"), required=False)
    drugs = forms.ChoiceField(label=_("Medicines"), required=False)
    oxygen = forms.ChoiceField(label=_("Oxygen"), required=False)
    emergency = forms.ChoiceField(label=_("Emergency department"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name in ("staff", "drugs", "oxygen"):
            self.fields[name].choices = [("", _("not said")), *Supply.choices]  # type: ignore[attr-defined]
        self.fields["emergency"].choices = [("", _("not said")), *Emergency.choices]  # type: ignore[attr-defined]

    def figures(self) -> dict[str, Any]:
        """What was said."""
        return {name: self.cleaned_data[name] for name in FIELDS}

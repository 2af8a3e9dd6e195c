"""Fields that several forms have: amounts with a unit, days, words."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


class AmountField(forms.CharField):
    """An amount; the act reads and refuses it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Amount"))
        widget = forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"})
        super().__init__(max_length=40, widget=widget, **options)


class MeasureField(forms.CharField):
    """A measure or pack, by its name."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Unit or pack"))
        options.setdefault("required", False)
        options.setdefault("help_text", _("Empty: as the catalogue counts it."))
        super().__init__(
            max_length=40, widget=forms.TextInput(attrs={"autocomplete": "off"}), **options
        )


class DayField(forms.DateField):
    """A day by the browser's own control."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            **options,
        )


def words(label: Any, *, limit: int = 1_000, required: bool = True) -> forms.CharField:
    """A field for a few sentences."""
    return forms.CharField(
        label=label,
        max_length=limit,
        required=required,
        widget=forms.Textarea(attrs={"rows": 2}),
    )

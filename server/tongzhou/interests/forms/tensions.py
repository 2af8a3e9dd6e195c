"""One figure by hand, or a file of many."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.interests.actions.record_figures import Given
from tongzhou.interests.indicators import Indicator
from tongzhou.oversight.forms.findings import RoomForm
from tongzhou.tasks.forms.pickers import AreaField


class FigureForm(RoomForm):
    """A figure of an area for a year, with its source."""

    area = AreaField(label=_("Area"))
    indicator = forms.ChoiceField(label=_("Component"), choices=Indicator.choices)
    value = forms.DecimalField(
        label=_("Value"), max_digits=14, decimal_places=4, min_value=Decimal(0),
        widget=forms.NumberInput(attrs={"inputmode": "decimal", "step": "any", "min": "0"}),
    )  # fmt: skip
    year = forms.IntegerField(label=_("Year"), min_value=1950, max_value=2200)
    source = forms.CharField(label=_("Source"), max_length=300)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["year"].initial = timezone.localtime(self.at).year

    def arguments(self) -> dict[str, Any]:
        """As the act takes it."""
        return {"figures": [Given(**super().arguments())]}


class FiguresFileForm(RoomForm):
    """A file, tried first and then taken over."""

    file = forms.FileField(
        label=_("CSV file"), help_text=_("Columns: area, indicator, value, year, source."),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
    )  # fmt: skip
    dry_run = forms.BooleanField(
        label=_("Only try it"), required=False, initial=True,
        help_text=_("Says what is wrong, row by row, and keeps nothing."),
    )  # fmt: skip

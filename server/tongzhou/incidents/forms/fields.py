"""Fields that the forms of this room share: a moment, units, an area."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import get_language

from tongzhou.actors.models import Unit
from tongzhou.incidents.queries import names
from tongzhou.kernel.errors import NotFound
from tongzhou.places import queries as places
from tongzhou.places.models import Area

LONG = 4_000
Groups = Sequence[tuple[str, list[tuple[str, str]]]]


def text_area(rows: int = 3, **attrs: Any) -> forms.Textarea:
    """A text field of several lines."""
    return forms.Textarea(attrs={"rows": rows, **attrs})


def reader_first(form: forms.Form, stem: str) -> None:
    """Of a text in both languages, the reader's own comes first and must be filled; the
    other may follow later."""
    own, other = ("zh", "en") if (get_language() or "").startswith("zh") else ("en", "zh")
    first, second = f"{stem}_{own}", f"{stem}_{other}"
    form.fields[first].required = True
    form.fields[second].required = False
    names_of_all = list(form.fields)
    place = min(names_of_all.index(first), names_of_all.index(second))
    rest = [name for name in names_of_all if name not in (first, second)]
    form.order_fields([*rest[:place], first, second, *rest[place:]])


class LocalMoment(forms.DateTimeField):
    """Date and time by the browser's own control, in the local zone. Cleans to a moment with
    zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **options)


def end_of_day(at: datetime, *, days: int) -> datetime:
    """The last minute of the local day that lies so many days ahead."""
    local = timezone.localtime(at) + timedelta(days=days)
    return local.replace(hour=23, minute=59, second=0, microsecond=0)


class UnitField(forms.ChoiceField):
    """One unit, by code. Cleans to the unit; set ``groups`` before use."""

    def offer(self, groups: Groups, *, blank: str = "") -> None:
        """Gives the choices; ``blank`` is the text of an empty first one."""
        self.choices = [("", blank or "–"), *groups]

    def clean(self, value: Any) -> Unit | None:
        """The unit, None where nothing was chosen and nothing must be."""
        code = super().clean(value)
        return names.unit(code, field="") if code else None


class UnitsField(forms.MultipleChoiceField):
    """Several units, by code. Cleans to a list of units."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.CheckboxSelectMultiple, **options)

    def offer(self, groups: Groups) -> None:
        """Gives the choices. Check boxes stand in one list, sector by sector."""
        self.choices = [choice for _sector, units in groups for choice in units]

    def clean(self, value: Any) -> list[Unit]:
        """The units, in the order of the list."""
        return names.units(super().clean(value), field="")


class AreaField(forms.CharField):
    """An area by its code, as the area picker sends it. Cleans to the area."""

    def __init__(self, **options: Any) -> None:
        super().__init__(widget=forms.HiddenInput, max_length=40, **options)

    def clean(self, value: Any) -> Area | None:
        """The area. A code that is none is said like an empty field: choose one."""
        code = super().clean(value)
        try:
            return places.find(code) if code else None
        except NotFound:
            raise forms.ValidationError(self.error_messages["required"], code="required") from None

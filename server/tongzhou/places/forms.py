"""Forms of areas. What may be said is checked by the acts; the forms only read it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.places.actions.edit_area import FIELDS
from tongzhou.places.models import Area, Level

#: What an area of a level is divided into, as a first guess for a new one.
_BELOW = {
    Level.NATION: Level.PROVINCE,
    Level.PROVINCE: Level.CITY,
    Level.CITY: Level.DISTRICT,
    Level.DISTRICT: Level.STREET,
    Level.STREET: Level.COMMUNITY,
    Level.COMMUNITY: Level.GRID,
    Level.GRID: Level.GRID,
}


class AreaForm(forms.Form):
    """An area."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The code of the statistics bureau, or your own below it. It stays."),
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=100)
    name_en = forms.CharField(label=_("Name in English"), max_length=100, required=False)
    level = forms.ChoiceField(label=_("Level"), choices=Level.choices)
    population = forms.IntegerField(label=_("Population"), min_value=0, required=False)
    lon = forms.FloatField(label=_("Longitude"), min_value=-180, max_value=180, required=False)
    lat = forms.FloatField(label=_("Latitude"), min_value=-90, max_value=90, required=False)
    source = forms.CharField(label=_("Source of the figures"), max_length=300, required=False)

    @classmethod
    def of(cls, area: Area, data: Any = None) -> "AreaForm":
        """The form of an existing area; its code stays."""
        form = cls(data, initial={name: getattr(area, name) for name in FIELDS})
        del form.fields["code"]
        return form

    @classmethod
    def below(cls, parent: Area, data: Any = None) -> "AreaForm":
        """The form of a new area inside ``parent``."""
        return cls(data, initial={"code": parent.code, "level": _BELOW[Level(parent.level)]})

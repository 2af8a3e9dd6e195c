"""Filters of the board that are looked up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.needs.forms.lines import ItemField
from tongzhou.tasks.forms.pickers import AreaField, UnitField


class PlaceForm(forms.Form):
    """Item, area, unit."""

    item = ItemField(label=_("Item"), required=False, attrs={"placeholder": _("Item")})
    area = AreaField(label=_("Area"), required=False, attrs={"placeholder": _("Area")})
    unit = UnitField(label=_("Unit"), required=False, attrs={"placeholder": _("Unit")})

"""Sending people into the field, and checking in."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.actions.check_in import LONGEST_NOTE
from tongzhou.incidents.actions.start_shift import LONGEST_LINE, MOST_PEOPLE
from tongzhou.incidents.forms.fields import AreaField, UnitField, text_area
from tongzhou.incidents.queries import lists

#: Rhythms that are offered, in minutes.
RHYTHMS = (
    (30, _("every 30 minutes")),
    (60, _("every hour")),
    (120, _("every 2 hours")),
    (240, _("every 4 hours")),
    (720, _("every 12 hours")),
)


class ShiftForm(forms.Form):
    """Who goes out, where, how many, and how often they check in."""

    unit = UnitField(label=_("Unit"))
    area = AreaField(label=_("Where?"), error_messages={"required": _("Please choose the area.")})
    place = forms.CharField(
        label=_("Exact place"),
        max_length=LONGEST_LINE,
        required=False,
        help_text=_("Gate, building or route. Name nobody."),
    )
    people = forms.IntegerField(label=_("How many people"), min_value=1, max_value=MOST_PEOPLE)
    every = forms.TypedChoiceField(
        label=_("They check in"), choices=RHYTHMS, coerce=int, initial=120
    )
    incident = forms.ChoiceField(label=_("Incident"), required=False)

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        below = Unit.objects.filter(line__contains=[post.unit_id], active=True)
        units = [(unit.code, unit.name) for unit in below.order_by("area__path", "code")[:300]]
        field = self.fields["unit"]
        assert isinstance(field, UnitField)
        field.offer([("", units)])
        field.initial = post.unit.code
        self.offered = {i.code: i for i in lists.codes(visible_to=post) if i.is_open}
        incident = self.fields["incident"]
        assert isinstance(incident, forms.ChoiceField)
        incident.choices = [("", _("none"))] + [(i.code, i.title) for i in self.offered.values()]

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        given = dict(self.cleaned_data)
        given["every"] = timedelta(minutes=given["every"])
        given["incident"] = self.offered.get(given["incident"])
        return given


class CheckInForm(forms.Form):
    """All well, or help is needed; the rest may stay as it is."""

    people = forms.IntegerField(
        label=_("How many people now"), min_value=1, max_value=MOST_PEOPLE, required=False
    )
    note = forms.CharField(
        label=_("Note"), max_length=LONGEST_NOTE, required=False, widget=text_area(2)
    )

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        return dict(self.cleaned_data)

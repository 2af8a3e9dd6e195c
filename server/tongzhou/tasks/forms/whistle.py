"""Blowing the whistle: few fields, for a phone."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.actions.report_signal import LONGEST_LINE, LONGEST_TEXT
from tongzhou.incidents.models import Incident
from tongzhou.library.kinds.whistle import WhistleRules
from tongzhou.mandates.models import Duty
from tongzhou.tasks.forms.pickers import AreaField, UnitsField
from tongzhou.tasks.forms.refusable import Refusable
from tongzhou.tasks.forms.segments import Segment, segments
from tongzhou.tasks.forms.steps import text_area
from tongzhou.ui.moments import duration_text


class WhistleForm(Refusable):
    """What, where, how urgent, and whom."""

    kind = forms.ChoiceField(label=_("How urgent"), widget=forms.RadioSelect)
    ground = forms.ChoiceField(label=_("Why you cannot do it alone"), widget=forms.RadioSelect)
    text = forms.CharField(
        label=_("What is going on"), max_length=LONGEST_TEXT, widget=text_area(3)
    )
    place = forms.CharField(label=_("Where they should come"), max_length=LONGEST_LINE)
    units = UnitsField(label=_("Departments to call"))
    duty = forms.ChoiceField(
        label=_("Whose duty is it"),
        required=False,
        help_text=_("Tells you which department is competent before you call."),
    )
    area = AreaField(label=_("Area"))
    incident = forms.ChoiceField(label=_("Incident"), required=False)

    def __init__(
        self,
        *args: Any,
        known: WhistleRules,
        duties: dict[str, Duty],
        incidents: dict[str, Incident],
        **options: Any,
    ) -> None:
        super().__init__(*args, **options)
        self.known, self.duties, self.incidents = known, duties, incidents
        self._choose("kind", [(one.code, str(one.title)) for one in known.kinds])
        self._choose("ground", [(one.code, str(one.title)) for one in known.grounds])
        self._choose("duty", [("", _("Not known")), *((c, d.name) for c, d in duties.items())])
        self._choose(
            "incident",
            [("", _("No incident: everyday work")), *((c, i.title) for c, i in incidents.items())],
        )

    def _choose(self, name: str, choices: list[Any]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def arguments(self) -> dict[str, Any]:
        """Of ``blow_whistle``, without who and when."""
        cleaned = dict(self.cleaned_data)
        return cleaned | {
            "duty": self.duties.get(cleaned["duty"]),
            "incident": self.incidents.get(cleaned["incident"]),
        }

    @property
    def kind_segments(self) -> list[Segment]:
        """The kinds, each with the time within which they must be there."""
        hints = {
            one.code: _("there within %(length)s")
            % {"length": duration_text(one.arrive_within.total_seconds())}
            for one in self.known.kinds
        }
        return segments(self["kind"], hints)

    @property
    def ground_segments(self) -> list[Segment]:
        """The grounds."""
        return segments(self["ground"], {})

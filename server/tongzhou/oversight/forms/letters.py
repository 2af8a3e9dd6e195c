"""Writing a supervision letter, and answering it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.incidents.forms.fields import LocalMoment, end_of_day
from tongzhou.oversight.actions.change import LONG
from tongzhou.oversight.forms.fields import CitesField, MissedField, text_area
from tongzhou.oversight.forms.findings import InIncident, RoomForm
from tongzhou.tasks.forms.pickers import UnitField


class LetterForm(InIncident):
    """A new letter."""

    recipient = UnitField(
        label=pgettext_lazy("recipient", "To"), help_text=_("Another unit than your own.")
    )
    subject = forms.CharField(label=_("Subject"), max_length=300)
    body = forms.CharField(label=_("Text"), max_length=LONG, widget=text_area(10))
    cites = CitesField(
        label=_("Findings and late tasks"),
        help_text=_("Numbers of findings (F-1001) and tasks (T-1001), or the id of an act."),
    )
    missed = MissedField()
    due_at = LocalMoment(label=_("Answer by"))
    field_order = ("recipient", "subject", "body", "cites", "missed", "due_at", "incident")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].initial = end_of_day(self.at, days=5)


class LetterAnswerForm(RoomForm):
    """The answer in writing."""

    answer = forms.CharField(label=_("Answer"), max_length=LONG, widget=text_area(8))

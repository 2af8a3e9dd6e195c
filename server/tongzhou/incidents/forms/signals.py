"""Reporting, assessing and answering a signal; looking a ticket up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.actions.report_signal import LONGEST_LINE, LONGEST_TEXT
from tongzhou.incidents.forms.fields import LONG, AreaField, text_area
from tongzhou.incidents.models import QUESTIONS, Verdict
from tongzhou.kernel.ids import new_id

_UNKNOWN = "unknown"
_ANSWERS = (("yes", _("yes")), ("no", _("no")), (_UNKNOWN, _("not known yet")))


class ReportForm(forms.Form):
    """What somebody noticed. ``once`` makes the same form, sent twice, one report."""

    once = forms.UUIDField(widget=forms.HiddenInput, initial=new_id)
    area = AreaField(label=_("Where?"), error_messages={"required": _("Please choose the area.")})
    text = forms.CharField(
        label=_("What did you notice?"),
        max_length=LONGEST_TEXT,
        widget=text_area(6, autocomplete="off"),
        help_text=_("What happened, since when, how many people. Please name nobody."),
    )
    place = forms.CharField(
        label=_("Exact place"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        help_text=_("Building, market, school …"),
    )
    contact_name = forms.CharField(
        label=_("Your name"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact_phone = forms.CharField(
        label=_("Telephone or e-mail"),
        max_length=LONGEST_LINE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "tel"}),
    )


def _question() -> forms.ChoiceField:
    """A question that may stay open: no answer is "not known"."""
    return forms.ChoiceField(
        choices=_ANSWERS, widget=forms.RadioSelect, initial=_UNKNOWN, required=False
    )


class AssessForm(forms.Form):
    """One assessor's view: the four questions of IHR Annex 2, verdict and reasons."""

    serious = _question()
    unusual = _question()
    spread = _question()
    travel_trade = _question()
    verdict = forms.ChoiceField(
        label=_("Verdict"), choices=Verdict.choices, widget=forms.RadioSelect
    )
    reasons = forms.CharField(label=_("Reasons"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, question in QUESTIONS:
            self.fields[name].label = question

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        given = dict(self.cleaned_data)
        meaning = {"yes": True, "no": False}
        return given | {name: meaning.get(given[name]) for name, _question in QUESTIONS}


class AnswerForm(forms.Form):
    """The answer that the reporter reads."""

    answer = forms.CharField(
        label=_("Answer to the reporter"),
        max_length=LONG,
        widget=text_area(4),
        help_text=_("In plain words: what was found, what is being done, what to do now."),
    )
    incident = forms.ChoiceField(
        label=_("Incident that it belongs to"),
        required=False,
        help_text=_("The reporter sees its name where the incident is public."),
    )

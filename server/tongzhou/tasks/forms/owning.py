"""What the acts of tickets and whistles ask for: who leads, who arrived, how it was found."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongzhou.tasks import rules
from tongzhou.tasks.forms.pickers import UnitField
from tongzhou.tasks.forms.steps import LONG, StepForm, text_area
from tongzhou.tasks.models import Call, Ticket
from tongzhou.ui.moments import duration_text

_YES_NO = (("yes", _("Yes")), ("no", _("No")))
_UNSAID = "unsaid"
_MEANING = {"yes": True, "no": False, _UNSAID: None, "": None}


class ReviewForm(StepForm):
    """Whether the objection is right, and who leads then."""

    verdict = forms.ChoiceField(
        label=_("The objection is"),
        choices=(("upheld", _("right: another unit leads")), ("rejected", _("not right: binding"))),
        widget=forms.RadioSelect,
    )
    to = UnitField(
        label=_("Who leads from now on"),
        required=False,
        help_text=_("Needed where the objection is right."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.task.better_owner is not None:
            self.fields["to"].initial = self.task.better_owner

    def arguments(self) -> dict[str, Any]:
        """Rejected, it names nobody."""
        cleaned = dict(self.cleaned_data)
        upheld = cleaned.pop("verdict") == "upheld"
        return cleaned | {"upheld": upheld, "to": cleaned["to"] if upheld else None}


class DecideForm(StepForm):
    """Who leads for good."""

    to = UnitField(label=_("Who leads"))
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["to"].initial = self.task.better_owner or self.task.lead


class ArriveForm(StepForm):
    """Where, and who."""

    place = forms.CharField(label=_("Where you are"), max_length=200)
    who = forms.CharField(
        label=_("Who came"), max_length=200, help_text=_("Teams and numbers, no names needed.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        call = Call.objects.select_related("whistle").filter(task_id=self.task.id).first()
        self.fields["place"].initial = call.whistle.place if call is not None else ""


class CallBackForm(StepForm):
    """What whoever asked said on the telephone."""

    reached = forms.ChoiceField(
        label=_("Was somebody reached?"), choices=_YES_NO, widget=forms.RadioSelect
    )
    solved = forms.ChoiceField(
        label=_("Is it solved?"),
        choices=(*_YES_NO, (_UNSAID, _("Not said"))),
        widget=forms.RadioSelect,
        initial=_UNSAID,
        required=False,
    )
    satisfied = forms.ChoiceField(
        label=_("Are they satisfied?"),
        choices=(*_YES_NO, (_UNSAID, _("Not said"))),
        widget=forms.RadioSelect,
        initial=_UNSAID,
        required=False,
    )
    note = forms.CharField(
        label=_("What was said"), required=False, max_length=LONG, widget=text_area(2)
    )

    def arguments(self) -> dict[str, Any]:
        """Yes, no, or not known."""
        cleaned = dict(self.cleaned_data)
        return {
            "reached": cleaned["reached"] == "yes",
            "solved": _MEANING[cleaned["solved"]],
            "satisfied": _MEANING[cleaned["satisfied"]],
            "note": cleaned["note"],
        }


class EvaluateForm(StepForm):
    """How the help was found."""

    solved = forms.ChoiceField(label=_("Is it solved?"), choices=_YES_NO, widget=forms.RadioSelect)
    satisfied = forms.ChoiceField(
        label=_("Are you satisfied with the help?"), choices=_YES_NO, widget=forms.RadioSelect
    )

    def arguments(self) -> dict[str, Any]:
        """Yes or no."""
        return {name: _MEANING[value] for name, value in self.cleaned_data.items()}


class ReclassifyForm(StepForm):
    """Another class of the template under which the ticket came in."""

    class_code = forms.ChoiceField(label=_("How soon"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        ticket = Ticket.objects.filter(task_id=self.task.id).first()
        choices = self.fields["class_code"]
        assert isinstance(choices, forms.ChoiceField)
        choices.choices = [
            (one.code, f"{one.title} ({duration_text(one.feedback.total_seconds())})")
            for one in (rules.hotline_of(ticket.template).classes if ticket else ())
            if ticket and one.code != ticket.class_code
        ]


class ReturnForm(StepForm):
    """Why it goes back; of a ticket or a call also who is better placed."""

    better_owner = UnitField(
        label=_("Who is better placed"),
        help_text=_("Without a better owner it stays where it is."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not self.task.is_owned:
            del self.fields["better_owner"]

    def clean(self) -> dict[str, Any]:
        """Not to oneself."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("better_owner") and cleaned["better_owner"].id == self.post.unit_id:
            self.add_error("better_owner", ValidationError(_("Name another unit than your own.")))
        return cleaned

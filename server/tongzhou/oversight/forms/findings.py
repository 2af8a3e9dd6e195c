"""Recording a finding, answering it, looking again."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Post
from tongzhou.incidents.forms.fields import LocalMoment, end_of_day
from tongzhou.incidents.queries import lists as incidents
from tongzhou.kernel.errors import Sentence
from tongzhou.oversight.actions.change import LONG
from tongzhou.oversight.forms.fields import (
    CitesField,
    FilesField,
    MissedField,
    RuleField,
    text_area,
)
from tongzhou.oversight.models import Severity
from tongzhou.oversight.queries import citing
from tongzhou.tasks.forms.pickers import UnitField


def _files(label: Sentence) -> FilesField:
    """Added when a form is made: as an attribute the name belongs to the form itself."""
    return FilesField(label=label, help_text=_("Pictures or documents, up to ten."))


class RoomForm(forms.Form):
    """Base: knows the post and the moment."""

    def __init__(self, *args: Any, post: Post, at: datetime, **options: Any) -> None:
        self.post, self.at = post, at
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, CitesField | MissedField):
                field.post = post

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside its object, by and at. Raises CitedTooMany."""
        given = dict(self.cleaned_data)
        if "missed" in given:
            given["cites"] = citing.together(given["cites"], given.pop("missed"))
        return given


class InIncident(RoomForm):
    """Base of forms that may stand in an incident."""

    incident = forms.ChoiceField(label=_("Incident"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {i.code: i for i in incidents.codes(visible_to=self.post)}
        field = self.fields["incident"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", _("none")), *((code, i.title) for code, i in self.known.items())]

    def arguments(self) -> dict[str, Any]:
        """With the incident itself."""
        given = super().arguments()
        return given | {"incident": self.known.get(given["incident"])}


class FindingForm(InIncident):
    """A new finding."""

    owner = UnitField(
        label=pgettext_lazy("of a finding", "Owner"), help_text=_("The unit that puts it right.")
    )
    what = forms.CharField(label=_("What was found"), max_length=LONG, widget=text_area())
    item = forms.CharField(label=_("Inspection item"), max_length=300, required=False)
    severity = forms.ChoiceField(
        label=_("Severity"), choices=Severity.choices, initial=Severity.SERIOUS
    )
    rule = forms.CharField(
        label=_("Article or section"),
        max_length=1000,
        required=False,
        help_text=_("Of the rule above, or of a law or plan that the library does not hold."),
    )
    rule_version = RuleField(
        label=_("Rule it is held against"),
        required=False,
        help_text=_("A template of the library that is in force; search by its title."),
    )
    due_at = LocalMoment(label=_("To be answered by"))
    cites = CitesField()
    missed = MissedField()
    field_order = ("owner", "what", "item", "severity", "rule_version", "rule", "due_at", "cites",
                   "missed", "files", "incident")  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].initial = end_of_day(self.at, days=7)
        self.fields["files"] = _files(_("Evidence"))
        self.order_fields(self.field_order)


class AnswerForm(RoomForm):
    """What was done, with proof."""

    text = forms.CharField(label=_("What was done"), max_length=LONG, widget=text_area())
    cites = CitesField(label=_("Or a task or act that proves it"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["files"] = _files(_("Proof"))
        self.order_fields(("text", "files", "cites"))


class RecheckForm(RoomForm):
    """What was seen on looking again."""

    passed = forms.TypedChoiceField(
        label=_("Is it put right?"),
        choices=[("yes", _("Yes, close it")), ("no", _("No, send it back"))],
        widget=forms.RadioSelect,
        coerce=lambda value: value == "yes",
        empty_value=None,
    )
    text = forms.CharField(label=_("What you saw"), max_length=LONG, widget=text_area(3))
    due_at = LocalMoment(
        label=_("New deadline"), required=False, help_text=_("Only when it goes back.")
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].initial = end_of_day(self.at, days=3)


class ReasonForm(RoomForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area(2))

"""What is asked of a unit."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.incidents.models import Incident
from tongzhou.tasks.forms.due import DueMixin
from tongzhou.tasks.forms.pickers import AreaField, DutyField, UnitField, UnitsField
from tongzhou.tasks.forms.refusable import Refusable
from tongzhou.tasks.forms.segments import Segment, segments
from tongzhou.tasks.models import Basis, Priority, Work

BASES = {
    Basis.ORDER: (_("Order"), _("Your unit stands above theirs in the line of command")),
    Basis.AGREEMENT: (_("Agreement"), _("The units have agreed to work together on this")),
    Basis.LAW: (_("Law"), _("A duty that a law, plan or regulation sets; name it below")),
    Basis.VOLUNTARY: (_("Voluntary"), _("Asked of their goodwill; they may decline freely")),
}


class TaskForm(DueMixin, Refusable):
    """A new task. ``incidents`` are those that the post may choose from."""

    field_order = (
        "title", "body", "duty", "lead", "due", "due_at", "basis", "basis_note", "work", "priority",
        "incident", "area", "assisting", "informed",
    )  # fmt: skip
    title = forms.CharField(
        label=_("What is to be done"),
        max_length=200,
        widget=forms.TextInput(attrs={"autofocus": True, "autocomplete": "off"}),
        help_text=_("One line that says what, for whom and how much."),
    )
    body = forms.CharField(
        label=_("Details"),
        required=False,
        max_length=20_000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    duty = DutyField(
        label=_("For which duty"),
        required=False,
        help_text=_("The unit that is charged with it is proposed. May be left empty."),
    )
    lead = UnitField(label=_("To which unit"), help_text=_("It leads and answers for the result."))
    assisting = UnitsField(
        label=_("Assisting units"), required=False, help_text=_("They work on it too.")
    )
    informed = UnitsField(
        label=_("Informed units"), required=False, help_text=_("They see it and can comment.")
    )
    area = AreaField(
        label=_("Area"),
        required=False,
        help_text=_("Where it happens. Left empty: the area of the unit that leads."),
    )
    incident = forms.ChoiceField(label=_("Incident"), required=False)
    work = forms.ChoiceField(label=_("Kind of work"), choices=Work.choices, initial=Work.SERVE)
    basis = forms.ChoiceField(
        label=_("On what basis"),
        widget=forms.RadioSelect,
        choices=[(value, label) for value, (label, _hint) in BASES.items()],
    )
    basis_note = forms.CharField(
        label=_("Document, agreement or article"), required=False, max_length=500
    )
    priority = forms.TypedChoiceField(
        label=_("Priority"),
        choices=Priority.choices,
        coerce=int,
        widget=forms.RadioSelect,
        initial=Priority.ROUTINE,
    )

    def __init__(
        self,
        *args: Any,
        post: Post,
        at: datetime,
        incidents: Mapping[str, Incident],
        **options: Any,
    ) -> None:
        self.post, self.at, self.incidents = post, at, incidents
        super().__init__(*args, **options)
        field = self.fields["incident"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [
            ("", _("No incident: everyday work")),
            *((code, incident.title) for code, incident in incidents.items()),
        ]

    def clean_basis_note(self) -> str:
        """A duty by law names the law."""
        note = str(self.cleaned_data["basis_note"]).strip()
        if self.data.get("basis") == Basis.LAW and not note:
            raise forms.ValidationError(_("Name the law, plan or regulation that it rests on."))
        return note

    def asked(self) -> dict[str, Any]:
        """The arguments of ``create_task`` and ``send_task``, without who and when."""
        cleaned = dict(self.cleaned_data)
        cleaned.pop("due")
        cleaned["incident"] = self.incidents.get(cleaned["incident"])
        cleaned["area"] = cleaned["area"] or cleaned["lead"].area
        return cleaned

    @property
    def basis_segments(self) -> list[Segment]:
        """The bases; an order cannot be chosen while the chosen unit is not below."""
        lead = self._chosen_lead()
        without = {Basis.ORDER.value} if lead and self.post.unit_id not in lead.line else set()
        hints = {basis.value: hint for basis, (_label, hint) in BASES.items()}
        return segments(self["basis"], hints, without=without)

    @property
    def priority_segments(self) -> list[Segment]:
        """The priorities."""
        return segments(self["priority"], {})

    def _chosen_lead(self) -> Unit | None:
        """The unit that is chosen at this moment, also where the rest is not valid."""
        value = self["lead"].value()
        if isinstance(value, Unit) or not value:
            return value or None
        found = self.fields["lead"].find(str(value))  # type: ignore[attr-defined]
        return found[0] if len(found) == 1 else None

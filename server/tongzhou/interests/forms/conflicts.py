"""Declaring a conflict, mediating it, compensating."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.actors.models import Unit
from tongzhou.funds.choices import Purpose
from tongzhou.funds.forms.fields import AmountField, FundField
from tongzhou.funds.queries import funds
from tongzhou.incidents.forms.fields import LocalMoment, end_of_day
from tongzhou.interests.choices import Clash, Means, Outcome, Severity
from tongzhou.interests.models import Conflict
from tongzhou.interests.queries import stakes
from tongzhou.oversight.forms.fields import text_area
from tongzhou.oversight.forms.findings import RoomForm
from tongzhou.tasks.forms.pickers import UnitField


class ConflictForm(RoomForm):
    """Which two stakes clash, over what, and how badly."""

    one = forms.ChoiceField(label=_("One side"))
    other = forms.ChoiceField(label=_("The other side"))
    clash = forms.ChoiceField(label=_("What they clash over"), choices=Clash.choices)
    severity = forms.TypedChoiceField(
        label=_("Severity"), choices=Severity.choices, coerce=int, initial=Severity.SERIOUS
    )
    why = forms.CharField(label=_("Why both cannot be met"), max_length=4000, widget=text_area(3))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.known = {str(s.number): s for s in stakes.others(visible_to=self.post)}
        mine = self.post.unit_id
        rows = sorted(self.known.items(), key=lambda pair: pair[1].unit_id != mine)
        choices = [("", "–")] + [
            (key, f"{s.reference} {s.unit.name} – {s.matter}"[:120]) for key, s in rows
        ]
        for name in ("one", "other"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)
            field.choices = choices

    def arguments(self) -> dict[str, Any]:
        """With the stakes themselves."""
        given = super().arguments()
        return given | {name: self.known[given[name]] for name in ("one", "other")}


class MediationForm(RoomForm):
    """Who mediates, and until when."""

    mediator = UnitField(
        label=_("Who mediates"), help_text=_("A unit that is no side and stands below none.")
    )
    due_at = LocalMoment(label=_("Until"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].initial = end_of_day(self.at, days=7)


class MeetingForm(RoomForm):
    """A meeting that was held."""

    held_at = LocalMoment(label=_("Held at"))
    note = forms.CharField(label=_("What was said at it"), max_length=4000, widget=text_area(3))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["held_at"].initial = self.at


class TermsForm(RoomForm):
    """Terms, and the most that is paid."""

    outcome = forms.ChoiceField(label=_("They settle it"), choices=[
        (Outcome.SETTLED, pgettext_lazy("of terms", "wholly")),
        (Outcome.PARTLY, pgettext_lazy("of terms", "in part")),
    ])  # fmt: skip
    terms = forms.CharField(label=_("Terms"), max_length=4000, widget=text_area(3))
    agreed = AmountField(
        label=_("Compensation in all"), required=False, free=True,
        help_text=_("The most that may be promised; empty: none."),
    )  # fmt: skip

    def arguments(self) -> dict[str, Any]:
        """No amount is none."""
        given = super().arguments()
        return given | {"agreed": given["agreed"] or 0}


class AnswerTermsForm(RoomForm):
    """Yes or no to the terms that were shown."""

    agreed = forms.TypedChoiceField(
        label=_("Do you agree to the terms?"),
        choices=[("yes", _("Yes, we agree")), ("no", _("No, not to these"))],
        coerce=lambda value: value == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(
        label=_("Reason"), max_length=4000, required=False, widget=text_area(2),
        help_text=_("Needed when you do not agree."),
    )  # fmt: skip
    round = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FailForm(RoomForm):
    """Why nobody could agree."""

    reason = forms.CharField(label=_("Reason"), max_length=4000, widget=text_area(2))

    def arguments(self) -> dict[str, Any]:
        """The same act, without agreement."""
        return super().arguments() | {"failed": True}


class DecideForm(RoomForm):
    """What the line decides."""

    terms = forms.CharField(label=_("What is decided"), max_length=4000, widget=text_area(3))
    agreed = AmountField(label=_("Compensation in all"), required=False, free=True)

    def arguments(self) -> dict[str, Any]:
        """No amount is none."""
        given = super().arguments()
        return given | {"agreed": given["agreed"] or 0}


class PromiseForm(RoomForm):
    """What is given to whom, by when."""

    receiver = forms.ChoiceField(label=_("Given to whom"))
    means = forms.ChoiceField(label=_("In what"), choices=Means.choices)
    amount = AmountField(label=_("Worth"))
    what = forms.CharField(label=_("What exactly"), max_length=300, required=False)
    due_at = LocalMoment(label=_("By when"))

    def __init__(self, *args: Any, conflict: Conflict, **options: Any) -> None:
        super().__init__(*args, **options)
        self.sides: dict[str, Unit] = {
            side.code: side for side in conflict.units if side.id != self.post.unit_id
        }
        field = self.fields["receiver"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(code, side.name) for code, side in self.sides.items()]
        self.fields["due_at"].initial = end_of_day(self.at, days=14)

    def arguments(self) -> dict[str, Any]:
        """With the unit itself."""
        given = super().arguments()
        return given | {"receiver": self.sides[given["receiver"]]}


class FundForm(RoomForm):
    """Which fund pays."""

    fund = FundField(label=_("From which fund"))
    purpose = forms.ChoiceField(
        label=pgettext_lazy("of money", "Purpose"), choices=Purpose.choices,
        initial=Purpose.COMMUNITY,
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["fund"]
        assert isinstance(field, FundField)
        field.offer(funds.to_ask(visible_to=self.post))

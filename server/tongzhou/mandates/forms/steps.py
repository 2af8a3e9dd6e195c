"""What an act asks for: one small form each. ``arguments`` are those of the act function."""

from datetime import datetime, time, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import queries as actors
from tongzhou.actors.models import Post
from tongzhou.kernel.errors import NotFound
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase
from tongzhou.mandates.models import Charge, Duty
from tongzhou.mandates.parts import MeansKind, Part, Side
from tongzhou.mandates.queries import choices
from tongzhou.places import queries as places
from tongzhou.places.models import Level

LONG = 4_000
NO_GRADE = "-"
#: A delegation runs so long unless something else is said.
_TERM = timedelta(days=90)


def _several(rows: int = 3) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows})


class LocalDay(forms.DateField):
    """A day by the browser's own control. Cleans to the end of that day in the local zone."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
            input_formats=["%Y-%m-%d"],
            **options,
        )

    def clean(self, value: Any) -> Any:
        """A moment with zone, None where nothing was given."""
        day = super().clean(value)
        if day is None:
            return None
        return datetime.combine(day, time(23, 59), tzinfo=timezone.get_current_timezone())


class StepForm(forms.Form):
    """Base: knows the duty, the object of the act (if any), the post and the moment."""

    def __init__(
        self, *args: Any, duty: Duty, target: Any, post: Post, at: datetime, **options: Any
    ) -> None:
        self.duty, self.target, self.post, self.at = duty, target, post, at
        super().__init__(*args, **options)

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside its object, by and at."""
        return dict(self.cleaned_data)


class ReasonForm(StepForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=_several())


class PlainForm(StepForm):
    """An act that asks for nothing but the word."""


class EndForm(ReasonForm):
    """That a unit gives up its part."""

    due_at = LocalDay(
        label=_("Answer until"), required=False, help_text=_("Left empty: within seven days.")
    )


class DutyForm(StepForm):
    """A duty: new, or its words changed."""

    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits, hyphens; it stands in addresses and spreadsheets."),
    )
    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    side = forms.ChoiceField(label=_("Side of social governance"), choices=Side.choices)
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=1_000,
        required=False,
        help_text=_("Law, article, plan or agreement that it rests on."),
    )
    needs = forms.MultipleChoiceField(
        label=_("Means that it needs"),
        choices=MeansKind.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Whoever does it without these shows red."),
    )
    lowest = forms.ChoiceField(
        label=_("Lowest level that may be charged"),
        required=False,
        choices=[("", _("any level")), *Level.choices],
        help_text=_("A department's duty is not pushed to the grass roots."),
    )
    autonomous = forms.BooleanField(
        label=_("On the list that communities decide alone"),
        required=False,
        help_text=_("An order on it asks for a justification."),
    )


class EditForm(DutyForm):
    """The words of a duty, with the reason of the change; its code stays."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=_several())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        del self.fields["code"]
        for name, field in self.fields.items():
            if name != "reason":
                field.initial = getattr(self.duty, name)

    def arguments(self) -> dict[str, Any]:
        """The changes as one mapping, and the reason."""
        changes = dict(self.cleaned_data)
        return {"reason": changes.pop("reason"), "changes": changes}


class ChargeForm(StepForm):
    """Who is to take which part, where, in which phases and at which grades."""

    unit = forms.ChoiceField(label=_("Unit"))
    part = forms.ChoiceField(label=_("Part"), choices=Part.choices, widget=forms.RadioSelect)
    area = forms.CharField(
        label=_("Area"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"list": "areas", "autocomplete": "off"}),
        help_text=_("The code of the area. Left empty: the unit's own."),
    )
    phases = forms.MultipleChoiceField(
        label=_("Phases"),
        choices=Phase.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: in every phase."),
    )
    grades = forms.MultipleChoiceField(
        label=_("Response levels"),
        choices=[*Grade.choices, (NO_GRADE, _("no response level"))],
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: at every level."),
    )
    take_over = forms.BooleanField(
        label=_("Take over from whoever is accountable now"),
        required=False,
        help_text=_("Both are asked; it passes in one step, so that there is never none or two."),
    )
    due_at = LocalDay(
        label=_("Answer until"), required=False, help_text=_("Left empty: within seven days.")
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, required=False, widget=_several(2))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = choices.units(visible_to=self.post)
        field = self.fields["unit"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *groups]
        self.area_choices = choices.areas(self.post.unit.area)

    def clean_area(self) -> Any:
        """The area, None where nothing was typed."""
        code = self.cleaned_data["area"].strip()
        try:
            return places.find(code) if code else None
        except NotFound:
            raise forms.ValidationError(
                _("There is no area with the code “%(code)s”."), params={"code": code}
            ) from None

    def arguments(self) -> dict[str, Any]:
        """With unit and area as objects."""
        given = dict(self.cleaned_data)
        given["unit"] = actors.find(given["unit"], visible_to=self.post)
        given["area"] = given["area"] or given["unit"].area
        given["grades"] = ["" if grade == NO_GRADE else grade for grade in given["grades"]]
        return given


class MeansForm(StepForm):
    """A means of a charge."""

    kind = forms.ChoiceField(
        label=_("Kind of means"), choices=MeansKind.choices, widget=forms.RadioSelect
    )
    text = forms.CharField(
        label=_("What there is"),
        max_length=1_000,
        widget=_several(2),
        help_text=_("The order or letter that gives the power; how many people; which money."),
    )


class DelegateForm(StepForm):
    """To whom, until when, and what comes along."""

    to = forms.ChoiceField(label=_("To which unit"))
    until = LocalDay(label=_("Until"), help_text=_("It ends by itself on that day."))
    power = forms.CharField(label=_("Power that comes along"), max_length=1_000, required=False)
    people = forms.CharField(label=_("People that come along"), max_length=1_000, required=False)
    money = forms.CharField(label=_("Money that comes along"), max_length=1_000, required=False)
    supplies = forms.CharField(
        label=_("Supplies that come along"), max_length=1_000, required=False
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, required=False, widget=_several(2))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        assert isinstance(self.target, Charge)
        field = self.fields["to"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [("", "–"), *choices.takers(of=self.target.unit)]
        self.fields["until"].initial = timezone.localtime(self.at + _TERM).date()

    def arguments(self) -> dict[str, Any]:
        """With the unit as an object and the means as one mapping."""
        given = dict(self.cleaned_data)
        means = {kind: given.pop(kind) for kind in MeansKind.values}
        given["to"] = actors.find(given["to"], visible_to=self.post)
        return given | {"means": means}

"""What an act in an incident asks for: one small form each. ``arguments`` are those of the
act function."""

from datetime import datetime, timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.forms.fields import (
    LONG,
    AreaField,
    LocalMoment,
    UnitField,
    UnitsField,
    end_of_day,
    reader_first,
    text_area,
)
from tongzhou.incidents.models import Hindrance, Incident, Stretch, WorkingGroup
from tongzhou.incidents.queries import competence, guidance, names, room, timeliness, windows
from tongzhou.kernel.errors import Sentence
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase

#: Laws that a measure or a level may rest on, as suggestions; whoever decides adds the
#: article.
LAWS = (
    _("Law on Responding to Public Health Emergencies (2025), article "),
    _("Law on the Prevention and Treatment of Infectious Diseases, article "),
    _("Emergency Response Law, article "),
    _("Regulation on Public Health Emergencies (2003), article "),
    _("Emergency plan for public health events, section "),
)


class StepForm(forms.Form):
    """Base: knows the incident, the object in it (if any), the post and the moment."""

    def __init__(
        self,
        *args: Any,
        incident: Incident,
        post: Post,
        at: datetime,
        target: Any = None,
        **options: Any,
    ) -> None:
        self.incident, self.post, self.at, self.target = incident, post, at, target
        super().__init__(*args, **options)

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside its object, by and at."""
        return dict(self.cleaned_data)

    @property
    def suggestions(self) -> tuple[Sentence, ...]:
        """Suggestions for the field ``legal_basis``."""
        return LAWS if "legal_basis" in self.fields else ()

    def _units(self) -> list[tuple[str, list[tuple[str, str]]]]:
        return names.choices(area=self.incident.area, visible_to=self.post, incident=self.incident)


def _legal_basis() -> forms.CharField:
    return forms.CharField(
        label=_("Legal basis"),
        max_length=LONG,
        help_text=_("Law, article, plan or order that it rests on."),
        widget=forms.TextInput(attrs={"list": "laws", "autocomplete": "off"}),
    )


class ReasonForm(StepForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())


class GradeForm(StepForm):
    """A response level with what it rests on: criteria are those of the template in force."""

    grade = forms.ChoiceField(
        label=_("Response level"), choices=Grade.choices, widget=forms.RadioSelect
    )
    criterion = forms.CharField(
        label=_("Criterion"),
        max_length=LONG,
        widget=forms.TextInput(attrs={"list": "criteria", "autocomplete": "off"}),
        help_text=_("Which condition of the plan is met, with the figures."),
    )
    legal_basis = _legal_basis()
    expires_at = LocalMoment(
        label=_("Valid until"),
        required=False,
        help_text=_("You are reminded a day before. Without a date it holds until it is changed."),
    )
    provisional = forms.BooleanField(
        label=_("Start provisionally, because it cannot wait"),
        required=False,
        help_text=_(
            "For 72 hours at most. The incident is reported upwards in the same step; the "
            "competent level confirms or changes the level."
        ),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.levels = competence.levels(on=timezone.localdate(self.at), area=self.incident.area)
        self.fields["grade"].initial = self.incident.grade or None
        below = self.levels is not None and any(
            competence.may_set(self.post, level, area=self.incident.area) is not None
            for level in self.levels.body.levels
        )
        if below:
            self.fields["expires_at"].help_text = _(
                "Empty: until it is changed, or 72 hours for a provisional start."
            )
        else:
            del self.fields["provisional"]
            self.fields["expires_at"].initial = end_of_day(self.at, days=30)


class PhaseForm(StepForm):
    """A phase to enter."""

    phase = forms.ChoiceField(label=_("Phase"), widget=forms.RadioSelect)
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["phase"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [choice for choice in Phase.choices if choice[0] != self.incident.phase]


class CloseForm(StepForm):
    """Why it ends, and what becomes of measures that are still in force."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())
    lift_measures = forms.BooleanField(label=_("Lift these measures now"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        running = room.measures(self.incident, state="in_force", at=self.at)
        if running:
            titles = "; ".join(f"{m.title} ({m.area.name})" for m in running)
            self.fields["lift_measures"].help_text = titles
        else:
            del self.fields["lift_measures"]


class TellForm(StepForm):
    """Units that are to see the incident."""

    units = UnitsField(label=_("Units"), help_text=_("They can read the incident from then on."))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        known = {party.unit.code for party in room.parties(self.incident)}
        groups = [
            (sector, [choice for choice in units if choice[0] not in known])
            for sector, units in self._units()
        ]
        self.fields["units"].offer(groups)  # type: ignore[attr-defined]


class EditForm(StepForm):
    """The profile, as it is, and why it changes."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    agent = forms.CharField(label=_("Agent"), max_length=200, required=False)
    incubation_days = forms.IntegerField(
        label=_("Longest incubation in days"), min_value=0, max_value=365, required=False
    )
    severity = forms.CharField(
        label=_("Severity"), max_length=LONG, required=False, widget=text_area(2)
    )
    uncertainty = forms.CharField(
        label=_("What we do not know"), max_length=LONG, required=False, widget=text_area(2)
    )
    summary_zh = forms.CharField(
        label=_("Summary in Chinese"), max_length=LONG, required=False, widget=text_area()
    )
    summary_en = forms.CharField(
        label=_("Summary in English"), max_length=LONG, required=False, widget=text_area()
    )
    public = forms.BooleanField(label=_("Show it on the public pages"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area(2))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reader_first(self, "title")
        for name, field in self.fields.items():
            if name != "reason":
                field.initial = getattr(self.incident, name)


class SeatsForm(StepForm):
    """Chair and members of a working group."""

    chair = UnitField(label=_("Chair"))
    members = UnitsField(
        label=_("Members"),
        required=False,
        help_text=_("Members see the incident and may decide in it. The chair is one of them."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = self._units()
        self.fields["chair"].offer(groups, blank=_("Choose a unit"))  # type: ignore[attr-defined]
        self.fields["members"].offer(groups)  # type: ignore[attr-defined]
        if isinstance(self.target, WorkingGroup):
            self.fields["chair"].initial = self.target.chair.code
            self.fields["members"].initial = [u.code for u in self.target.members.all()]


class GroupForm(SeatsForm):
    """A new working group."""

    name_zh = forms.CharField(label=_("Name in Chinese"), max_length=200, required=False)
    name_en = forms.CharField(label=_("Name in English"), max_length=200, required=False)
    purpose = forms.CharField(
        label=_("Purpose"), max_length=LONG, required=False, widget=text_area(2)
    )
    field_order = ("name_zh", "name_en", "purpose", "chair", "members")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reader_first(self, "name")


class MeetingForm(StepForm):
    """That a group met, and on what."""

    topic = forms.CharField(
        label=_("What was it about?"),
        max_length=LONG,
        widget=text_area(2),
        help_text=_("What was decided is recorded as a decision, with owner and date."),
    )


class DecisionForm(StepForm):
    """A decision with owner and date."""

    text = forms.CharField(label=_("Decision"), max_length=LONG, widget=text_area())
    reason = forms.CharField(
        label=_("Reason"), max_length=LONG, required=False, widget=text_area(2)
    )
    owner = UnitField(
        label=_("Who carries it out"), help_text=_("This unit gets sight of the incident.")
    )
    due_at = LocalMoment(label=_("Until when"))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["owner"].offer(self._units(), blank=_("Choose a unit"))  # type: ignore[attr-defined]
        self.fields["due_at"].initial = end_of_day(self.at, days=2) - timedelta(hours=5, minutes=59)


class OutcomeForm(StepForm):
    """What came of a decision."""

    outcome = forms.CharField(label=_("Outcome"), max_length=LONG, widget=text_area())


class MeasureForm(StepForm):
    """A measure: without legal basis, stop rule and expiry it cannot be published."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    area = AreaField(label=_("Where it holds"))
    legal_basis = _legal_basis()
    stop_rule = forms.CharField(
        label=_("Stop rule"),
        max_length=LONG,
        widget=text_area(2),
        help_text=_("The condition on which it is lifted, such as “no new case for 14 days”."),
    )
    expires_at = LocalMoment(label=_("Expires"), help_text=_("It ends then, unless lifted before."))
    guidance = forms.MultipleChoiceField(
        label=_("Guidance that it carries out"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("When a guidance is superseded, you are told."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        reader_first(self, "title")
        self.fields["area"].initial = self.incident.area.code
        on = timezone.localdate(self.at)
        days = windows.of(self.incident, on=on).days("measures", default=14)
        self.fields["expires_at"].initial = end_of_day(self.at, days=days)
        cited = guidance.in_force(on=on, area=self.incident.area)
        field = self.fields["guidance"]
        assert isinstance(field, forms.MultipleChoiceField)
        field.choices = [(c.name, f"{c.version.title}: {c.item.title}") for c in cited]
        if not cited:
            del self.fields["guidance"]


class MilestoneForm(StepForm):
    """A date of the 7-1-7 target, or that an action does not apply."""

    key = forms.ChoiceField(label=_("What happened"))
    happened_at = LocalMoment(label=_("When"), required=False)
    not_applicable = forms.BooleanField(
        label=_("This action does not apply to the event"), required=False
    )
    note = forms.CharField(label=_("Note"), max_length=LONG, required=False, widget=text_area(2))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["key"]
        assert isinstance(field, forms.ChoiceField)
        version = timeliness.target(on=timezone.localdate(self.at))
        actions = timeliness.body(version).actions if version is not None else ()
        field.choices = [
            (_("The event"), list(timeliness.EVENT.items())),
            (_("Early response actions"), [(a.key, str(a.title)) for a in actions]),
        ]

    def clean(self) -> dict[str, Any]:
        """Either a date, or that there is none."""
        given = super().clean() or {}
        if bool(given.get("happened_at")) == bool(given.get("not_applicable")):
            self.add_error("happened_at", _("Give a date, or say that the action does not apply."))
        return given

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments."""
        return {key: value for key, value in self.cleaned_data.items() if key != "not_applicable"}


class TimelinessNoteForm(StepForm):
    """A bottleneck or an enabler, and what follows from it."""

    stretch = forms.ChoiceField(label=_("Stretch"), choices=Stretch.choices)
    sort = forms.ChoiceField(label=_("Sort"), choices=Hindrance.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("What it was"), max_length=LONG, widget=text_area(2))
    remedy_now = forms.CharField(
        label=_("Done about it at once"), max_length=LONG, required=False, widget=text_area(2)
    )
    remedy_later = forms.CharField(
        label=_("Takes longer"), max_length=LONG, required=False, widget=text_area(2)
    )

"""What an act on a task asks for: a reason, a unit, a result. One small form each; its
``arguments`` are those of the act function."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post, Unit
from tongzhou.tasks.forms.due import LocalMoment, whole_minute
from tongzhou.tasks.forms.pickers import TaskField, UnitField, UnitsField
from tongzhou.tasks.forms.refusable import Refusable
from tongzhou.tasks.models import Priority, Task

#: So much is written on an act.
LONG = 4_000


def text_area(rows: int = 3) -> forms.Textarea:
    """A text field of several lines."""
    return forms.Textarea(attrs={"rows": rows})


class StepForm(Refusable):
    """Base: an act that asks for nothing. Knows the task, the post and the moment."""

    def __init__(self, *args: Any, task: Task, post: Post, at: datetime, **options: Any) -> None:
        self.task, self.post, self.at = task, post, at
        super().__init__(*args, **options)

    def arguments(self) -> dict[str, Any]:
        """The act's own arguments, beside task, by and at."""
        return dict(self.cleaned_data)


class ReasonForm(StepForm):
    """An act that needs a reason."""

    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())


class RefuseForm(StepForm):
    """Why not, and who is better placed."""

    better_owner = UnitField(
        label=_("Who is better placed"),
        help_text=_("Whoever refuses names the unit that should do it instead."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())


class ForwardForm(StepForm):
    """To whom it goes on."""

    to = UnitField(label=_("To which unit"))
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area())

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.task.better_owner is not None:
            self.fields["to"].initial = self.task.better_owner


class ResultForm(StepForm):
    """What came of it."""

    result = forms.CharField(
        label=_("What was done"),
        max_length=LONG,
        widget=text_area(),
        help_text=_("The asker reads this and confirms, or asks again."),
    )


class TextForm(StepForm):
    """A word to all who have to do with the task."""

    text = forms.CharField(label=_("Comment"), max_length=LONG, widget=text_area(2))


class UrgeForm(StepForm):
    """A word to those who do the work."""

    text = forms.CharField(
        label=_("What you expect, and by when"), max_length=LONG, widget=text_area()
    )


class FileForm(StepForm):
    """A file; its type is read from its content by the act."""

    file = forms.FileField(label=_("File"))


class MergeForm(StepForm):
    """The task into which this one goes."""

    into = TaskField(
        label=_("Into which task"),
        help_text=_("This task ends; its asker is informed of everything in the other one."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["into"].post = self.post  # type: ignore[attr-defined]

    def clean_into(self) -> Task:
        """Not into itself."""
        into: Task = self.cleaned_data["into"]
        if into.id == self.task.id:
            raise ValidationError(_("A task cannot be merged into itself."))
        return into


class EditForm(StepForm):
    """Due time, priority and participants, with the reason for the change."""

    due_at = LocalMoment(label=_("Due at"))
    priority = forms.TypedChoiceField(label=_("Priority"), choices=Priority.choices, coerce=int)
    assisting = UnitsField(label=_("Assisting units"), required=False)
    informed = UnitsField(label=_("Informed units"), required=False)
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area(2))

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        task = self.task
        units = {u.id: u for u in Unit.objects.filter(id__in=[*task.assisting, *task.informed])}
        self.fields["due_at"].initial = whole_minute(task.due_at)
        self.fields["priority"].initial = task.priority
        self.fields["assisting"].initial = [units[key] for key in task.assisting]
        self.fields["informed"].initial = [units[key] for key in task.informed]

    def arguments(self) -> dict[str, Any]:
        """Only what was changed: an untouched due time keeps its seconds."""
        cleaned = dict(self.cleaned_data)
        return {
            name: value
            for name, value in cleaned.items()
            if name == "reason" or name in self.changed_data
        }

    def clean(self) -> dict[str, Any]:
        """Something is different."""
        cleaned = super().clean() or self.cleaned_data
        if not set(self.changed_data) - {"reason"} and not self.errors:
            raise ValidationError(_("Nothing was changed."))
        return cleaned

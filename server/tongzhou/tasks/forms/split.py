"""A task split into parts, each for a unit of its own."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from django import forms
from django.forms.formsets import formset_factory
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Refusal
from tongzhou.tasks.actions.split_task import MOST_PARTS, Part
from tongzhou.tasks.forms.due import LocalMoment, whole_minute
from tongzhou.tasks.forms.pickers import UnitField
from tongzhou.tasks.forms.steps import StepForm
from tongzhou.tasks.models import Basis

#: Rows that stand ready; the page can add more.
READY: Final = 3


class PartForm(forms.Form):
    """One part: what, to whom, until when."""

    title = forms.CharField(label=_("Part"), max_length=200)
    lead = UnitField(label=_("To which unit"))
    due_at = LocalMoment(label=_("Due at"))
    basis = forms.ChoiceField(
        label=_("On what basis"),
        required=False,
        choices=[("", _("Like the whole task")), *Basis.choices],
    )

    def __init__(self, *args: Any, due_at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["due_at"].initial = due_at


#: The rows; those that are left empty count for nothing.
_Parts = formset_factory(PartForm, extra=READY, max_num=MOST_PARTS)


class SplitForm(StepForm):
    """The form around the rows. The due time of each row starts as the task's own."""

    def __init__(self, data: Mapping[str, Any] | None = None, *args: Any, **options: Any) -> None:
        super().__init__(data, *args, **options)
        due_at = whole_minute(self.task.due_at)
        self.parts = _Parts(data, prefix="part", form_kwargs={"due_at": due_at})

    def is_valid(self) -> bool:
        """The form and all its rows."""
        return super().is_valid() and self.parts.is_valid()

    def arguments(self) -> dict[str, Any]:
        """The parts in order."""
        rows = (form.cleaned_data for form in self.parts.forms)
        return {"parts": [Part(**row) for row in rows if "title" in row]}

    def take(self, refusal: Refusal) -> None:
        """Beside the row and field where these are known, else on top."""
        filled = [form for form in self.parts.forms if "title" in form.cleaned_data]
        if refusal.row is not None and 0 < refusal.row <= len(filled):
            form = filled[refusal.row - 1]
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
            return
        super().take(refusal)

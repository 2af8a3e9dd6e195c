"""The form that gives more time."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.clocks.actions.extend_clock import LONGEST_REASON
from tongzhou.clocks.models import Clock


class ExtendForm(forms.Form):
    """A new end, and why."""

    due_at = forms.DateTimeField(
        label=_("New end"),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )
    reason = forms.CharField(
        label=_("Reason"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("All parties of this limit can read it."),
    )

    def __init__(self, *args: Any, clock: Clock, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ahead = max(clock.due_at, at)
        self.fields["due_at"].widget.attrs["min"] = f"{timezone.localtime(ahead):%Y-%m-%dT%H:%M}"

    def arguments(self) -> dict[str, Any]:
        """What the act takes."""
        return {"due_at": self.cleaned_data["due_at"], "reason": self.cleaned_data["reason"]}

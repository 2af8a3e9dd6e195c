"""A due time in one tap: two hours, this evening, tomorrow, three days, or one's own."""

from datetime import datetime, time, timedelta
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.tasks.forms.segments import Segment, segments
from tongzhou.ui.moments import local_text

EVENING: Final = time(18, 0)
OWN: Final = "at"
Choice = tuple[str, Any]


def moments(at: datetime) -> dict[str, datetime]:
    """The quick choices as moments, in order; this evening only while it lies ahead by an
    hour or more."""
    local = timezone.localtime(at)
    evening = local.replace(hour=EVENING.hour, minute=0, second=0, microsecond=0)
    found = {"2h": at + timedelta(hours=2)}
    if evening - local >= timedelta(hours=1):
        found["today"] = evening
    found["tomorrow"] = evening + timedelta(days=1)
    found["3d"] = evening + timedelta(days=3)
    return found


LABELS: Final = {
    "2h": _("2 hours"),
    "today": _("Today 18:00"),
    "tomorrow": _("Tomorrow 18:00"),
    "3d": _("3 days"),
}


def choices(at: datetime) -> list[tuple[str, Any]]:
    """The quick choices and one's own, as pairs of value and label."""
    quick: list[Choice] = [(name, LABELS[name]) for name in moments(at)]
    return [*quick, (OWN, _("Another time"))]


def whole_minute(at: datetime) -> datetime:
    """As the control shows it: what was not touched must not count as changed."""
    return at.replace(second=0, microsecond=0)


class LocalMoment(forms.DateTimeField):
    """Date and time as the browser's own control gives them, in the local zone. Cleans to a
    moment with zone."""

    def __init__(self, **options: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        super().__init__(widget=widget, input_formats=["%Y-%m-%dT%H:%M"], **options)


class DueMixin(forms.Form):
    """The two fields ``due`` (a quick choice) and ``due_at`` (one's own). After cleaning,
    ``cleaned_data["due_at"]`` is the moment. Needs ``self.at`` set before ``__init__``."""

    at: datetime
    due = forms.ChoiceField(label=_("Due"), widget=forms.RadioSelect, initial="tomorrow")
    due_at = LocalMoment(label=_("Due at"), required=False)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["due"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices(self.at)

    @property
    def due_segments(self) -> list[Segment]:
        """The quick choices, each with the moment it means."""
        hints = {
            name: local_text(moment, "short", self.at) for name, moment in moments(self.at).items()
        }
        return segments(self["due"], {**hints, OWN: _("date and time")})

    def clean(self) -> dict[str, Any]:
        """Puts the chosen moment into ``due_at``."""
        cleaned = super().clean() or self.cleaned_data
        chosen = cleaned.get("due")
        if chosen and chosen != OWN:
            # The page may have been open for a while: "this evening" can have passed.
            cleaned["due_at"] = moments(self.at).get(chosen)
        elif chosen == OWN and "due_at" in cleaned and cleaned["due_at"] is None:
            self.add_error("due_at", ValidationError(_("Choose the date and the time.")))
        return cleaned

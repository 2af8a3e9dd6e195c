"""Switching an area between peacetime and emergency."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.forms.fields import LONG, LocalMoment, text_area


class ModeForm(forms.Form):
    """Why, and for an emergency until when."""

    until = LocalMoment(
        label=_("Until"),
        help_text=_("It ends by itself then; it can be extended before, or ended sooner."),
    )
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area(2))

    def __init__(self, *args: Any, emergency: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        if not emergency:
            del self.fields["until"]

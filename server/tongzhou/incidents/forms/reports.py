"""Reporting upwards, and past a level."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.incidents.forms.fields import LONG, LocalMoment, text_area
from tongzhou.library.kinds.report_chain import ChainLevel
from tongzhou.library.queries import Version


class StartReportForm(forms.Form):
    """On which chain, and since when it is known."""

    chain = forms.ChoiceField(label=_("Report chain"))
    noticed_at = LocalMoment(
        label=_("Noticed at"),
        required=False,
        help_text=_("When your unit learned of it; empty: when it was reported here."),
    )

    def __init__(self, *args: Any, offered: Sequence[Version], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["chain"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(version.key, str(version.title)) for version in offered]


class SkipForm(forms.Form):
    """To which level, and why past the others."""

    to_level = forms.ChoiceField(label=_("To"))
    reason = forms.CharField(label=_("Reason"), max_length=LONG, widget=text_area(2))

    def __init__(self, *args: Any, levels: Sequence[ChainLevel], **options: Any) -> None:
        super().__init__(*args, **options)
        field = self.fields["to_level"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(level.key, str(level.title)) for level in levels]

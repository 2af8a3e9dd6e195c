"""A new incident, and a file of daily counts."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.incidents.forms.fields import (
    LONG,
    AreaField,
    LocalMoment,
    UnitsField,
    reader_first,
    text_area,
)
from tongzhou.incidents.queries import names


class IncidentForm(forms.Form):
    """A new incident, owned by the unit of the post."""

    title_zh = forms.CharField(label=_("Title in Chinese"), max_length=200, required=False)
    title_en = forms.CharField(label=_("Title in English"), max_length=200, required=False)
    # Whether it is a code, the act says.
    code = forms.CharField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits and hyphens; it stands in addresses: zj-2020-ncp"),
    )
    area = AreaField(label=_("Area"), error_messages={"required": _("Please choose the area.")})
    agent = forms.CharField(
        label=_("Agent"),
        max_length=200,
        required=False,
        help_text=_("Cause, as far as it is known; “unknown” is an answer."),
    )
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
        label=_("Summary in Chinese"),
        max_length=LONG,
        required=False,
        widget=text_area(),
        help_text=_("Stands on the public page, in plain words."),
    )
    summary_en = forms.CharField(
        label=_("Summary in English"), max_length=LONG, required=False, widget=text_area()
    )
    told = UnitsField(
        label=_("Units to be told at once"),
        required=False,
        help_text=_("The units above yours see the incident in any case."),
    )
    public = forms.BooleanField(
        label=_("Show it on the public pages"), required=False, initial=True
    )
    exercise = forms.BooleanField(
        label=_("This is an exercise"),
        required=False,
        help_text=_("Marked on every page, and kept apart from real incidents."),
    )

    def __init__(self, *args: Any, post: Post, **options: Any) -> None:
        super().__init__(*args, **options)
        reader_first(self, "title")
        groups = names.choices(area=post.unit.area, visible_to=post)
        self.fields["told"].offer(groups)  # type: ignore[attr-defined]
        self.fields["area"].initial = post.unit.area.code


class CountsForm(forms.Form):
    """A file of daily counts, where it comes from and how old it is."""

    file = forms.FileField(
        label=_("CSV file"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,text/csv"}),
        help_text=_("Columns: date, city_code, confirmed, cured, dead – cumulative figures."),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=300,
        help_text=_("Whose figures these are, such as “Zhejiang Health Commission, daily report”."),
    )
    as_of = LocalMoment(label=_("As of"), help_text=_("When the source had these figures."))
    within = AreaField(label=_("Only inside this area"), required=False)

    def __init__(self, *args: Any, at: datetime, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["as_of"].initial = at

"""Forms of a file, and of a list to lay out."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.library.versions import Version
from tongzhou.mandates.queries import choices


class ImportForm(forms.Form):
    """A workbook."""

    file = forms.FileField(
        label=_("Workbook (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx"}),
        help_text=_("Take the export, change it, and send it back. It is looked at first."),
    )


class LayoutForm(forms.Form):
    """Which list, over which units."""

    version = forms.ChoiceField(label=_("List from the library"))
    top = forms.ChoiceField(
        label=_("Over the units below"),
        help_text=_("This unit, all below it, and those outside of every line in its area."),
    )

    def __init__(self, *args: Any, post: Post, versions: list[Version], **options: Any) -> None:
        super().__init__(*args, **options)
        version, top = self.fields["version"], self.fields["top"]
        assert isinstance(version, forms.ChoiceField)
        assert isinstance(top, forms.ChoiceField)
        version.choices = [(str(v.id), f"{v.title} ({len(v.body.duties)})") for v in versions]
        top.choices = choices.below(visible_to=post)
        top.initial = post.unit.code

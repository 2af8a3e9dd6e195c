"""The form of files to bring in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.needs.choices import ImportSource
from tongzhou.oversight.forms.fields import FilesInput


class ManyFiles(forms.FileField):
    """Up to ten files."""

    def clean(self, data: object, initial: object = None) -> list[object]:
        """The files in the order chosen."""
        given = data if isinstance(data, list | tuple) else [data] if data else []
        return [super(ManyFiles, self).clean(one, initial) for one in given[:10]] or [
            super().clean(None, initial)
        ]


class ImportForm(forms.Form):
    """Which files, of what shape."""

    source = forms.ChoiceField(
        label=_("Shape of the files"), choices=ImportSource.choices, initial=ImportSource.TABLE
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        # Added here: as an attribute the name belongs to the form itself.
        self.fields["files"] = ManyFiles(
            label=_("Files"),
            widget=FilesInput(attrs={"accept": ".csv,.xlsx,.parquet"}),
            help_text=_("CSV in UTF-8, Excel or Parquet. Looked at first; nothing is written."),
        )

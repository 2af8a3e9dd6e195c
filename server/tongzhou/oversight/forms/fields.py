"""Fields that the forms of this room share: several files, things that are quoted, numbers."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Refusal
from tongzhou.oversight.queries import citing
from tongzhou.oversight.queries.citing import Cited
from tongzhou.tasks import file_types

CITES_HELP = _("Numbers of tasks (T-1001) and findings (F-1001), or the id of an act or measure.")


class FilesInput(forms.ClearableFileInput):
    """The browser's own control for several files."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files. Cleans to a list; what they are is checked by the act."""

    def __init__(self, **options: Any) -> None:
        endings = ",".join(end for kind in file_types.allowed() for end in kind.endings)
        options.setdefault("widget", FilesInput(attrs={"accept": endings}))
        options.setdefault("required", False)
        super().__init__(**options)

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        """The files, in the order chosen."""
        given = data if isinstance(data, Sequence) else [data] if data else []
        return [super(FilesField, self).clean(file, initial) for file in given if file]

    def to_python(self, data: Any) -> Any:
        """As it came: an empty file is refused by the act, with its own sentence."""
        return data


class CitesField(forms.CharField):
    """Things that are quoted. Cleans to a list of ``Cited``; the form sets ``post``."""

    post: Post

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Rests on"))
        options.setdefault("help_text", CITES_HELP)
        super().__init__(max_length=1500, required=False, **options)

    def clean(self, value: Any) -> list[Cited]:
        """The things, or a ValidationError that says which was not found."""
        text = super().clean(value)
        try:
            return citing.read(text or "", visible_to=self.post)
        except Refusal as refusal:
            raise ValidationError(str(refusal)) from refusal


def text_area(rows: int = 4) -> forms.Textarea:
    """A text field of several lines."""
    return forms.Textarea(attrs={"rows": rows})

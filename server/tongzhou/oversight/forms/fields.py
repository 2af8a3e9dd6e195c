"""Fields that the forms of this room share: several files, things that are quoted, numbers."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.kernel.errors import Refusal
from tongzhou.library.queries import NoSuchVersion, Version
from tongzhou.oversight.queries import citing, rules
from tongzhou.oversight.queries.citing import Cited
from tongzhou.tasks import file_types
from tongzhou.tasks.forms.pickers import PickerField, UnitsField

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


class MissedField(UnitsField):
    """Time limits that were missed; chosen by name, so that nobody copies an id. Cleans to a
    list of ``Cited``; the form sets ``post``."""

    address = "oversight-missed"
    missing = _("“%(text)s” is no missed time limit that you can see. Choose one from the list.")
    post: Post

    def __init__(self, **options: Any) -> None:
        options.setdefault("label", _("Time limits that were missed"))
        options.setdefault(
            "help_text", _("Search by limit, task, report or unit; the latest come first.")
        )
        super().__init__(required=False, max_length=1500, **options)

    def find(self, text: str) -> Any:
        """By id."""
        try:
            found = citing.read(text, visible_to=self.post)
        except Refusal:
            return []
        return [one for one in found if one.kind == "clock"]

    def code(self, thing: Any) -> str:
        """The id."""
        return str(thing.id)

    def label_of(self, thing: Any) -> str:
        """Limit, object and owner."""
        return str(thing.label)


class RuleField(PickerField):
    """A version of a template of the library. Cleans to its id, or None."""

    address = "oversight-rules"
    missing = _("“%(text)s” is no template of the library. Choose one from the list.")

    def find(self, text: str) -> Sequence[Version]:
        """By id."""
        try:
            return [rules.version(UUID(text))]
        except (NoSuchVersion, ValueError):
            return []

    def code(self, thing: Any) -> str:
        """The id of the version."""
        return str(thing.id)

    def label_of(self, thing: Any) -> str:
        """Title, with what it rests on and since when."""
        return rules.label_of(thing)

    def clean(self, value: Any) -> UUID | None:
        """The id, as the act takes it."""
        found = super().clean(value)
        return found.id if found is not None else None


def text_area(rows: int = 4) -> forms.Textarea:
    """A text field of several lines."""
    return forms.Textarea(attrs={"rows": rows})

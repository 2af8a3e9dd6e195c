"""Fields in which a unit, an area or a task is looked up.

They take text: a code, an exact name or, in the browser, what ``tasks/picker.js`` puts there
once something was chosen. Nothing typed is lost: what is not found comes back as it was.
"""

import json
import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, Q
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy

from tongzhou.actors.models import Post, Unit
from tongzhou.kernel.errors import NotFound
from tongzhou.mandates.models import Duty
from tongzhou.places.models import Area
from tongzhou.tasks import queries
from tongzhou.tasks.models import Task

_SEPARATORS = re.compile(r"[,，;；\n]+")
_NUMBER = re.compile(r"^(?:T-?)?(\d{1,18})$", re.IGNORECASE)


class PickerInput(forms.TextInput):
    """The text field with what the script needs beside it: where to search, what is chosen,
    and the sentences to say. ``address`` is the name of the search's URL."""

    address: str
    many = False
    field: "PickerField"

    def render(
        self,
        name: str,
        value: Any,
        attrs: dict[str, Any] | None = None,
        renderer: Any = None,
    ) -> SafeString:
        """The field, wrapped; works without script as it is."""
        found, rest = self.field.chosen(value)
        inner = super().render(name, value, attrs, renderer)
        return format_html(
            '<div class="tk-picker" data-picker data-url="{}" data-chosen="{}" data-rest="{}" '
            'data-label="{}" data-none="{}" data-found="{}" data-failed="{}" data-remove="{}"{}>'
            "{}</div>",
            reverse(self.address),
            json.dumps([{"code": code, "name": label} for code, label in found]),
            ", ".join(rest),
            self.field.label or "",
            gettext("Nothing found"),
            gettext("{n} found; use the arrow keys"),
            gettext("The search failed; type the exact name or code."),
            gettext("Remove {name}"),
            mark_safe(" data-many") if self.many else "",
            inner,
        )


class PickerField(forms.CharField):
    """One thing found by its code or exact name. Cleans to the object, or None when empty
    and not required. Subclasses say where they look."""

    address = ""
    many = False
    missing = gettext_lazy("“%(text)s” was not found. Choose one from the list.")
    several = gettext_lazy("“%(text)s” names several. Choose one from the list.")

    def __init__(self, **options: Any) -> None:
        widget = PickerInput(attrs=options.pop("attrs", None))
        widget.address, widget.many, widget.field = self.address, self.many, self
        super().__init__(widget=widget, **options)

    def __deepcopy__(self, memo: dict[int, Any]) -> "PickerField":
        copied: PickerField = super().__deepcopy__(memo)
        copied.widget.field = copied
        return copied

    def find(self, text: str) -> Sequence[Any]:
        """The things that have this code, else this name; at most two."""
        raise NotImplementedError

    def code(self, thing: Any) -> str:
        """The text that finds the thing again."""
        return str(thing.code)

    def label_of(self, thing: Any) -> str:
        """What the chosen thing is called."""
        return str(thing.name)

    def prepare_value(self, value: Any) -> str:
        """Objects to codes; text as it was typed."""
        things = value if isinstance(value, list | tuple) else [value]
        return ",".join(self.code(t) if isinstance(t, Model) else str(t or "") for t in things)

    def chosen(self, text: Any) -> tuple[list[tuple[str, str]], list[str]]:
        """Codes and names of what is found in the text, and what is not."""
        found, rest = [], []
        for part in self.parts(str(text or "")):
            things = self.find(part)
            if len(things) == 1:
                found.append((self.code(things[0]), self.label_of(things[0])))
            else:
                rest.append(part)
        return found, rest

    def parts(self, text: str) -> list[str]:
        """The single things that a text names."""
        return [text.strip()] if text.strip() else []

    def pick(self, text: str) -> Any:
        """The one thing, or a ValidationError that says what is wrong."""
        things = self.find(text)
        if len(things) == 1:
            return things[0]
        message = self.several if things else self.missing
        raise ValidationError(message, params={"text": text})

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Compares codes, in any order."""
        before = self.parts(self.prepare_value(initial))
        return sorted(before) != sorted(self.parts(str(data or "")))

    def clean(self, value: Any) -> Any:
        """The object, or None."""
        text = super().clean(value)
        return self.pick(text) if text else None


class UnitField(PickerField):
    """A unit that is active. Units are known to everyone who is signed in."""

    address = "task-units"
    missing = gettext_lazy("No active unit is called “%(text)s”. Choose one from the list.")

    def find(self, text: str) -> Sequence[Unit]:
        """By code, else by one of the names."""
        units = Unit.objects.filter(active=True).select_related("area")
        named = Q(name_zh=text) | Q(name_en__iexact=text)
        return list(units.filter(code=text.lower())[:2] or units.filter(named)[:2])


class UnitsField(UnitField):
    """Several units. Cleans to a list without repeats, empty when nothing was chosen."""

    many = True

    def parts(self, text: str) -> list[str]:
        """Separated by commas."""
        return [part.strip() for part in _SEPARATORS.split(text) if part.strip()]

    def clean(self, value: Any) -> list[Unit]:
        """All units, or the errors of all that were not found."""
        text = forms.CharField.clean(self, value)
        units: dict[Any, Unit] = {}
        errors: list[ValidationError] = []
        for part in self.parts(text):
            try:
                unit = self.pick(part)
            except ValidationError as error:
                errors.append(error)
            else:
                units[unit.id] = unit
        if errors:
            raise ValidationError(errors)
        return list(units.values())


class AreaField(PickerField):
    """An area. Areas are known to everyone who is signed in."""

    address = "task-areas"
    missing = gettext_lazy("No area is called “%(text)s”. Choose one from the list.")
    several = gettext_lazy("Several areas are called “%(text)s”. Choose one from the list.")

    def find(self, text: str) -> Sequence[Area]:
        """By code, else by one of the names."""
        named = Q(name_zh=text) | Q(name_en__iexact=text)
        areas = Area.objects.defer("boundary", "profile")
        return list(areas.filter(code=text)[:2] or areas.filter(named)[:2])


class DutyField(PickerField):
    """A duty that is owed. Duties are known to everyone who is signed in."""

    address = "task-duties"
    missing = gettext_lazy("No duty is called “%(text)s”. Choose one from the list.")

    def find(self, text: str) -> Sequence[Duty]:
        """By code, else by one of the names."""
        duties = Duty.objects.filter(retired_at=None)
        named = Q(name_zh=text) | Q(name_en__iexact=text)
        return list(duties.filter(code=text.lower())[:2] or duties.filter(named)[:2])


class TaskField(PickerField):
    """A task that the post may see; the form sets ``post``."""

    address = "task-search"
    missing = gettext_lazy("“%(text)s” is no task that you can see. Type its number.")
    post: Post

    def find(self, text: str) -> Sequence[Task]:
        """By its number, with or without “T-”."""
        number = _NUMBER.match(text)
        if number is None:
            return []
        try:
            return [queries.task_for(visible_to=self.post, number=int(number[1]))]
        except NotFound:
            return []

    def code(self, thing: Any) -> str:
        """The number as people quote it."""
        return str(thing.reference)

    def label_of(self, thing: Any) -> str:
        """Number and title."""
        return f"{thing.reference} {thing.title}"

"""Radio buttons as a row of buttons, each with a hint."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from django.forms import BoundField
from django.utils.functional import Promise

Words = str | Promise


@dataclass(frozen=True)
class Segment:
    """One button: the radio input's attributes, its label and its hint."""

    name: str
    value: str
    id: str
    label: Words
    hint: Words
    checked: bool
    disabled: bool


def segments(
    bound: BoundField, hints: Mapping[str, Words], *, without: Collection[str] = ()
) -> list[Segment]:
    """The choices of a radio field; those in ``without`` cannot be chosen."""
    present = bound.value()
    found = []
    for index, (value, label) in enumerate(bound.field.choices):  # type: ignore[attr-defined]
        text = _text(value)
        found.append(
            Segment(
                name=bound.html_name,
                value=text,
                id=f"{bound.auto_id}_{index}",
                label=label,
                hint=hints.get(text, ""),
                checked=present is not None and _text(present) == text,
                disabled=text in without,
            )
        )
    return found


def _text(value: Any) -> str:
    """As it stands in the form; a choice of an enumeration by its value."""
    return str(getattr(value, "value", value))

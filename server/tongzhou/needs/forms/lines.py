"""Lines of things with amounts: three to begin with, more behind a fold, so that a phone shows
little and no script is needed."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.queries import Found
from tongzhou.tasks.forms.pickers import PickerField

MOST = 16
FIRST = 3
_AMOUNT = re.compile(r"^\s*(?P<number>[\d.,]+)\s*(?P<scale>[万千百]?)\s*(?P<unit>.*?)\s*$")
_SCALES = {"万": 10_000, "千": 1_000, "百": 100, "": 1}


class ItemField(PickerField):
    """An item of the catalogue by any of its names. Cleans to the item, or None."""

    address = "need-items"
    missing = _("Nothing is called “%(text)s”. Choose one from the list.")
    several = _("“%(text)s” may mean several things. Choose one from the list.")

    def find(self, text: str) -> Sequence[Item]:
        """The one of this name, else what is near: two say that it is not clear."""
        found: Found = catalogue.find(text)
        return [found.item] if found.item is not None else found.candidates[:2] * 2

    def label_of(self, thing: Any) -> str:
        """Its name with what it is counted in."""
        return f"{thing.name} ({thing.get_measure_display()})"


def amount_of(text: str) -> tuple[str | None, str]:
    """Number and unit of what was typed: "5 箱", "1.5万", "20 boxes"; None where nothing was."""
    text = unicodedata.normalize("NFKC", text).strip()
    if not text:
        return None, ""
    match = _AMOUNT.match(text)
    if match is None:
        return text, ""
    number = match["number"].replace(",", "")
    scale = _SCALES[match["scale"]]
    if scale != 1 and number.replace(".", "", 1).isdigit():
        whole = f"{float(number) * scale:.3f}".rstrip("0").rstrip(".")
        return whole, match["unit"]
    return number, match["unit"]


class LinesForm(forms.Form):
    """Base of forms with lines: fields item_1, amount_1 …; ``words`` lets a line be described,
    ``expiry`` lets it have a date."""

    words = False
    expiry = False

    def __init__(self, *args: Any, lines: int = FIRST, **options: Any) -> None:
        super().__init__(*args, **options)
        self.shown = min(max(lines, FIRST), MOST)
        for place in range(1, MOST + 1):
            label = _("What") if place == 1 else _("What else")
            self.fields[f"item_{place}"] = (
                forms.CharField(label=label, required=False, max_length=120)
                if self.words
                else ItemField(label=label, required=False, max_length=120)
            )
            self.fields[f"amount_{place}"] = forms.CharField(
                label=_("How much"), required=False, max_length=40,
                widget=forms.TextInput(attrs={"placeholder": _("500, 5 boxes")}),
            )  # fmt: skip
            if self.expiry:
                self.fields[f"expires_{place}"] = forms.DateField(
                    label=_("Good until"), required=False,
                    widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
                )  # fmt: skip

    def places(self) -> Iterator[dict[str, Any]]:
        """The fields of each line, for the template."""
        filled = [place for place in range(1, MOST + 1) if self[f"item_{place}"].value()]
        shown = max([self.shown, *filled])
        for place in range(1, MOST + 1):
            yield {
                "place": place,
                "item": self[f"item_{place}"],
                "amount": self[f"amount_{place}"],
                "expires": self[f"expires_{place}"] if self.expiry else None,
                "folded": place > shown,
            }

    def given(self) -> Iterator[tuple[Any, str | None, str, date | None]]:
        """Of each line that says something: item (or words), number, unit, date."""
        for place in range(1, MOST + 1):
            item = self.cleaned_data.get(f"item_{place}")
            if item:
                number, unit = amount_of(self.cleaned_data.get(f"amount_{place}") or "")
                yield item, number, unit, self.cleaned_data.get(f"expires_{place}")

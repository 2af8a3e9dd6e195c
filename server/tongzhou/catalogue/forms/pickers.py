"""The field in which an item is looked up, by any spelling of any of its names."""

from collections.abc import Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.tasks.forms.pickers import PickerField


class ItemField(PickerField):
    """An item. The catalogue is known to everybody who is signed in. With ``stored`` True
    only what lies in stores fits, with False only people and teams."""

    address = "item-lookup"
    missing = _("No item is called “%(text)s”. Choose one from the list.")
    several = _("“%(text)s” may be several items. Choose one from the list.")

    def __init__(self, *, stored: bool | None = None, **options: Any) -> None:
        options.setdefault("label", pgettext_lazy("supplies", "Item"))
        options.setdefault("max_length", 120)
        self.stored = stored
        super().__init__(**options)

    def find(self, text: str) -> Sequence[Item]:
        """By any of its names."""
        found = catalogue.find(text)
        fit = [found.item] if found.item else found.candidates[:2]
        return [item for item in fit if self.stored is None or item.stored == self.stored]

"""A call for help, read: proposed lines with the items that the catalogue knows."""

import re
from dataclasses import dataclass

from tongzhou.actors.models import Unit
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item, ItemName
from tongzhou.needs.reading import Mention, Reading, read_call

#: Ways to reach a person; they are blotted out before a text is kept.
_REACH = re.compile(r"(?<!\d)(?:1[3-9]\d[\s-]?\d{4}[\s-]?\d{4}|0\d{2,3}[\s-]?\d{7,8})(?!\d)")


@dataclass(frozen=True)
class Proposal:
    """What seems to be asked for, and the item of the catalogue that is meant by it."""

    mention: Mention
    item: Item | None


@dataclass(frozen=True)
class Proposed:
    """A text and what it may say; ``unit``: who seems to ask, where it is known."""

    reading: Reading
    proposals: list[Proposal]
    unit: Unit | None


def propose(text: str) -> Proposed:
    """Reads a text with the words of the catalogue as well. Nothing is written. Three
    queries."""
    names = {
        name.text: name.item.name_zh
        for name in ItemName.objects.select_related("item").filter(item__retired_at=None)
    }
    reading = read_call(text, names=names)
    items = catalogue.items_by_name([one.name for one in reading.mentions])
    merged: dict[object, Proposal] = {}
    for one in reading.mentions:
        item = items.get(one.name)
        key = item.id if item is not None else one.name
        known = merged.get(key)
        if known is None or (known.mention.quantity is None and one.quantity is not None):
            merged[key] = Proposal(one, item)
    proposals = sorted(merged.values(), key=lambda one: one.mention.start)
    return Proposed(reading, proposals, _unit(reading.place))


def _unit(place: str) -> Unit | None:
    if not place:
        return None
    found = Unit.objects.filter(name_zh=place, active=True).select_related("area")[:2]
    return found[0] if len(found) == 1 else None


def without_reach(text: str) -> str:
    """The text with numbers of telephones blotted out."""
    return _REACH.sub("…", text)

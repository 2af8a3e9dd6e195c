from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.catalogue import access
from tongzhou.catalogue.actions.writing import lock, name, write
from tongzhou.catalogue.acts import ITEM_NAMED, ITEM_RENAMED
from tongzhou.catalogue.folding import LONGEST_NAME
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import NothingChanged, TextMissing


def name_item(*, item: Item, names: Sequence[str], by: Post, at: datetime) -> list[str]:
    """Gives an item other names by which it is found; returns those that are new. Raises
    NotAllowed, ItemRetired, NameMalformed, NameTaken, NothingChanged."""
    access.require_editor(by)
    with transaction.atomic():
        held = lock(item)
        fresh = name(held, names[:60], field="names")
        if not fresh:
            raise NothingChanged(field="names")
        write(ITEM_NAMED, item=held, by=by, at=at, data={"names": list(fresh)})
    return fresh


def rename_item(
    *, item: Item, by: Post, at: datetime, name_zh: str | None = None, name_en: str | None = None
) -> Item:
    """Changes what an item is called first; the old names go on finding it. Raises
    NotAllowed, ItemRetired, TextMissing, NameMalformed, NameTaken, NothingChanged."""
    access.require_editor(by)
    with transaction.atomic():
        held = lock(item)
        before = (held.name_zh, held.name_en)
        held.name_zh = held.name_zh if name_zh is None else name_zh.strip()[:LONGEST_NAME]
        held.name_en = held.name_en if name_en is None else name_en.strip()[:LONGEST_NAME]
        if not held.name_zh and not held.name_en:
            raise TextMissing(field="name_zh")
        if (held.name_zh, held.name_en) == before:
            raise NothingChanged(field="name_zh")
        name(held, [held.name_zh, held.name_en], field="name_zh")
        held.save(update_fields=["name_zh", "name_en"])
        write(ITEM_RENAMED, item=held, by=by, at=at)
    return held

"""What the acts on items have in common: names that nobody else has, and the line in the
ledger."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue.folding import LONGEST_NAME, fold
from tongzhou.catalogue.models import Item, ItemName
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import Json, append
from tongzhou.ledger.types import ActType


class NameMalformed(Invalid):
    """A name without a letter or digit, or one that nobody could type."""

    code = "item-name-malformed"
    message = _("“%(value)s” is not a name: it needs a letter or digit, and at most 120 signs.")


class NameTaken(Conflict):
    """Another item is called so, in whatever spelling."""

    code = "item-name-taken"
    message = _("“%(value)s” is what %(item)s is called already.")


class ItemRetired(Conflict):
    """An item that is not used any more."""

    code = "item-retired"
    message = _("%(item)s is not used any more.")


def lock(item: Item) -> Item:
    """The item as it is now, locked. Raises ItemRetired."""
    held = Item.objects.select_for_update(no_key=True).get(id=item.id)
    if not held.is_open:
        raise ItemRetired(field="item", item=held.name)
    return held


def name(item: Item, texts: Iterable[str], *, field: str = "name") -> list[str]:
    """Gives an item names; those it has already stay. Returns the new ones. Raises
    NameMalformed, NameTaken."""
    wanted: dict[str, str] = {}
    for text in texts:
        said = text.strip()
        folded = fold(said)
        if said and (not folded or len(said) > LONGEST_NAME):
            raise NameMalformed(field=field, value=said[:140])
        if folded:
            wanted.setdefault(folded, said)
    known = ItemName.objects.select_related("item").filter(folded__in=wanted)
    for other in known:
        if other.item_id != item.id:
            raise NameTaken(field=field, value=wanted[other.folded], item=other.item.name)
        del wanted[other.folded]
    fresh = [ItemName(item=item, text=said, folded=folded) for folded, said in wanted.items()]
    try:
        with transaction.atomic():
            ItemName.objects.bulk_create(fresh)
    except IntegrityError as error:
        # Somebody was faster with one of them.
        raise NameTaken(field=field, value=", ".join(wanted.values()), item="…") from error
    return list(wanted.values())


def write(
    type: ActType, *, item: Item, by: Post, at: datetime, data: Mapping[str, Json] | None = None
) -> None:
    """Writes an act about an item."""
    append(
        type,
        at=at,
        about=("item", item.id),
        **by.signs(),
        area=by.unit.area.code,
        audience=by.unit.line,
        data={"code": item.code, **(data or {})},
    )

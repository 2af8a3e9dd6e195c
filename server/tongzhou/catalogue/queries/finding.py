"""Items by what people call them."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from django.db.models import CharField, F, Q, Value
from django.db.models.functions import Length, StrIndex
from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue.folding import fold, parts
from tongzhou.catalogue.models import Item, ItemName
from tongzhou.kernel.errors import Invalid

#: Of a name that fits many, so many are offered.
CANDIDATES: Final = 20
#: A name inside a longer text counts from this length on; one sign says nothing.
_SHORTEST: Final = 2
#: Longer texts are not names; what is beyond is not looked at.
_LONGEST: Final = 240


class ItemUnknown(Invalid):
    """A name that no item has."""

    code = "item-unknown"
    message = _("There is no item called “%(value)s”.")


class ItemAmbiguous(Invalid):
    """A name that fits several items."""

    code = "item-ambiguous"
    message = _("“%(value)s” may mean several items: %(candidates)s.")


@dataclass(frozen=True)
class Found:
    """The one ``item`` that is called so, or else the ``candidates``, the nearest first."""

    text: str
    item: Item | None
    candidates: list[Item] = field(default_factory=list)


def find(text: str, *, retired: bool = False) -> Found:
    """The item that is called ``text`` in whatever spelling, by its code, or by the names
    joined in it ("医用防护口罩 | N95口罩") when they all mean one. Else those whose names hold
    the text or are held by it. At most two queries."""
    text = text[:_LONGEST]
    whole = fold(text)
    if not whole:
        return Found(text, None)
    tried = {whole, *parts(text)}
    names = ItemName.objects.select_related("item").filter(folded__in=tried)
    if not retired:
        names = names.filter(item__retired_at=None)
    exact = {name.folded: name.item for name in names}
    if whole in exact:
        return Found(text, exact[whole])
    meant = {item.id: item for item in exact.values()}
    if len(meant) == 1:
        return Found(text, next(iter(meant.values())))
    return Found(text, None, [*meant.values(), *_near(whole, set(meant), retired=retired)])


def _near(folded: str, known: set[object], *, retired: bool) -> list[Item]:
    rows = (
        ItemName.objects.select_related("item")
        .annotate(
            size=Length("folded"),
            place=StrIndex(Value(folded, output_field=CharField()), F("folded")),
        )
        .filter(Q(folded__contains=folded) | Q(place__gt=0, size__gte=_SHORTEST))
    )
    if not retired:
        rows = rows.filter(item__retired_at=None)
    # The nearer in length, the likelier it is meant.
    ranked = sorted(rows[:500], key=lambda name: (abs(len(name.folded) - len(folded)), name.id))
    found: dict[object, Item] = {}
    for name in ranked:
        if name.item_id not in known:
            found.setdefault(name.item_id, name.item)
    return list(found.values())[:CANDIDATES]


def items_by_name(texts: Iterable[str], *, retired: bool = False) -> dict[str, Item]:
    """The items of those texts that name exactly one, in whatever spelling or joined; the
    others are left out. One query, however many there are."""
    wanted = {text: [fold(text[:_LONGEST]), *parts(text[:_LONGEST])] for text in texts}
    folded = {name for names in wanted.values() for name in names if name}
    rows = ItemName.objects.select_related("item").filter(folded__in=folded)
    if not retired:
        rows = rows.filter(item__retired_at=None)
    known = {row.folded: row.item for row in rows}
    found: dict[str, Item] = {}
    for text, (whole, *others) in wanted.items():
        if whole in known:
            found[text] = known[whole]
            continue
        meant = {known[name].id: known[name] for name in others if name in known}
        if len(meant) == 1:
            found[text] = next(iter(meant.values()))
    return found


def require_item(text: str, *, field: str = "item", row: int | None = None) -> Item:
    """The item of this name. Raises ItemUnknown, ItemAmbiguous."""
    found = find(text)
    if found.item is not None:
        return found.item
    said = text.strip()[:80]
    if not found.candidates:
        raise ItemUnknown(field=field, row=row, value=said)
    names = ", ".join(item.name for item in found.candidates[:5])
    raise ItemAmbiguous(field=field, row=row, value=said, candidates=names)

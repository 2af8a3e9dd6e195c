"""The catalogue as a list and an item's own page."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from tongzhou.actors.models import Post
from tongzhou.catalogue.folding import fold
from tongzhou.catalogue.models import Equivalent, Item, ItemName, KitLine, Pack, Resource
from tongzhou.catalogue.queries.finding import find
from tongzhou.kernel.errors import NotFound

PAGE: Final = 100


@dataclass(frozen=True)
class Listed:
    """A page of items and the code behind which the next begins ("" at the end)."""

    rows: Sequence[Item]
    next: str


def listed(
    *,
    q: str = "",
    category: str = "",
    kind: str = "",
    retired: bool = False,
    cursor: str = "",
    limit: int = PAGE,
) -> Listed:
    """Items by category and code; narrowed to those called so or similarly. Two queries."""
    rows = Item.objects.annotate(replacements=Count("stand_ins", distinct=True))
    rows = rows if retired else rows.filter(retired_at=None)
    if folded := fold(q[:100]):
        named = ItemName.objects.filter(folded__contains=folded).values("item")
        rows = rows.filter(id__in=named)
    if category:
        rows = rows.filter(category=category)
    if kind:
        rows = rows.filter(kind=kind)
    if cursor:
        before, _slash, code = cursor.partition("/")
        rows = rows.filter(Q(category__gt=before) | Q(category=before, code__gt=code))
    found = list(rows.order_by("category", "code").prefetch_related("packs")[: limit + 1])
    last = found[limit - 1] if len(found) > limit else None
    return Listed(found[:limit], f"{last.category}/{last.code}" if last else "")


def suggestions(text: str, *, limit: int = 12, stored: bool | None = None) -> list[Item]:
    """What the search field offers while one types; before that, nothing in particular."""
    if not text.strip():
        rows = Item.objects.filter(retired_at=None).order_by("category", "code")
        return list(rows[:limit])
    found = find(text)
    near = [found.item] if found.item else []
    near += [item for item in listed(q=text, limit=limit).rows if item not in near]
    near += [item for item in found.candidates if item not in near]
    return [item for item in near if stored is None or item.stored == stored][:limit]


def item(code: str) -> Item:
    """The item with this code. Raises NotFound."""
    found = Item.objects.filter(code=code).first()
    if found is None:
        raise NotFound()
    return found


@dataclass(frozen=True)
class Card:
    """Everything about an item."""

    item: Item
    names: list[str]
    packs: list[Pack]
    stand_ins: list[Equivalent]
    stands_for: list[Equivalent]
    parts: list[KitLine]
    kits: list[KitLine]
    resources: list[Resource] = field(default_factory=list)


def card(found: Item, *, visible_to: Post) -> Card:
    """An item with its names, packs, replacements and kits; of people, who has them."""
    first = {fold(found.name_zh), fold(found.name_en)}
    names = [n.text for n in found.names.order_by("id") if n.folded not in first]
    return Card(
        item=found,
        names=names,
        packs=list(found.packs.order_by("quantity")),
        stand_ins=list(found.stand_ins.select_related("other").order_by("other__code")),
        stands_for=list(found.stands_for.select_related("item").order_by("item__code")),
        parts=list(found.parts.select_related("part").order_by("part__code")),
        kits=list(found.kits.select_related("kit").order_by("kit__code")),
        resources=[] if found.stored else list(resources(visible_to=visible_to, item=found)[:PAGE]),
    )


def resources(
    *,
    visible_to: Post,
    item: Item | None = None,
    q: str = "",
    units: Iterable[UUID] | None = None,
    path: str = "",
) -> QuerySet[Resource, Resource]:
    """People and teams that can be asked for, in the world in which the post works."""
    rows = Resource.objects.filter(ended_at=None, exercise=visible_to.exercise)
    if item is not None:
        rows = rows.filter(item=item)
    if folded := fold(q[:100]):
        named = ItemName.objects.filter(folded__contains=folded).values("item")
        rows = rows.filter(Q(item__in=named) | Q(label__icontains=q.strip()))
    if units is not None:
        rows = rows.filter(unit_id__in=list(units))
    if path:
        rows = rows.filter(area__path__startswith=path)
    return rows.select_related("item", "unit", "area").order_by("item__code", "area__path", "label")


def resource(id: UUID, *, visible_to: Post) -> Resource:
    """One of them. Raises NotFound."""
    found = (
        Resource.objects.filter(id=id, exercise=visible_to.exercise)
        .select_related("item", "unit", "area")
        .first()
    )
    if found is None:
        raise NotFound()
    return found

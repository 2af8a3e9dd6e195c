"""Amounts as they are typed – "3 boxes", "20 套", "500 ml" – in the item's own measure."""

from collections.abc import Iterable
from decimal import Decimal
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue import quantities
from tongzhou.catalogue.choices import PARTS, WORDS, Measure
from tongzhou.catalogue.folding import fold
from tongzhou.catalogue.models import Item, Pack
from tongzhou.kernel.errors import Invalid

Packs = dict[str, Decimal]


class MeasureUnknown(Invalid):
    """A unit in which this item is not counted, and no pack of it either."""

    code = "measure-unknown"
    message = _("%(item)s is not counted in “%(value)s”. It is counted in: %(known)s.")


def to_base(
    item: Item,
    quantity: Decimal | int | str,
    unit_or_pack: str = "",
    *,
    packs: Packs | None = None,
    field: str = "quantity",
    row: int | None = None,
) -> Decimal:
    """The amount in the item's own measure. ``unit_or_pack``: its measure in any spelling, a
    part of it (ml of litres), or the name or id of one of its packs; empty means the measure
    itself. ``packs``: those of the item where they were read before (``packs_of``), else they
    are asked for when needed. Raises MeasureUnknown and what ``quantities.read`` raises."""
    number = quantities.read(quantity, field=field, row=row)
    factor = factor_of(item, unit_or_pack, packs=packs, row=row)
    return quantities.read(
        (number * factor).normalize(), decimals=item.decimals, item=item.name, field=field, row=row
    )


def factor_of(
    item: Item, word: str, *, packs: Packs | None = None, row: int | None = None
) -> Decimal:
    """How many of the item's measure make one of ``word``. Raises MeasureUnknown."""
    said = fold(word[:80])
    if not said or measure_of(item, said):
        return Decimal(1)
    if said in PARTS and PARTS[said][0] == item.measure:
        return PARTS[said][1]
    known = packs_of([item])[item.id] if packs is None else packs
    if said in known:
        return known[said]
    # A table that counts "20 sets" of coveralls counts them one by one.
    names = [str(Measure(item.measure).label), *known]
    raise MeasureUnknown(
        field="unit", row=row, item=item.name, value=word.strip()[:40], known=", ".join(names[:9])
    )


def measure_of(item: Item, word: str) -> bool:
    """True when ``word`` says the item's own measure. Things that are counted one by one are
    counted by many words; clothes and devices come in "sets" too."""
    said = fold(word)
    measure = Measure(item.measure)
    loose = WORDS[Measure.SET] | WORDS[Measure.PIECE] if measure == Measure.PIECE else frozenset()
    return said in WORDS[measure] | loose | {fold(measure.value), fold(str(measure.label))}


def packs_of(items: Iterable[Item]) -> dict[UUID, Packs]:
    """Per item, how much each of its packs holds, by folded name in either language and by
    id. One query."""
    found: dict[UUID, Packs] = {item.id: {} for item in items}
    for pack in Pack.objects.filter(item_id__in=list(found)):
        for name in (pack.name_zh, pack.name_en, str(pack.id)):
            if folded := fold(name):
                found[pack.item_id][folded] = pack.quantity
        if pack.name_en:
            # "3 boxes", "2 cases".
            for plural in ("s", "es"):
                found[pack.item_id].setdefault(fold(pack.name_en) + plural, pack.quantity)
    return found


def read_amount(
    item: Item, value: Decimal | int | str, *, field: str = "quantity", row: int | None = None,
    zero: bool = False,
) -> Decimal:  # fmt: skip
    """The amount in the item's measure, exact. Raises what ``quantities.read`` raises."""
    return quantities.read(
        value, decimals=item.decimals, item=item.name, field=field, row=row, zero=zero
    )

"""Batches by what makes them: found, or made when they are new."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext_lazy as _

from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Invalid
from tongzhou.stock.models import Batch

_LONGEST_CODE, _LONGEST_SOURCE = 80, 120


class BatchMalformed(Invalid):
    """The number or source of a batch is longer than any label."""

    code = "batch-malformed"
    message = _("This is longer than %(limit)s characters.")


@dataclass(frozen=True)
class Making:
    """What makes a batch one and not another."""

    item: Item
    code: str = ""
    expires_on: date | None = None
    source: str = ""


def batches_of(makings: Sequence[Making]) -> list[Batch]:
    """The batch of each, in the same order, with its item. Three queries at most, however
    many. Raises BatchMalformed."""
    keys = [_key(making) for making in makings]
    fresh = {
        key: Batch(item=making.item, code=key[1], expires_on=making.expires_on, source=key[3])
        for key, making in zip(keys, makings, strict=True)
    }
    # In one order, so that two deliveries of the same new goods wait instead of blocking.
    ordered = sorted(fresh, key=lambda key: (str(key[0]), key[1], str(key[2]), key[3]))
    Batch.objects.bulk_create([fresh[key] for key in ordered], ignore_conflicts=True)
    rows = Batch.objects.filter(item__in={making.item.id for making in makings}).filter(
        code__in={key[1] for key in keys}
    )
    items = {making.item.id: making.item for making in makings}
    known: dict[tuple[object, str, date | None, str], Batch] = {}
    for row in rows:
        row.item = items[row.item_id]
        known[row.item_id, row.code, row.expires_on, row.source] = row
    return [known[key] for key in keys]


def _key(making: Making) -> tuple[object, str, date | None, str]:
    code, source = making.code.strip(), making.source.strip()
    if len(code) > _LONGEST_CODE:
        raise BatchMalformed(field="batch", limit=_LONGEST_CODE)
    if len(source) > _LONGEST_SOURCE:
        raise BatchMalformed(field="source", limit=_LONGEST_SOURCE)
    return making.item.id, code, making.expires_on, source

"""Choosing batches: what expires first goes first, and expired goods never go."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db.models import F

from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.stock.models import Balance, Batch
from tongzhou.stock.posting import NotEnough, local_day


def lock_free(account: UUID, items: Iterable[UUID], *, at: datetime) -> dict[UUID, list[Balance]]:
    """Locks what an account has of some items, in one order for everybody, and gives what is
    free and good of each, what expires first before the rest."""
    rows = (
        Balance.objects.select_for_update(of=("self",), no_key=True)
        .select_related("batch")
        .filter(account_id=account, item_id__in=list(items), on_hand__gt=F("reserved"))
        .order_by("id")
    )
    today = local_day(at)
    found: dict[UUID, list[Balance]] = defaultdict(list)
    for balance in rows:
        if not balance.batch.expired(today):
            found[balance.item_id].append(balance)
    for balances in found.values():
        balances.sort(key=lambda held: (held.batch.expires_on or date.max, held.id))
    return found


def choose(
    item: Item, wanted: Decimal, balances: Sequence[Balance]
) -> list[tuple[Balance, Decimal]]:
    """Of which batches the amount is made, the first to expire first. Counts down what is
    free on the balances given, so that several may be chosen from one after the other.
    Raises NotEnough."""
    chosen: list[tuple[Balance, Decimal]] = []
    left = wanted
    for balance in balances:
        free = balance.on_hand - balance.reserved
        part = min(left, free)
        if part > 0:
            balance.reserved += part
            chosen.append((balance, part))
            left -= part
        if not left:
            return chosen
    free = wanted - left
    raise NotEnough(field="quantity", item=item.name, free=plain(free), wanted=plain(wanted))


def choose_batches(
    item: Item, wanted: Decimal, balances: Sequence[Balance]
) -> list[tuple[Batch, Decimal]]:
    """``choose``, as batches with their item."""
    found = []
    for balance, quantity in choose(item, wanted, balances):
        balance.batch.item = item
        found.append((balance.batch, quantity))
    return found

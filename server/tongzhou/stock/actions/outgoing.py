"""Lines that go out of a store: by item, the batches that expire first before the rest, or by
a batch that somebody holds in the hand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.stock import accounts, reserving
from tongzhou.stock.actions.recording import require_lines, require_stored
from tongzhou.stock.models import Account, Batch, Site
from tongzhou.stock.posting import require_good


@dataclass(frozen=True)
class Outgoing:
    """So much of an item, in its own measure or a pack; of one ``batch``, or of what expires
    first."""

    item: Item
    quantity: Decimal | int | str
    unit: str = ""
    batch: Batch | None = None


def read(lines: Sequence[Outgoing]) -> list[Decimal]:
    """The amounts in the items' own measures. Raises LinesMissing, LinesTooMany, NotStored,
    MeasureUnknown and what ``quantities.read`` raises."""
    require_lines(len(lines))
    packs = catalogue.packs_of(line.item for line in lines)
    amounts = []
    for row, line in enumerate(lines, start=1):
        require_stored(line.item)
        held = packs[line.item.id]
        amounts.append(catalogue.to_base(line.item, line.quantity, line.unit, packs=held, row=row))
    return amounts


def batches(
    site: Site, lines: Sequence[Outgoing], amounts: Sequence[Decimal], *, at: datetime
) -> list[tuple[Batch, Decimal]]:
    """Of which batches the lines are made; locks what is free. Raises NotEnough,
    BatchExpired."""
    named = [line.batch for line in lines if line.batch is not None]
    require_good(named, at=at)
    free = reserving.lock_free(
        accounts.account_of_site(site.id), {line.item.id for line in lines}, at=at
    )
    taken: list[tuple[Batch, Decimal]] = []
    for line, amount in zip(lines, amounts, strict=True):
        balances = free.get(line.item.id, [])
        if line.batch is not None:
            balances = [held for held in balances if held.batch_id == line.batch.id]
        taken += reserving.choose_batches(line.item, amount, balances)
    return taken


def source_of(site: Site) -> Account:
    """The account of the store, as the posting of lines needs it."""
    return Account(id=accounts.account_of_site(site.id))

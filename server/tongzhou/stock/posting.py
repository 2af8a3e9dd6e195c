"""Booking a movement. Acts call this after they have asked permission; it asks none."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import Json
from tongzhou.stock.choices import HOLDING, MovementKind
from tongzhou.stock.models import Account, Balance, Batch, Entry, Movement


class NotEnough(Conflict):
    """Less is free than is to be taken; what is reserved for others is not free."""

    code = "stock-not-enough"
    message = _("Only %(free)s of %(item)s are free here, not %(wanted)s.")


class BatchExpired(Conflict):
    """Goods past their date are discarded, never given out."""

    code = "batch-expired"
    message = _("The batch of %(item)s expired on %(day)s. It cannot be given out.")


@dataclass(frozen=True)
class Line:
    """So much of a batch to an account (from it, where negative). The batch with its item."""

    account: UUID
    batch: Batch
    quantity: Decimal


def move_lines(
    taken: Iterable[tuple[Batch, Decimal]], *, source: Account, to: Account
) -> list[Line]:
    """Both sides of a movement from one account to another."""
    return [
        line
        for batch, quantity in taken
        for line in (Line(source.id, batch, -quantity), Line(to.id, batch, quantity))
    ]


def post(
    kind: MovementKind,
    lines: Sequence[Line],
    *,
    by: Post | None,
    at: datetime,
    for_kind: str = "",
    for_id: UUID | None = None,
    document: str = "",
    reason: str = "",
    id: UUID | None = None,
) -> Movement:
    """Books the lines as one movement, inside the transaction of the act. Balances follow by
    themselves. Raises NotEnough where more would be taken from an account than is free on
    it; that lines sum to nothing per item is for the caller, and the database refuses
    otherwise."""
    lock_and_check(lines)
    movement = Movement(
        id=id or new_id(), kind=kind, at=at, by=by, for_kind=for_kind, for_id=for_id,
        document=document, reason=reason,
    )  # fmt: skip
    movement.save(force_insert=True)
    Entry.objects.bulk_create(
        Entry(
            movement=movement,
            account_id=line.account,
            batch=line.batch,
            item_id=line.batch.item_id,
            quantity=line.quantity,
        )
        for line in lines
        if line.quantity
    )
    return movement


def lock_and_check(lines: Sequence[Line]) -> None:
    """Locks the balances that lines take from, in one order for everybody. Raises
    NotEnough."""
    wanted: dict[tuple[UUID, UUID], Decimal] = defaultdict(Decimal)
    batches: dict[UUID, Batch] = {}
    for line in lines:
        wanted[line.account, line.batch.id] += line.quantity
        batches[line.batch.id] = line.batch
    less = {key: -quantity for key, quantity in wanted.items() if quantity < 0}
    if not less:
        return
    held = {
        (balance.account_id, balance.batch_id): balance
        for balance in Balance.objects.select_for_update(no_key=True)
        .filter(
            account_id__in={account for account, _batch in less},
            batch_id__in={batch for _account, batch in less},
        )
        .order_by("id")
    }
    outside = {
        account.id
        for account in Account.objects.filter(id__in={account for account, _batch in less})
        if account.kind not in HOLDING
    }
    for (account, batch), quantity in less.items():
        if account in outside:
            continue
        balance = held.get((account, batch))
        free = balance.on_hand - balance.reserved if balance else Decimal(0)
        if quantity > free:
            raise NotEnough(
                field="quantity",
                item=batches[batch].item.name,
                free=plain(free),
                wanted=plain(quantity),
            )


def local_day(at: datetime) -> date:
    """The day on which a moment lies here; expiry is counted by it."""
    return timezone.localtime(at).date()


def require_good(batches: Iterable[Batch], *, at: datetime) -> None:
    """Raises BatchExpired where one of them is past its date."""
    today = local_day(at)
    for batch in batches:
        if batch.expired(today):
            raise BatchExpired(
                field="batch",
                item=batch.item.name,
                day=batch.expires_on.isoformat() if batch.expires_on else "",
            )


def told(lines: Iterable[tuple[Batch, Decimal]], *, most: int = 200) -> list[Json]:
    """The lines as the ledger holds them."""
    return [
        {"item": str(batch.item_id), "batch": str(batch.id), "quantity": plain(quantity)}
        for batch, quantity in list(lines)[:most]
    ]

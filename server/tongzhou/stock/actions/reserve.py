from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_RESERVE
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts, reserving
from tongzhou.stock.actions.recording import begin, line, require_lines, require_stored
from tongzhou.stock.acts import GOODS_RESERVED
from tongzhou.stock.models import Reservation, ReservedLine, Site


class ReservedUntilPast(Invalid):
    """A reservation that would have run out before it began."""

    code = "reserved-until-past"
    message = _("A reservation must last beyond the present moment.")


class PurposeMissing(Invalid):
    """Goods are kept for something that can be named."""

    code = "reservation-for-nothing"
    message = _("Please say what the goods are reserved for.")


@dataclass(frozen=True)
class Wanted:
    """So much of an item for something."""

    item: Item
    quantity: Decimal | int | str
    for_kind: str
    for_id: UUID
    until: datetime | None = None
    id: UUID | None = None


def reserve(
    *,
    site: Site,
    item: Item,
    quantity: Decimal | int | str,
    for_kind: str,
    for_id: UUID,
    by: Post,
    at: datetime,
    until: datetime | None = None,
    incident: UUID | None = None,
    id: UUID | None = None,
) -> Reservation:
    """Keeps goods of a store for something (a need, a shipment), the batches that expire
    first before the rest, expired ones never; all of it or nothing. ``until``: past that
    moment they are free again by themselves.

    Raises NotFound, NotAllowed, SiteClosed, NotStored, NotEnough, ReservedUntilPast,
    PurposeMissing and what ``quantities.read`` raises.
    """
    wanted = Wanted(item, quantity, for_kind, for_id, until, id)
    return reserve_many(site=site, wanted=[wanted], by=by, at=at, incident=incident)[0]


def reserve_many(
    *,
    site: Site,
    wanted: Sequence[Wanted],
    by: Post,
    at: datetime,
    incident: UUID | None = None,
) -> list[Reservation]:
    """``reserve`` of several things at once: all or none, in a fixed number of statements.
    Raises as ``reserve`` does."""
    require_lines(len(wanted))
    amounts = [_read(one, row, at=at) for row, one in enumerate(wanted, start=1)]
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_RESERVE)
        free = reserving.lock_free(
            accounts.account_of_site(held.id), {one.item.id for one in wanted}, at=at
        )
        made, lines, told = [], [], []
        for one, quantity in zip(wanted, amounts, strict=True):
            reservation = Reservation(
                id=one.id or new_id(),
                site=held,
                item=one.item,
                for_kind=one.for_kind,
                for_id=one.for_id,
                quantity=quantity,
                until=one.until,
                by=by,
                at=at,
            )
            made.append(reservation)
            parts: dict[int, Decimal] = defaultdict(Decimal)
            for balance, part in reserving.choose(one.item, quantity, free.get(one.item.id, [])):
                parts[balance.id] += part
            lines += [
                ReservedLine(reservation=reservation, balance_id=balance, quantity=part)
                for balance, part in parts.items()
            ]
            told.append(
                line(
                    GOODS_RESERVED,
                    site=held,
                    by=by,
                    at=at,
                    incident=incident,
                    due_at=one.until,
                    data={
                        "reservation": str(reservation.id),
                        "item": str(one.item.id),
                        "quantity": plain(quantity),
                        "for_kind": one.for_kind,
                        "for_id": str(one.for_id),
                    },
                )
            )
        Reservation.objects.bulk_create(made)
        ReservedLine.objects.bulk_create(lines)
        append_all(told)
    return made


def _read(one: Wanted, row: int, *, at: datetime) -> Decimal:
    require_stored(one.item)
    if not one.for_kind or len(one.for_kind) > 40:
        raise PurposeMissing(field="for_kind", row=row)
    if one.until is not None and one.until <= at:
        raise ReservedUntilPast(field="until", row=row)
    return catalogue.read_amount(one.item, one.quantity, row=row)

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import STOCK_KEEP
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.kernel.errors import Invalid
from tongzhou.ledger.append import append_all
from tongzhou.stock import accounts
from tongzhou.stock.actions.recording import begin, line, require_lines, require_stored, short
from tongzhou.stock.acts import GOODS_RECEIVED
from tongzhou.stock.batches import Making, batches_of
from tongzhou.stock.choices import ORIGINS, AccountKind, MovementKind
from tongzhou.stock.models import Account, Movement, Site
from tongzhou.stock.posting import move_lines, post, require_good, told


class OriginUnknown(Invalid):
    """Goods come from a supplier, a donor, or lay there when the books were opened."""

    code = "origin-unknown"
    message = _("“%(value)s” is not where goods come from. There are: %(known)s.")


@dataclass(frozen=True)
class Incoming:
    """A line of a delivery: ``quantity`` in ``unit`` (the item's own measure, or a pack)."""

    item: Item
    quantity: Decimal | int | str
    unit: str = ""
    batch: str = ""
    expires_on: date | None = None
    source: str = ""


def receive_goods(
    *,
    site: Site,
    lines: Sequence[Incoming],
    by: Post,
    at: datetime,
    origin: str = AccountKind.SUPPLIER,
    document: str = "",
    note: str = "",
    id: UUID | None = None,
) -> Movement:
    """Takes goods from outside into a store: all lines or none. Goods past their date are
    not received, except as opening stock, where they wait to be discarded.

    Raises NotFound, NotAllowed, SiteClosed, LinesMissing, LinesTooMany, NotStored,
    OriginUnknown, BatchExpired, MeasureUnknown, StockTextTooLong and what
    ``quantities.read`` raises.
    """
    require_lines(len(lines))
    if origin not in ORIGINS:
        raise OriginUnknown(field="origin", value=origin[:40], known=", ".join(ORIGINS))
    packs = catalogue.packs_of(line.item for line in lines)
    amounts = []
    for row, incoming in enumerate(lines, start=1):
        require_stored(incoming.item)
        amounts.append(
            catalogue.to_base(
                incoming.item, incoming.quantity, incoming.unit,
                packs=packs[incoming.item.id], row=row,
            )
        )  # fmt: skip
    makings = [Making(i.item, i.batch, i.expires_on, i.source) for i in lines]
    with transaction.atomic():
        held = begin(site.id, by=by, word=STOCK_KEEP)
        batches = batches_of(makings)
        if origin != AccountKind.OPENING:
            require_good(batches, at=at)
        taken = list(zip(batches, amounts, strict=True))
        movement = post(
            MovementKind.RECEIVE,
            move_lines(
                taken,
                source=accounts.outside(AccountKind(origin)),
                to=Account(id=accounts.account_of_site(held.id)),
            ),
            by=by,
            at=at,
            document=short(document, field="document", limit=80),
            reason=short(note, field="note", limit=1_000),
            id=id,
        )
        append_all(
            [
                line(
                    GOODS_RECEIVED,
                    site=held,
                    by=by,
                    at=at,
                    data={"movement": str(movement.id), "origin": origin, "lines": told(taken)},
                )
            ]
        )
    return movement

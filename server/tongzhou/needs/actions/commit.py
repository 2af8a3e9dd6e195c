from datetime import datetime
from decimal import Decimal
from typing import Final
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import NEED_COMMIT, OFFER_ANSWER, OFFER_MAKE
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.catalogue.quantities import plain
from tongzhou.kernel.errors import Conflict, Invalid, NotFound
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.change import begin, bounded, grant_sight, require_ahead
from tongzhou.needs.actions.committed import record_commitment
from tongzhou.needs.actions.covering import covered, tell_cover
from tongzhou.needs.acts import COMMITMENT_MADE
from tongzhou.needs.choices import Source
from tongzhou.needs.models import Commitment, NeedLine, OfferLine
from tongzhou.stock.actions.held import lock_reservations
from tongzhou.stock.models import Reservation

#: What reservations and lines of shipments call a commitment.
KIND: Final = "commitment"


class LineNotOpen(Conflict):
    """The line is met or withdrawn."""

    code = "line-closed"
    message = _("%(item)s is met or withdrawn already; nothing more is needed of it.")


class MoreThanAsked(Conflict):
    """Together more than was asked at most."""

    code = "more-than-asked"
    message = _(
        "With %(promised)s promised already this is more than the %(most)s asked for at most. "
        "Give less, or say why."
    )


class MoreThanOffered(Conflict):
    """The offer does not hold so much any more."""

    code = "more-than-offered"
    message = _("Of this offer %(left)s are left.")


class OfferNotUsable(Conflict):
    """An offer that was not accepted, is withdrawn, or whose time is over."""

    code = "offer-not-usable"
    message = _("%(reference)s was not accepted, is withdrawn, or its time is over.")


class NotTheItem(Invalid):
    """What is given neither is what was asked, nor can it stand for it."""

    code = "not-the-item"
    message = _(
        "%(given)s was not asked for, and the catalogue does not let it stand for %(asked)s."
    )


class ReservationElsewhere(Conflict):
    """Goods that are kept for something else, of another unit, or are another item."""

    code = "reservation-other"
    message = _("These goods are kept for something else, by another unit, or are another item.")


class ReservationAmount(Conflict):
    """A commitment to more or less than what is kept for it."""

    code = "reservation-amount"
    message = _("%(kept)s are kept for this; that and nothing else can be committed.")


class GiverClosed(Conflict):
    """The unit that is to give does not exist any more."""

    code = "giver-closed"
    message = _("%(unit)s is closed and cannot give anything.")


def commit(
    *,
    line: NeedLine,
    quantity: Decimal | int | str,
    by: Post,
    at: datetime,
    unit: str = "",
    giver: Unit | None = None,
    offer_line: OfferLine | None = None,
    reservation: UUID | None = None,
    item: Item | None = None,
    due_at: datetime | None = None,
    note: str = "",
    over_reason: str = "",
    id: UUID | None = None,
) -> Commitment:
    """Says that so much is given to a line: out of an offer, from stock that was reserved for
    it, or by a unit's own word (the unit of ``by`` where no ``giver`` is given). ``unit`` is the
    pack or measure of ``quantity``; ``item`` what is given where something else stands for it.
    More than the maximum (without one: than was asked) needs ``over_reason``.

    ``reservation`` is the id of goods that were kept for this very commitment: choose the ``id``
    of the commitment first, ``reserve(for_kind="commitment", for_id=id)``, then commit with that
    ``id``, the item that is kept, and all of what is kept. The giver is the unit of the store.
    A shipment that is planned for the commitment takes the goods over; taking the commitment
    back frees them. ``give_from_store`` does both at once.

    Raises NotFound, NotAllowed, NeedNotOpen, LineNotOpen, MoreThanAsked, MoreThanOffered,
    OfferNotUsable, ReservationEnded, ReservationElsewhere, ReservationAmount, NotTheItem,
    GiverClosed, NeedTimeOff, WordsTooMany, and what the catalogue says of an amount.
    """
    with transaction.atomic():
        need = begin(line.need, by=by, word=NEED_COMMIT)
        held = need.lines.select_for_update(of=("self",)).select_related("item").get(id=line.id)
        if not held.open:
            raise LineNotOpen(item=held.item.name)
        given = item or (offer_line.item if offer_line else None) or held.item
        amount = _in_measure(held, given, quantity, unit)
        _require_room(held, amount, over_reason)
        source = Source.WORD
        of: Unit | None = giver or by.unit
        if offer_line is not None:
            offer_line = _from_offer(offer_line, amount, by=by, at=at)
            source, of = Source.OFFER, offer_line.offer.unit
        else:
            if reservation is not None:
                kept = _kept(reservation, given, catalogue.to_base(given, quantity, unit), id=id,
                             giver=giver, by=by)  # fmt: skip
                source, of = Source.RESERVATION, kept.site.unit
            permissions.require(by=by, word=OFFER_MAKE, on=of)
        if of is not None and not of.active:
            raise GiverClosed(field="giver", unit=of.name)
        require_ahead(due_at, at=at, field="due_at")
        was = covered(need)
        made = Commitment(
            id=id or new_id(),
            line=held,
            source=source,
            unit=of,
            offer_line=offer_line,
            reservation=reservation,
            quantity=amount,
            item=given if given.id != held.item_id else None,
            due_at=due_at,
            note=bounded(note, field="note", limit=300),
            over_reason=bounded(over_reason, field="over_reason", limit=300),
            post=by,
            at=at,
        )
        made.save(force_insert=True)
        if of is not None:
            grant_sight(need.incident, of)
        record_commitment(COMMITMENT_MADE, made, need=need, by=by, at=at, due_at=due_at)
        tell_cover(need, by=by, at=at, was=was)
    return made


def _in_measure(line: NeedLine, given: Item, quantity: Decimal | int | str, unit: str) -> Decimal:
    """The amount in the measure of what was asked: of what stands for it, by its ratio."""
    if given.id == line.item_id:
        return catalogue.to_base(given, quantity, unit)
    fits = [s for s in catalogue.stand_ins([line.item_id]).get(line.item_id, [])
            if s.other.id == given.id]  # fmt: skip
    if not fits:
        raise NotTheItem(field="item", given=given.name, asked=line.item.name)
    whole = catalogue.to_base(given, quantity, unit) / fits[0].ratio
    return whole.quantize(line.item.step)


def _require_room(line: NeedLine, amount: Decimal, over_reason: str) -> None:
    most = line.maximum if line.maximum is not None else line.asked
    if most is not None and line.committed + amount > most and not over_reason.strip():
        raise MoreThanAsked(
            field="quantity", promised=f"{line.committed.normalize():f}",
            most=f"{most.normalize():f}",
        )  # fmt: skip


def _from_offer(line: OfferLine, amount: Decimal, *, by: Post, at: datetime) -> OfferLine:
    held = (
        OfferLine.objects.select_for_update(of=("self",))
        .select_related("offer__unit", "offer__desk", "item")
        .get(id=line.id)
    )
    offer = held.offer
    relations = offer.relations_of(by)
    if not relations:
        raise NotFound(field="offer")
    over = offer.until_at is not None and offer.until_at <= at
    if not offer.usable or over:
        raise OfferNotUsable(field="offer", reference=offer.reference)
    if not relations & {"own", "line"}:
        permissions.require(by=by, word=OFFER_ANSWER)
    if held.quantity is not None and held.promised + amount > held.quantity:
        left = held.quantity - held.promised
        raise MoreThanOffered(field="quantity", left=f"{left.normalize():f}")
    return held


def _kept(
    reservation: UUID, given: Item, amount: Decimal, *, id: UUID | None, giver: Unit | None,
    by: Post,
) -> Reservation:  # fmt: skip
    """The reservation, locked with its goods: kept for this commitment, by its giver, all of
    it. One that the post may not see does not exist for it."""
    found = Reservation.objects.select_related("site__unit", "site__area").filter(id=reservation)
    seen = found.first()
    if seen is None or not seen.site.relations_of(by):
        raise NotFound(field="reservation")
    [held] = lock_reservations([reservation])
    row = held.reservation
    kept_for = (row.for_kind, row.for_id, row.item_id, row.site.unit_id)
    if kept_for != (KIND, id, given.id, giver.id if giver else row.site.unit_id):
        raise ReservationElsewhere(field="reservation")
    if held.left != amount:
        raise ReservationAmount(field="quantity", kept=plain(held.left))
    return row

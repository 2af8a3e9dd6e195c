"""What offers of units and of donors without account have in common: their lines."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.catalogue import queries as catalogue
from tongzhou.catalogue.models import Item
from tongzhou.incidents.actions.change import exercise_mark
from tongzhou.kernel.errors import Conflict, Invalid
from tongzhou.ledger.append import append
from tongzhou.ledger.types import ActType
from tongzhou.needs.actions.change import NeedTimeOff, bounded
from tongzhou.needs.models import Offer, OfferLine

MOST = 50


class NothingOffered(Invalid):
    """An offer of nothing."""

    code = "nothing-offered"
    message = _("Say at least one thing that you offer.")


class TooMuchOffered(Invalid):
    """More lines than an offer is read with."""

    code = "too-much-offered"
    message = _("At most %(most)d things in one offer, please.")


class OfferExpired(Invalid):
    """Goods whose date is over."""

    code = "offer-expired"
    message = _("What expired on %(day)s cannot be offered.")


class OfferOver(Conflict):
    """It was withdrawn, or answered already."""

    code = "offer-over"
    message = _("%(reference)s was withdrawn or answered already.")


@dataclass(frozen=True)
class Offered:
    """One line of an offer: an item, or words that the catalogue does not know."""

    item: Item | None
    quantity: Decimal | int | str | None = None
    unit: str = ""
    words: str = ""
    expires_on: date | None = None


def require_span(from_at: datetime, until_at: datetime | None, *, at: datetime) -> None:
    """Raises NeedTimeOff where the end lies before the beginning, or behind us."""
    if until_at is not None and (until_at <= from_at or until_at <= at):
        raise NeedTimeOff(field="until_at")


def offer_lines(offer: Offer, lines: Sequence[Offered], *, at: datetime) -> list[OfferLine]:
    """New lines. Raises NothingOffered, TooMuchOffered, OfferExpired, WordsTooMany, and what the
    catalogue says of an amount."""
    if not lines:
        raise NothingOffered(field="lines")
    if len(lines) > MOST:
        raise TooMuchOffered(field="lines", most=MOST)
    packs = catalogue.packs_of([line.item for line in lines if line.item is not None])
    made = []
    for row, line in enumerate(lines, start=1):
        words = bounded(line.words, field="words", limit=120)
        if line.item is None and not words:
            raise NothingOffered(field="item", row=row)
        if line.expires_on is not None and line.expires_on < at.date():
            raise OfferExpired(field="expires_on", row=row, day=line.expires_on.isoformat())
        amount = None
        if line.quantity is not None and line.item is not None:
            amount = catalogue.to_base(
                line.item, line.quantity, line.unit, packs=packs[line.item.id], row=row
            )
        said = "" if line.quantity is None else f"{line.quantity} {line.unit}".strip()
        made.append(
            OfferLine(
                offer=offer, place=row, item=line.item, words=words, quantity=amount,
                typed=bounded(said, field="quantity", limit=60), expires_on=line.expires_on,
            )
        )  # fmt: skip
    return made


def record_offer(
    type: ActType, offer: Offer, *, by: Post | None, at: datetime, outcome: str = ""
) -> None:
    """Writes an act about the offer; the desk and who offers are told."""
    units = [unit for unit in (offer.desk, offer.unit) if unit is not None]
    append(
        type,
        at=at,
        about=("offer", offer.id),
        **(by.signs() if by is not None else {}),
        with_units=[unit.id for unit in units],
        incident=offer.incident_id,
        area=offer.area.code,
        basis="voluntary",
        outcome=outcome,
        audience={above for unit in units for above in unit.line},
        data={
            "number": offer.number,
            "desk": str(offer.desk_id or ""),
            "unit": str(offer.unit_id or ""),
            "unsolicited": offer.unsolicited,
            "channel": str(offer.channel),
            **exercise_mark(offer.incident),
        },
    )

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongzhou.incidents.actions.report_signal import new_ticket
from tongzhou.incidents.models import Signal
from tongzhou.kernel.ids import new_id
from tongzhou.needs.actions.change import LINE, TEXT, bounded, next_number
from tongzhou.needs.actions.offering import Offered, offer_lines, record_offer, require_span
from tongzhou.needs.acts import OFFER_MADE
from tongzhou.needs.choices import Answer, Channel
from tongzhou.needs.models import Donor, Offer, OfferLine
from tongzhou.places.models import Area
from tongzhou.tasks.actions.desk import desk_for
from tongzhou.tasks.models import Ticket


def offer_publicly(
    *,
    lines: Sequence[Offered],
    area: Area,
    at: datetime,
    place: str = "",
    until_at: datetime | None = None,
    conditions: str = "",
    contact_name: str = "",
    contact_phone: str = "",
    id: UUID | None = None,
) -> Offer:
    """Somebody without an account offers something; the authority of the place answers. They
    follow it by its number. How to reach them stands beside, never in the ledger.

    Raises NothingOffered, TooMuchOffered, OfferExpired, NeedTimeOff, WordsTooMany, NoDesk, and
    what the catalogue says of an amount.
    """
    name = bounded(contact_name, field="contact_name", limit=LINE)
    phone = bounded(contact_phone, field="contact_phone", limit=LINE)
    require_span(at, until_at, at=at)
    with transaction.atomic():
        made = Offer(
            id=id or new_id(),
            number=next_number("offer_number")[0],
            code=_new_code(),
            area=area,
            place=bounded(place, field="place", limit=LINE),
            from_at=at,
            until_at=until_at,
            conditions=bounded(conditions, field="conditions", limit=TEXT),
            channel=Channel.WEB,
            unsolicited=True,
            desk=desk_for(area, at=at, levels=()),
            answer=Answer.WAITING,
            at=at,
        )
        rows = offer_lines(made, lines, at=at)
        made.save(force_insert=True)
        OfferLine.objects.bulk_create(rows)
        if name or phone:
            Donor.objects.create(offer=made, name=name, phone=phone)
        record_offer(OFFER_MADE, made, by=None, at=at)
    return made


def _new_code() -> str:
    """Of the same kind as the numbers of signals and tickets, and none of them."""
    while True:
        code = new_ticket()
        taken = Signal.objects.filter(ticket=code).exists()
        taken = taken or Ticket.objects.filter(number=code).exists()
        if not taken and not Offer.objects.filter(code=code).exists():
            return code

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID

from django.db import connection, transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import SHIPMENT_SEND
from tongzhou.catalogue import quantities
from tongzhou.catalogue.models import Item
from tongzhou.incidents.models import Incident
from tongzhou.kernel.errors import Invalid
from tongzhou.kernel.ids import new_id
from tongzhou.oversight.actions.change import (
    require_active,
    require_deadline,
    require_incident,
    text_bounded,
)
from tongzhou.places.models import Area
from tongzhou.shipments import purposes
from tongzhou.shipments.access import Giving
from tongzhou.shipments.actions import goods
from tongzhou.shipments.actions.amounts import Amount
from tongzhou.shipments.actions.change import WORDS, in_ledger, record
from tongzhou.shipments.acts import SHIPMENT_PLANNED
from tongzhou.shipments.models import Shipment, ShipmentLine
from tongzhou.stock.actions.recording import SiteClosed
from tongzhou.stock.models import Site

MOST_LINES: Final = 200
_KEY_BYTES: Final = 12


class NothingPlanned(Invalid):
    """A shipment of nothing."""

    code = "shipment-without-lines"
    message = _("Say how much of at least one item goes along.")


class TooManyLines(Invalid):
    """More than anybody loads by one list."""

    code = "shipment-too-many-lines"
    message = _("At most %(most)d lines in one shipment.")


class DestinationMissing(Invalid):
    """Neither a site nor a unit that uses it."""

    code = "shipment-without-destination"
    message = _("Say where it goes: a store, or the unit that uses it.")


class SameSite(Invalid):
    """From a site to itself."""

    code = "shipment-to-same-site"
    message = _("It would go to the store that it comes from.")


class SiteElsewhere(Invalid):
    """Real goods to an exercise, or the other way round."""

    code = "shipment-other-world"
    message = _("“%(site)s” belongs to the other world: exercises and real work are kept apart.")


class PurposeUnknown(Invalid):
    """A line is for something that there is not, or that the post may not see."""

    code = "shipment-purpose-unknown"
    message = _("What this line is for does not exist, or your post may not see it.")


class PurposeOther(Invalid):
    """A line is for something that wants another item, or in another place."""

    code = "shipment-purpose-other"
    message = _("“%(purpose)s” asks for another item, or for another unit.")


@dataclass(frozen=True)
class Wanted:
    """So much of an item, in its base unit; what it is for, in a room above (see
    ``purposes``)."""

    item: Item
    quantity: Amount
    for_kind: str = ""
    for_id: UUID | None = None


def plan_shipment(
    *,
    from_site: Site,
    wanted: Sequence[Wanted],
    due_at: datetime,
    by: Post,
    at: datetime,
    to_site: Site | None = None,
    receiver: Unit | None = None,
    area: Area | None = None,
    carrier: Unit | None = None,
    incident: Incident | None = None,
    vehicle: str = "",
    note: str = "",
    id: UUID | None = None,
) -> Shipment:
    """Plans what goes from a site to another, or to ``receiver`` who uses it in ``area``, by
    ``due_at``, and reserves it: of each item the batches that expire first, a line for each.
    The giver carries it unless ``carrier`` is named.

    Raises NotFound, NotAllowed, NothingPlanned, TooManyLines, DestinationMissing, SameSite,
    SiteElsewhere, SiteClosed, UnitClosed, DeadlinePassed, DeadlineTooFar, PurposeUnknown,
    PurposeOther, ExerciseNeedsIncident, TextTooLong, what is wrong with an amount, and what
    ``goods.reserve`` raises, where there is less than that.
    """
    with transaction.atomic():
        permissions.require(by=by, word=SHIPMENT_SEND, on=Giving(from_site))
        require_incident(incident, by=by)
        receiver, area = _destination(from_site, to_site, receiver, area)
        require_active(receiver, field="receiver")
        if carrier is not None:
            require_active(carrier, field="carrier")
        require_deadline(due_at, at=at)
        exact = _exact(wanted)
        _require_purposes(wanted, receiver=receiver, by=by)
        shipment = Shipment(
            id=id or new_id(),
            number=_next_number(),
            key=secrets.token_urlsafe(_KEY_BYTES),
            from_site=from_site,
            to_site=to_site,
            giver=from_site.unit,
            carrier=carrier or from_site.unit,
            receiver=receiver,
            area=area,
            incident=incident,
            exercise=from_site.exercise,
            post=by,
            vehicle=text_bounded(vehicle, field="vehicle", limit=120),
            note=text_bounded(note, field="note", limit=WORDS),
            due_at=due_at,
            planned_at=at,
        )
        shipment.save(force_insert=True)
        lines = _lines(shipment, exact, by=by, at=at)
        record(
            SHIPMENT_PLANNED,
            shipment=shipment,
            by=by,
            at=at,
            due_at=due_at,
            data={"lines": in_ledger(lines, "planned")},
        )
    return shipment


def _destination(
    from_site: Site, to_site: Site | None, receiver: Unit | None, area: Area | None
) -> tuple[Unit, Area]:
    for site in (from_site, to_site):
        if site is not None and not site.is_open:
            raise SiteClosed(field="to_site" if site is to_site else "from_site", site=site.name)
    if to_site is not None:
        if to_site.id == from_site.id:
            raise SameSite(field="to_site")
        if to_site.exercise != from_site.exercise:
            raise SiteElsewhere(field="to_site", site=to_site.name)
        return to_site.unit, to_site.area
    if receiver is None:
        raise DestinationMissing(field="receiver")
    return receiver, area or receiver.area


def _exact(wanted: Sequence[Wanted]) -> list[goods.Part]:
    if not wanted:
        raise NothingPlanned(field="lines")
    if len(wanted) > MOST_LINES:
        raise TooManyLines(field="lines", most=MOST_LINES)
    return [
        goods.Part(
            item=each.item,
            quantity=quantities.read(
                each.quantity,
                decimals=each.item.decimals,
                item=each.item.name,
                field="quantity",
                row=row,
            ),
            for_kind=each.for_kind,
            for_id=each.for_id,
        )
        for row, each in enumerate(wanted, start=1)
    ]


def _require_purposes(wanted: Sequence[Wanted], *, receiver: Unit, by: Post) -> None:
    named = {
        row: (each.for_kind, each.for_id)
        for row, each in enumerate(wanted, start=1)
        if each.for_id is not None
    }
    found = purposes.found(set(named.values()), by)
    for row, key in named.items():
        purpose = found.get(key)
        if purpose is None:
            raise PurposeUnknown(field="for_id", row=row)
        fits = purpose.item in (None, wanted[row - 1].item.id)
        if not fits or purpose.receiver not in (None, receiver.id):
            raise PurposeOther(field="for_id", row=row, purpose=purpose.label)


def _lines(
    shipment: Shipment, parts: Sequence[goods.Part], *, by: Post, at: datetime
) -> list[ShipmentLine]:
    """A line for each batch that is kept."""
    kept = goods.reserve(shipment, parts, by=by, at=at)
    lines = [
        ShipmentLine(
            shipment=shipment,
            item=part.item,
            batch=batch,
            planned=quantity,
            for_kind=part.for_kind,
            for_id=part.for_id,
        )
        for part, batches in zip(parts, kept, strict=True)
        for batch, quantity in batches
    ]
    for position, line in enumerate(lines, start=1):
        line.position = position
    return ShipmentLine.objects.bulk_create(lines)


def _next_number() -> int:
    with connection.cursor() as cursor:
        cursor.execute("SELECT nextval('shipments_shipment_number')")
        return int(cursor.fetchone()[0])

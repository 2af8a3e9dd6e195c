from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongzhou.actors.models import Post, Unit
from tongzhou.actors.vocabulary import SHIPMENT_SEND
from tongzhou.oversight.actions.change import require_active, text_bounded
from tongzhou.shipments.actions.amounts import Amount, bounded, lines_of
from tongzhou.shipments.actions.change import begin, in_ledger, record, settle
from tongzhou.shipments.acts import SHIPMENT_LOADED
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment, ShipmentLine


def load_shipment(
    *,
    shipment: Shipment,
    by: Post,
    at: datetime,
    loaded: Mapping[UUID, Amount] | None = None,
    carrier: Unit | None = None,
    vehicle: str | None = None,
) -> Shipment:
    """The goods are on the vehicle; ``loaded`` by line where not all that was picked went on.
    ``carrier`` and ``vehicle`` where others came than planned. A small shipment need not be
    picked first. Raises NotFound, NotAllowed, ShipmentNotSo, MoreThanThere, NothingGoes,
    UnitClosed, TextTooLong."""
    with transaction.atomic():
        locked = begin(shipment, by=by, word=SHIPMENT_SEND, states=(State.PLANNED, State.PICKED))
        lines = lines_of(locked)
        there = {line.id: line.planned if line.picked is None else line.picked for line in lines}
        found = bounded(lines, loaded, of=there, field="loaded")
        for line in lines:
            line.loaded = found[line.id]
        ShipmentLine.objects.bulk_update(lines, ["loaded"])
        changed: dict[str, object] = {"loaded_at": at}
        if vehicle is not None:
            changed["vehicle"] = text_bounded(vehicle, field="vehicle", limit=120)
        if carrier is not None:
            require_active(carrier, field="carrier")
            changed["carrier"] = carrier
        settle(locked, **changed)
        record(
            SHIPMENT_LOADED,
            shipment=locked,
            by=by,
            at=at,
            data={"lines": in_ledger(lines, "loaded")},
        )
    return locked

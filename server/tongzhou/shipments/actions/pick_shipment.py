from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_SEND
from tongzhou.shipments.actions.amounts import Amount, bounded, lines_of
from tongzhou.shipments.actions.change import begin, in_ledger, record, settle
from tongzhou.shipments.acts import SHIPMENT_PICKED
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment, ShipmentLine


def pick_shipment(
    *, shipment: Shipment, by: Post, at: datetime, picked: Mapping[UUID, Amount] | None = None
) -> Shipment:
    """The store sets the goods aside; ``picked`` by line where less was found than planned.
    What is missing stays reserved until the shipment leaves. Raises NotFound, NotAllowed,
    ShipmentNotSo, MoreThanThere, NothingGoes."""
    with transaction.atomic():
        locked = begin(shipment, by=by, word=SHIPMENT_SEND, states=(State.PLANNED,))
        lines = lines_of(locked)
        planned = {line.id: line.planned for line in lines}
        found = bounded(lines, picked, of=planned, field="picked")
        for line in lines:
            line.picked = found[line.id]
        ShipmentLine.objects.bulk_update(lines, ["picked"])
        settle(locked, picked_at=at)
        record(
            SHIPMENT_PICKED,
            shipment=locked,
            by=by,
            at=at,
            data={"lines": in_ledger(lines, "planned", "picked")},
        )
    return locked

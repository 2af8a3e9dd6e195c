from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_CARRY
from tongzhou.places.models import Area
from tongzhou.shipments.actions.change import begin, record, settle
from tongzhou.shipments.acts import SHIPMENT_POSITION
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment


def report_position(*, shipment: Shipment, area: Area, by: Post, at: datetime) -> Shipment:
    """Whoever carries it says in which area it is now. Raises NotFound, NotAllowed,
    NotYourSide, ShipmentNotSo."""
    with transaction.atomic():
        locked = begin(
            shipment,
            by=by,
            word=SHIPMENT_CARRY,
            states=(State.ON_THE_WAY, State.RETURNING),
            sides=("carrier", "giver"),
        )
        settle(locked, seen_area=area, seen_at=at)
        record(SHIPMENT_POSITION, shipment=locked, by=by, at=at, data={"area": area.code})
    return locked

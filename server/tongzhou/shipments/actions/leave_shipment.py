from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_CARRY
from tongzhou.shipments.actions import goods
from tongzhou.shipments.actions.amounts import lines_of
from tongzhou.shipments.actions.change import begin, in_ledger, record, settle, tell_purposes
from tongzhou.shipments.acts import SHIPMENT_LEFT
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment


def leave_shipment(*, shipment: Shipment, by: Post, at: datetime) -> Shipment:
    """The giver hands the goods to the carrier and they leave: out of the site, into the account
    of the shipment; what was reserved and not loaded is free again. From here on the carrier
    answers for the time of arrival. Raises NotFound, NotAllowed, NotYourSide, ShipmentNotSo,
    and what ``goods.send`` raises, for batches that expired since."""
    with transaction.atomic():
        locked = begin(
            shipment,
            by=by,
            word=SHIPMENT_CARRY,
            states=(State.LOADED,),
            sides=("giver", "carrier"),
        )
        lines = lines_of(locked)
        goods.send(locked, lines, by=by, at=at)
        settle(locked, left_at=at)
        tell_purposes(locked)
        record(
            SHIPMENT_LEFT,
            shipment=locked,
            by=by,
            at=at,
            asked_at=locked.planned_at,
            due_at=locked.due_at,
            data={"lines": in_ledger(lines, "loaded")},
        )
    return locked

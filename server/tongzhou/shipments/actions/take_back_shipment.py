from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_RECEIVE
from tongzhou.shipments.actions import goods
from tongzhou.shipments.actions.amounts import lines_of
from tongzhou.shipments.actions.arrive_shipment import forget_loss
from tongzhou.shipments.actions.change import (
    ShipmentNotSo,
    begin,
    in_ledger,
    record,
    settle,
    tell_purposes,
)
from tongzhou.shipments.actions.counting import Counted, count, keep_differences
from tongzhou.shipments.acts import SHIPMENT_TAKEN_BACK
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment, ShipmentLine


def take_back_shipment(
    *, shipment: Shipment, by: Post, at: datetime, counted: Sequence[Counted] | None = None
) -> Shipment:
    """The giver takes into its site again what was turned back; ``counted`` is what came, by
    line, where it is not as it was loaded. Raises NotFound, NotAllowed, NotYourSide,
    ShipmentNotSo, LossExplained, ReasonMissing, TextTooLong, and what is wrong with an
    amount."""
    with transaction.atomic():
        locked = begin(
            shipment,
            by=by,
            word=SHIPMENT_RECEIVE,
            states=(State.RETURNING, State.LOST),
            sides=("giver",),
        )
        if locked.turned_back_at is None:
            raise ShipmentNotSo(reference=locked.reference, state=locked.state_label)
        if locked.state == State.LOST:
            forget_loss(locked)
        lines = lines_of(locked)
        came = count(lines, counted)
        for one in came:
            one.line.back, one.line.damaged = one.good, one.damaged
        ShipmentLine.objects.bulk_update(lines, ["back", "damaged"])
        goods.take_back(locked, came, by=by, at=at)
        settle(locked, taken_back_at=at, lost_at=None)
        tell_purposes(locked)
        record(
            SHIPMENT_TAKEN_BACK,
            shipment=locked,
            by=by,
            at=at,
            asked_at=locked.turned_back_at,
            data={"lines": in_ledger(lines, "loaded", "back", "damaged")},
        )
        keep_differences(locked, came, owner=locked.carrier, by=by, at=at)
    return locked

from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_CARRY, SHIPMENT_RECEIVE
from tongzhou.kernel.errors import ReasonMissing
from tongzhou.oversight.actions.change import text_bounded
from tongzhou.shipments.actions.change import WORDS, begin, record, settle, tell_purposes
from tongzhou.shipments.acts import SHIPMENT_TURNED_BACK
from tongzhou.shipments.choices import MOVING
from tongzhou.shipments.models import Shipment


def turn_back_shipment(*, shipment: Shipment, reason: str, by: Post, at: datetime) -> Shipment:
    """The receiver refuses it at the gate, or who carries it turns round. The goods stay in the
    account of the shipment until the giver takes them back. Raises NotFound, NotAllowed,
    ShipmentNotSo, ReasonMissing, TextTooLong."""
    word = SHIPMENT_RECEIVE if by.unit_id == shipment.receiver_id else SHIPMENT_CARRY
    with transaction.atomic():
        locked = begin(shipment, by=by, word=word, states=MOVING)
        if not reason.strip():
            raise ReasonMissing(field="reason")
        reason = text_bounded(reason, field="reason", limit=WORDS)
        settle(locked, turned_back_at=at, reason=reason)
        tell_purposes(locked)
        refused = by.unit_id == locked.receiver_id
        record(
            SHIPMENT_TURNED_BACK,
            shipment=locked,
            by=by,
            at=at,
            asked_at=locked.left_at,
            outcome="refused" if refused else "returned",
            data={"by_receiver": refused},
        )
    return locked

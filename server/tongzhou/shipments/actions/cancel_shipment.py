from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_SEND
from tongzhou.kernel.errors import ReasonMissing
from tongzhou.oversight.actions.change import text_bounded
from tongzhou.shipments.actions import goods
from tongzhou.shipments.actions.change import WORDS, begin, record, settle
from tongzhou.shipments.acts import SHIPMENT_CANCELLED
from tongzhou.shipments.choices import BEFORE_LEAVING
from tongzhou.shipments.models import Shipment


def cancel_shipment(*, shipment: Shipment, reason: str, by: Post, at: datetime) -> Shipment:
    """Before it left: nothing goes, and what was reserved is free again. Raises NotFound,
    NotAllowed, ShipmentNotSo, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(shipment, by=by, word=SHIPMENT_SEND, states=BEFORE_LEAVING)
        if not reason.strip():
            raise ReasonMissing(field="reason")
        reason = text_bounded(reason, field="reason", limit=WORDS)
        goods.free(locked, at=at)
        settle(locked, cancelled_at=at, reason=reason)
        record(SHIPMENT_CANCELLED, shipment=locked, by=by, at=at, asked_at=locked.planned_at)
    return locked

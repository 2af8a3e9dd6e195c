from datetime import datetime

from django.db import transaction

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_CARRY
from tongzhou.kernel.errors import ReasonMissing
from tongzhou.oversight.actions.change import text_bounded
from tongzhou.shipments.actions.amounts import lines_of
from tongzhou.shipments.actions.change import WORDS, begin, in_ledger, record, settle, tell_purposes
from tongzhou.shipments.acts import SHIPMENT_LOST
from tongzhou.shipments.choices import Kind, State
from tongzhou.shipments.models import Difference, Shipment


def report_lost(*, shipment: Shipment, reason: str, by: Post, at: datetime) -> Shipment:
    """Nobody knows where it is. The goods stay in the account of the shipment, and the carrier
    answers for finding out what became of each line. Raises NotFound, NotAllowed, NotYourSide,
    ShipmentNotSo, ReasonMissing, TextTooLong."""
    with transaction.atomic():
        locked = begin(
            shipment,
            by=by,
            word=SHIPMENT_CARRY,
            states=(State.ON_THE_WAY, State.RETURNING),
            sides=("carrier", "giver"),
        )
        if not reason.strip():
            raise ReasonMissing(field="reason")
        reason = text_bounded(reason, field="reason", limit=WORDS)
        lines = [line for line in lines_of(locked) if line.loaded]
        Difference.objects.bulk_create(
            Difference(
                line=line,
                kind=Kind.LOST,
                quantity=line.loaded,
                reason=reason,
                owner=locked.carrier,
                post=by,
                found_at=at,
            )
            for line in lines
        )
        settle(locked, lost_at=at, reason=reason)
        tell_purposes(locked)
        record(
            SHIPMENT_LOST,
            shipment=locked,
            by=by,
            at=at,
            asked_at=locked.left_at,
            data={"lines": in_ledger(lines, "loaded")},
        )
    return locked

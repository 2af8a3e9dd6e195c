from collections.abc import Sequence
from datetime import datetime
from functools import partial

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors import permissions
from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_RECEIVE
from tongzhou.kernel.errors import Conflict, Refusal
from tongzhou.shipments.actions import goods
from tongzhou.shipments.actions.amounts import lines_of
from tongzhou.shipments.actions.change import (
    ShipmentNotSo,
    in_ledger,
    lock,
    record,
    settle,
    tell_purposes,
)
from tongzhou.shipments.actions.counting import Counted, count, keep_differences
from tongzhou.shipments.acts import SHIPMENT_RECEIVED
from tongzhou.shipments.choices import MOVING, State
from tongzhou.shipments.models import Proof, Shipment, ShipmentLine
from tongzhou.tasks import kept_files


class ReceivedAlready(Conflict):
    """Somebody of the receiver was quicker."""

    code = "shipment-received-already"
    message = _("%(reference)s was received already. Nothing was counted twice.")


class ReceiptNotYours(Refusal):
    """A receipt for what goes to another unit."""

    code = "shipment-receipt-not-yours"
    status = 403
    message = _("%(reference)s goes to %(unit)s; only that unit can receive it.")


def receive_shipment(
    *,
    shipment: Shipment,
    by: Post,
    at: datetime,
    counted: Sequence[Counted] | None = None,
    files: Sequence[kept_files.Upload] = (),
) -> Shipment:
    """The receiver takes the goods over: into its site, or into use where it goes to none.

    ``counted`` is what came, by line, where it is not as it was loaded; each difference has
    its reason. What is missing or damaged stays in the account of the shipment, what came
    beyond is booked as found; the carrier (or the giver, where it carried the goods itself)
    explains it. Arrival need not have been said. Raises NotFound, NotAllowed,
    ReceiptNotYours, ReceivedAlready, ShipmentNotSo, ReasonMissing, TextTooLong, and what is
    wrong with an amount or a file.
    """
    kinds = kept_files.require_files(files)
    with transaction.atomic():
        locked = _begin(shipment, by=by)
        lines = lines_of(locked)
        came = count(lines, counted)
        for one in came:
            one.line.received, one.line.damaged = one.good, one.damaged
        ShipmentLine.objects.bulk_update(lines, ["received", "damaged"])
        goods.hand_over(locked, came, by=by, at=at)
        arrived_at = locked.arrived_at or at
        settle(locked, received_at=at, arrived_at=arrived_at)
        tell_purposes(locked)
        with kept_files.kept(partial(Proof, shipment=locked), files, kinds, by=by, at=at) as kept:
            record(
                SHIPMENT_RECEIVED,
                shipment=locked,
                by=by,
                at=at,
                asked_at=locked.left_at,
                due_at=locked.due_at,
                outcome="late" if arrived_at > locked.due_at else "in_time",
                data={
                    "lines": in_ledger(lines, "loaded", "received", "damaged"),
                    "files": kept_files.in_ledger(kept),
                },
            )
            keep_differences(locked, came, owner=locked.carrier, by=by, at=at)
    return locked


def _begin(shipment: Shipment, *, by: Post) -> Shipment:
    locked = lock(shipment.id)
    relations = locked.relations_of(by)
    if relations and "receiver" not in relations:
        raise ReceiptNotYours(reference=locked.reference, unit=locked.receiver.name)
    permissions.require(by=by, word=SHIPMENT_RECEIVE, on=locked)
    if locked.state == State.RECEIVED:
        raise ReceivedAlready(reference=locked.reference)
    if locked.state not in MOVING:
        raise ShipmentNotSo(reference=locked.reference, state=locked.state_label)
    return locked

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from tongzhou.actors.models import Post
from tongzhou.actors.vocabulary import SHIPMENT_CARRY
from tongzhou.kernel.errors import Conflict
from tongzhou.shipments.actions.change import begin, record, settle, tell_purposes
from tongzhou.shipments.acts import SHIPMENT_ARRIVED
from tongzhou.shipments.choices import Kind, State
from tongzhou.shipments.models import Difference, Shipment


class LossExplained(Conflict):
    """What was lost was already written off."""

    code = "shipment-loss-explained"
    message = _("What became of %(reference)s was already explained; it cannot arrive any more.")


def arrive_shipment(*, shipment: Shipment, by: Post, at: datetime) -> Shipment:
    """It stands at the gate: handed over by who carried it, to be received. A shipment that had
    been given up may still arrive while nothing of it was written off. Raises NotFound,
    NotAllowed, ShipmentNotSo, LossExplained."""
    with transaction.atomic():
        locked = begin(
            shipment, by=by, word=SHIPMENT_CARRY, states=(State.ON_THE_WAY, State.LOST)
        )  # fmt: skip
        if locked.state == State.LOST:
            forget_loss(locked)
        settle(locked, arrived_at=at, lost_at=None)
        tell_purposes(locked)
        record(
            SHIPMENT_ARRIVED,
            shipment=locked,
            by=by,
            at=at,
            asked_at=locked.left_at,
            due_at=locked.due_at,
            outcome="late" if at > locked.due_at else "in_time",
        )
    return locked


def forget_loss(shipment: Shipment) -> None:
    """What was given up is here after all. Raises LossExplained where some of it was written
    off."""
    lost = Difference.objects.filter(line__shipment=shipment, kind=Kind.LOST)
    if lost.filter(explained_at__isnull=False).exists():
        raise LossExplained(reference=shipment.reference)
    lost.delete()

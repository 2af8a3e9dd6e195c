from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef

from tongzhou.needs.actions.commit import KIND
from tongzhou.needs.actions.committed import record_commitment
from tongzhou.needs.actions.covering import covered, tell_cover
from tongzhou.needs.acts import COMMITMENT_RECEIVED
from tongzhou.needs.models import Commitment, Need
from tongzhou.shipments import queries as shipments
from tongzhou.shipments.choices import BEFORE_LEAVING, MOVING
from tongzhou.shipments.models import ShipmentLine


def take_carried(*, shipments_told: Collection[UUID], at: datetime) -> int:
    """Takes over what lines of these shipments say of commitments: so much is on the way, so
    much came. One of which all came, or of which no shipment goes any more after some came, is
    over. Doing it twice changes nothing. Returns how many commitments changed."""
    named = ShipmentLine.objects.filter(
        for_kind=KIND, shipment__in=list(shipments_told), for_id__isnull=False
    ).values_list("for_id", flat=True)
    ids = {one for one in named if one is not None}
    if not ids:
        return 0
    with transaction.atomic():
        needs = {
            need.id: need
            for need in Need.objects.select_for_update(of=("self",), no_key=True)
            .select_related("unit", "area", "incident", "holder")
            .filter(lines__commitments__in=ids)
            .order_by("id")
        }
        going = ShipmentLine.objects.filter(
            for_kind=KIND, for_id=OuterRef("pk"), shipment__state__in=(*BEFORE_LEAVING, *MOVING)
        )
        held = list(
            Commitment.objects.select_for_update(of=("self",))
            .select_related("line", "unit")
            .annotate(going=Exists(going))
            .filter(id__in=ids, withdrawn_at=None)
            .order_by("id")
        )
        carried = shipments.carried(KIND, [one.id for one in held])
        was = {id_: covered(need) for id_, need in needs.items()}
        changed = 0
        for one in held:
            way, came = carried[one.id]
            over = came > 0 and (came >= one.quantity or not one.going)
            before = (one.on_way, one.received or 0, one.received_at is not None)
            if before == (way, came, over) or (one.received_at is not None and not came):
                continue
            changed += 1
            ends = over and one.received_at is None
            one.on_way, one.received = way, came or None
            one.received_at = (one.received_at or at) if over else None
            one.save(update_fields=["on_way", "received", "received_at"])
            if ends:
                record_commitment(
                    COMMITMENT_RECEIVED, one, need=needs[one.line.need_id], by=None, at=at,
                    outcome="in full" if came >= one.quantity else "with a difference",
                    data={"received": f"{came.normalize():f}", "by_shipment": True},
                )  # fmt: skip
        for id_, need in needs.items():
            tell_cover(need, by=None, at=at, was=was[id_])
    return changed

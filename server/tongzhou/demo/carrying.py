"""Acts on shipments that a plan names by the codes of stores and items."""

from datetime import datetime
from uuid import UUID

from tongzhou.actors.models import Post, Unit
from tongzhou.catalogue.models import Item
from tongzhou.needs.actions.commit import KIND
from tongzhou.needs.models import Commitment, Need
from tongzhou.shipments.actions.counting import Counted
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.models import Shipment
from tongzhou.stock.models import Site


def plan(
    *, need: Need, line: str, store: str, to_store: str, receiver: Unit, carrier: Unit | None,
    due_at: datetime, by: Post, at: datetime, id: UUID | None = None,
) -> Shipment:  # fmt: skip
    """Plans what was given out of a store, "item amount", for the need that it is for."""
    code, amount = line.split()
    sites = {
        site.code: site
        for site in Site.objects.select_related("unit", "area").filter(code__in=[store, to_store])
    }
    given = Commitment.objects.get(
        line__need=need, line__item__code=code, reservation__isnull=False
    )
    return plan_shipment(
        from_site=sites[store], to_site=sites.get(to_store),
        receiver=None if to_store else receiver, carrier=carrier, due_at=due_at, by=by, at=at,
        wanted=[Wanted(Item.objects.get(code=code), amount, KIND, given.id)], id=id,
    )  # fmt: skip


def leave(*, shipment: Shipment, by: Post, at: datetime) -> Shipment:
    """Loads all of it and sends it off."""
    loaded = load_shipment(shipment=shipment, vehicle="浙A·T4821", by=by, at=at)
    return leave_shipment(shipment=loaded, by=by, at=at)


def receive(*, shipment: Shipment, short: int, by: Post, at: datetime) -> Shipment:
    """Receives it, so many less of the first line."""
    first = shipment.lines.order_by("position")[0]
    assert first.loaded is not None
    reason = "一箱缺件 · one carton not full"
    counted = [Counted(first.id, first.loaded - short, 0, reason)] if short else None
    return receive_shipment(shipment=shipment, counted=counted, by=by, at=at)

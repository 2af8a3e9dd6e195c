"""Shipments as ties: only suppliers, what stops, and the share of the largest giver in an area."""

from unit.shipments.conftest import AT, DAY, Planning
from unit.shipments.conftest import masks as masks
from unit.shipments.conftest import plan as plan
from unit.shipments.conftest import point as point
from unit.shipments.conftest import store as store

from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.interests.queries import dependencies, tensions
from tongzhou.interests.queries.without import without
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.models import Site


def test_who_alone_supplies_and_who_could_instead(
    cast: Cast, plan: Planning, masks: Item, point: Site
) -> None:
    plan(10)
    plan(20)
    later = AT + DAY
    found = dependencies.map_of(visible_to=cast.shen, at=later, days=30, kinds=["shipment"])
    hospital = cast.units["hz-hospital"]
    alone = without(hospital, visible_to=cast.shen, at=later)
    receive_goods(site=point, lines=[Incoming(masks, 5)], by=cast.mei, at=AT)
    helped = without(hospital, visible_to=cast.shen, at=later)
    district = tensions.of(cast.areas["330106"], at=later)

    community = cast.units["baoshi-community"]
    assert [(e.needs, e.of, e.n) for e in found.edges] == [(community.id, hospital.id, 2)]
    assert [(one.supplier, one.needing, one.n) for one in found.sole] == [
        (hospital, community, 2)
    ]  # fmt: skip
    assert (len(alone.shipments), alone.lost) == (2, 2)
    assert ([list(one.instead) for one in helped.shipments], helped.lost) == ([[community]] * 2, 0)
    assert district is not None
    supplier = district.figures[-1]
    assert (supplier.value, supplier.z, supplier.source) == (
        100.0, None, "2 shipments of the last 365 days",
    )  # fmt: skip

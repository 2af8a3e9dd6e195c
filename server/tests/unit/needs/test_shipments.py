"""What a shipment carries counts for the need it is for."""

from datetime import date

from unit.clocks.conftest import Works

from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.ledger import follow
from tongzhou.needs.models import Need
from tongzhou.needs.reactions import count_carried
from tongzhou.shipments.actions.arrive_shipment import arrive_shipment
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods

from .conftest import AT, DAY, HOUR, Giving, line


def test_a_line_is_on_the_way_and_then_met_by_its_shipment(
    cast: Cast, need: Need, give: Giving, items: dict[str, Item], works: Works
) -> None:
    masks = items["mask-n95"]
    store = open_site(code="street-store", name_zh="北山库", kind="warehouse",
                      unit=cast.units["beishan-street"], by=cast.ye, at=AT)  # fmt: skip
    point = open_site(code="baoshi-point", name_zh="宝石点", kind="community_point",
                      unit=cast.units["baoshi-community"], by=cast.mei, at=AT)  # fmt: skip
    receive_goods(site=store, lines=[Incoming(masks, 1000, batch="B", expires_on=date(2021, 3, 1))],
                  by=cast.ye, at=AT)  # fmt: skip
    given = give(need, 1000)
    seen = []

    def tell() -> None:
        works.set(AT + DAY)
        works.seal()
        while follow.advance("needs.carried", count_carried):
            pass
        seen.append(line(need).state)

    shipment = plan_shipment(
        from_site=store, to_site=point, wanted=[Wanted(masks, 1000, "commitment", given.id)],
        due_at=AT + DAY, by=cast.ye, at=AT + HOUR,
    )  # fmt: skip
    shipment = load_shipment(shipment=shipment, by=cast.ye, at=AT + HOUR)
    tell()
    shipment = leave_shipment(shipment=shipment, by=cast.ye, at=AT + HOUR)
    tell()
    shipment = arrive_shipment(shipment=shipment, by=cast.mei, at=AT + 2 * HOUR)
    receive_shipment(shipment=shipment, by=cast.mei, at=AT + 3 * HOUR)
    tell()
    count_carried(list(follow.after(0)))

    assert seen == ["committed", "in_transit", "met"]
    assert (line(need).received, line(need).on_way, line(need).committed) == (1000, 0, 1000)

"""Lists of shipments: what more of them costs, and who sees them."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from unit.shipments.conftest import AT, DAY, HOUR, LATER, Planning

from tongzhou.actors.models import Post
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted
from tongzhou.shipments.actions.receive_shipment import receive_shipment
from tongzhou.shipments.models import Shipment
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.models import Site


@pytest.fixture
def browse(client: Client, monkeypatch: pytest.MonkeyPatch) -> Callable[[Post], Client]:
    """A browser in which somebody is signed in, on the day of the shipments."""
    monkeypatch.setattr("tongzhou.kernel.clock.now", lambda: AT + HOUR)

    def signed(post: Post) -> Client:
        client.force_login(post.person)
        return client

    return signed


@pytest.fixture
def send(cast: Cast, store: Site, plan: Planning) -> Callable[[], Shipment]:
    """Sends a shipment of two items off."""
    kinds = [
        Item.objects.create(code=f"kind-{n}", name_zh="试验", name_en="Test", declared_at=AT - DAY)
        for n in range(3)
    ]

    def sent() -> Shipment:
        receive_goods(site=store, lines=[Incoming(kind, 9, expires_on=LATER) for kind in kinds],
                      by=cast.ruan, at=AT)  # fmt: skip
        planned = plan(wanted=[Wanted(kind, 2) for kind in kinds])
        loaded = load_shipment(shipment=planned, by=cast.ruan, at=AT)
        return leave_shipment(shipment=loaded, by=cast.chu, at=AT)

    return sent


@pytest.mark.parametrize(
    "address",
    ["/shipments", "/shipments?show=all", "/shipments/map", "/shipments/export.csv?show=all"],
)
def test_more_shipments_cost_no_more_queries(
    cast: Cast, browse: Callable[[Post], Client], send: Callable[[], Shipment], address: str
) -> None:
    page = browse(cast.ruan)

    def asked() -> int:
        with CaptureQueriesContext(connection) as captured:
            answer = page.get(address)
            assert answer.status_code == 200
            assert b"".join(answer) if answer.streaming else answer.content
        return len(captured)

    receive_shipment(shipment=send(), by=cast.mei, at=AT)
    send()
    asked()
    few = asked()
    for _more in range(4):
        send()
        receive_shipment(shipment=send(), by=cast.mei, at=AT)

    assert asked() == few

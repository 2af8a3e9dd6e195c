"""The hospital's store gives respirators to the community, and the volunteers carry them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.ledger.models import Act
from tongzhou.shipments.actions.leave_shipment import leave_shipment
from tongzhou.shipments.actions.load_shipment import load_shipment
from tongzhou.shipments.actions.plan_shipment import Wanted, plan_shipment
from tongzhou.shipments.models import Shipment
from tongzhou.stock import accounts
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.choices import AccountKind
from tongzhou.stock.models import Balance, Entry, Site

AT = datetime(2020, 2, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON, LATER = date(2020, 3, 1), date(2021, 3, 1)
Planning = Callable[..., Shipment]


@pytest.fixture
def masks(cast: Cast) -> Item:
    """Respirators, counted in pieces."""
    return Item.objects.create(
        code="mask-test", name_zh="试验口罩", name_en="Test respirator", declared_at=AT - DAY
    )


@pytest.fixture
def store(cast: Cast, masks: Item) -> Site:
    """The hospital's store: 40 that expire soon, 60 of a later batch."""
    site = open_site(
        code="hospital-store", name_zh="九院库房", name_en="Hospital store",
        kind="hospital_store", unit=cast.units["hz-hospital"], by=cast.ruan, at=AT - DAY,
    )  # fmt: skip
    receive_goods(
        site=site,
        lines=[
            Incoming(masks, 60, batch="B2", expires_on=LATER),
            Incoming(masks, 40, batch="B1", expires_on=SOON),
        ],
        by=cast.ruan,
        at=AT - DAY,
    )
    return site


@pytest.fixture
def point(cast: Cast) -> Site:
    """The community's own point: empty."""
    return open_site(
        code="baoshi-point", name_zh="宝石社区物资点", name_en="Baoshi point",
        kind="community_point", unit=cast.units["baoshi-community"], by=cast.mei, at=AT - DAY,
    )  # fmt: skip


@pytest.fixture
def plan(cast: Cast, store: Site, point: Site, masks: Item) -> Planning:
    """Plans fifty respirators for the community, by tomorrow."""

    def planned(quantity: object = 50, **changed: Any) -> Shipment:
        given: dict[str, Any] = {
            "from_site": store, "to_site": point, "wanted": [Wanted(masks, quantity)],  # type: ignore[arg-type]
            "carrier": cast.units["lvyuan-volunteers"], "due_at": AT + DAY, "by": cast.ruan,
            "at": AT,
        }  # fmt: skip
        return plan_shipment(**(given | changed))

    return planned


@pytest.fixture
def shipment(plan: Planning) -> Shipment:
    """Planned, nothing more."""
    return plan()


@pytest.fixture
def on_the_way(cast: Cast, shipment: Shipment) -> Shipment:
    """Loaded by the hospital and on the road with the volunteers."""
    load_shipment(shipment=shipment, vehicle="浙A 12345", by=cast.ruan, at=AT + HOUR)
    return leave_shipment(shipment=shipment, by=cast.chu, at=AT + HOUR)


@pytest.fixture
def last_act(db: None) -> Callable[[], Act]:
    """The act that was written last."""
    return lambda: Act.objects.order_by("-id")[0]


def in_site(site: Site) -> Decimal:
    """What the books say lies there."""
    return held(accounts.account_of_site(site.id))


def in_transit(shipment: Shipment) -> Decimal:
    """What the books say is on the way."""
    return held(accounts.on_the_way("shipment", shipment.id, unit=shipment.carrier).id)


def outside(kind: AccountKind) -> Decimal:
    """What went out (or came in, negative) by this way."""
    entries = Entry.objects.filter(account=accounts.outside(kind))
    return sum((entry.quantity for entry in entries), Decimal(0))


def reserved(site: Site) -> Decimal:
    """What is kept there for something."""
    balances = Balance.objects.filter(account_id=accounts.account_of_site(site.id))
    return sum((balance.reserved for balance in balances), Decimal(0))


def held(account: UUID) -> Decimal:
    """The sum of the balances of an account."""
    balances = Balance.objects.filter(account_id=account)
    return sum((balance.on_hand for balance in balances), Decimal(0))

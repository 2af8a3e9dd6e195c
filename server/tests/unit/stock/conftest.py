"""The catalogue laid out, and a store of the hospital with masks in two batches."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.models import Site

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SOON, LATER = date(2020, 3, 1), date(2021, 3, 1)


@pytest.fixture
def items(cast: Cast) -> dict[str, Item]:
    """All items by code."""
    lay_out_catalogue(by=cast.shen, at=AT)
    return {item.code: item for item in Item.objects.all()}


@pytest.fixture
def n95(items: dict[str, Item]) -> Item:
    """N95 respirators, counted in pieces."""
    return items["mask-n95"]


@pytest.fixture
def store(cast: Cast, items: dict[str, Item]) -> Site:
    """The hospital's store: empty."""
    return open_site(
        code="hz-hospital-store",
        name_zh="九院库房",
        name_en="Hospital store",
        kind="hospital_store",
        unit=cast.units["hz-hospital"],
        by=cast.ruan,
        at=AT,
    )


@pytest.fixture
def stocked(cast: Cast, store: Site, n95: Item) -> Site:
    """The hospital's store with 100 respirators: 60 of a later batch, 40 that expire soon."""
    receive_goods(
        site=store,
        lines=[
            Incoming(n95, 60, batch="B2", expires_on=LATER),
            Incoming(n95, 40, batch="B1", expires_on=SOON),
        ],
        by=cast.ruan,
        at=AT + HOUR,
    )
    return store


@pytest.fixture
def street_store(cast: Cast, items: dict[str, Item]) -> Site:
    """The street's store: empty, out of the hospital's sight."""
    return open_site(
        code="beishan-store",
        name_zh="北山街道物资库",
        kind="warehouse",
        unit=cast.units["beishan-street"],
        by=cast.ye,
        at=AT,
    )

"""The city command has masks; the district and two communities of it need more than there are."""

from collections.abc import Callable
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import orjson
import pytest

from tongzhou.allocations import engine, jobs, solving
from tongzhou.allocations.actions.compute_allocation import compute_allocation
from tongzhou.allocations.actions.draft_allocation import draft_allocation
from tongzhou.allocations.models import Allocation
from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.needs.actions.ask_for import Wanted, ask_for
from tongzhou.needs.models import Need
from tongzhou.stock.actions.open_site import open_site
from tongzhou.stock.actions.receive_goods import Incoming, receive_goods
from tongzhou.stock.models import Site

AT = datetime(2020, 2, 3, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Asking = Callable[..., Need]
Drafting = Callable[..., Allocation]


@pytest.fixture(autouse=True)
def _in_this_process(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine answers here, through JSON as ever; its own process has a test of its own."""
    if "real_engine" in request.fixturenames:
        return

    def asked(question: dict[str, Any], *, wanted: Callable[[int], bool]) -> Any:
        question = orjson.loads(orjson.dumps(question))
        if question.get("lines") is not None:
            return orjson.loads(orjson.dumps(engine.judge(question["problem"], question["lines"])))
        if not wanted(0):
            return None
        found = engine.solve(question["problem"], question["objective"])
        return orjson.loads(orjson.dumps(found))

    monkeypatch.setattr(solving, "_asked", asked)


@pytest.fixture
def real_engine() -> None:
    """Asks the engine in its own process."""


@pytest.fixture
def items(cast: Cast) -> dict[str, Item]:
    """All items by code."""
    lay_out_catalogue(by=cast.shen, at=AT - DAY)
    return {item.code: item for item in Item.objects.all()}


@pytest.fixture
def store(cast: Cast, items: dict[str, Item]) -> Site:
    """The city's store: 300 respirators."""
    site = open_site(
        code="hz-store", name_zh="杭州库", name_en="Hangzhou store", kind="warehouse",
        unit=cast.units["hz-command"], by=cast.lou, at=AT - DAY,
    )  # fmt: skip
    bring(site, items["mask-n95"], 300, cast=cast)
    return site


def bring(site: Site, item: Item, quantity: object, *, cast: Cast) -> None:
    """Puts something into the city's store."""
    receive_goods(
        site=site,
        lines=[Incoming(item, quantity)],
        by=cast.lou,
        at=AT - DAY,  # type: ignore[arg-type]
    )


@pytest.fixture
def ask(cast: Cast, items: dict[str, Item]) -> Asking:
    """Asks for so many of a thing."""

    def asked(by: Any, quantity: object, code: str = "mask-n95", **more: Any) -> Need:
        return ask_for(lines=[Wanted(items[code], quantity)], by=by, at=AT - HOUR, **more)  # type: ignore[arg-type]

    return asked


@pytest.fixture
def needs(cast: Cast, ask: Asking) -> dict[str, Need]:
    """The community lacks 100, the street 200, the hospital 300: 600 in all."""
    return {
        "community": ask(cast.mei, 100),
        "street": ask(cast.ye, 200),
        "hospital": ask(cast.ruan, 300, priority=1, reason="Ward full"),
    }


@pytest.fixture
def draft(cast: Cast, store: Site, needs: dict[str, Need], items: dict[str, Item]) -> Drafting:
    """Drafts an allocation of the city's respirators."""

    def drafted(**given: Any) -> Allocation:
        wanted: dict[str, Any] = {
            "name": "Respirators", "items": [items["mask-n95"]], "by": cast.lou, "at": AT,
        }  # fmt: skip
        return draft_allocation(**(wanted | given))

    return drafted


@pytest.fixture
def ready(cast: Cast, draft: Drafting) -> Allocation:
    """Drafted and computed."""
    return computed(draft(), by=cast.lou)


def computed(allocation: Allocation, *, by: Any) -> Allocation:
    """Asks for the plan and does the worker's part."""
    asked = compute_allocation(allocation=allocation, by=by, at=AT)
    jobs.compute(allocation=str(asked.id), run=asked.run)
    return fresh(allocation)


def fresh(allocation: Allocation) -> Allocation:
    """As it stands now."""
    return Allocation.objects.select_related("unit", "incident").get(id=allocation.id)


def chosen(allocation: Allocation) -> dict[UUID, Decimal]:
    """What each need gets by the plan."""
    found: dict[UUID, Decimal] = {}
    for line in allocation.lines.select_related("need_line"):
        key = line.need_line.need_id
        found[key] = found.get(key, Decimal(0)) + line.quantity
    return found

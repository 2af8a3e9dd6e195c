"""The community asks for masks; the catalogue is laid out."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from unit.clocks.conftest import works as works

from tongzhou.catalogue.actions.lay_out_catalogue import lay_out_catalogue
from tongzhou.catalogue.models import Item
from tongzhou.demo.cast import Cast
from tongzhou.needs.actions.ask_for import Wanted, ask_for
from tongzhou.needs.actions.commit import commit
from tongzhou.needs.models import Commitment, Need, NeedLine

AT = datetime(2020, 1, 23, 10, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
Asking = Callable[..., Need]
Giving = Callable[..., Commitment]


@pytest.fixture
def items(cast: Cast) -> dict[str, Item]:
    """All items by code."""
    lay_out_catalogue(by=cast.shen, at=AT)
    return {item.code: item for item in Item.objects.all()}


@pytest.fixture
def ask(cast: Cast, items: dict[str, Item]) -> Asking:
    """Asks for so many of things, for the community, by its lead."""

    def asked(*things: tuple[str, object], **given: Any) -> Need:
        lines = [Wanted(items[code], amount) for code, amount in things or [("mask-n95", 1000)]]  # type: ignore[arg-type]
        wanted: dict[str, Any] = {"lines": lines, "by": cast.mei, "at": AT}
        return ask_for(**(wanted | given))

    return asked


@pytest.fixture
def need(ask: Asking) -> Need:
    """A thousand respirators for the community."""
    return ask()


@pytest.fixture
def give(cast: Cast, items: dict[str, Item]) -> Giving:
    """Commits to the first line of a need, by the street."""

    def given(need: Need, quantity: object = 400, **more: Any) -> Commitment:
        wanted: dict[str, Any] = {
            "line": line(need), "quantity": quantity, "by": cast.ye, "at": AT + HOUR,
        }  # fmt: skip
        return commit(**(wanted | more))

    return given


def line(need: Need, place: int = 1) -> NeedLine:
    """A line of a need as it stands now."""
    return NeedLine.objects.select_related("need", "item").get(need=need, place=place)

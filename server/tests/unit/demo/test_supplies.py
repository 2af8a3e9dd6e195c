"""The stores of the demonstration: nothing runs out before the story ends, and there is something
idle, something expired and something below its minimum to be found."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from tongzhou.demo import stores
from tongzhou.demo.cast import Cast
from tongzhou.demo.scenario import load
from tongzhou.demo.steps import Ref
from tongzhou.demo.supplies import supplies
from tongzhou.stock import queries as stock
from tongzhou.stock.queries import listing

ACTS: dict[str, Callable[..., None]] = {
    "catalogue.lay_out": stores.lay_out,
    "stock.open_store": stores.open_store,
    "stock.deliver": stores.deliver,
    "stock.issue": stores.issue,
}


def test_the_stores_are_played_to_the_end(cast: Cast) -> None:
    now = cast.at + timedelta(days=60)

    for step in sorted(supplies(load(), now), key=lambda step: step.at):
        user, _at, unit = step.by.partition("@")
        by = cast.posts.get(user)
        if by is None or by.unit.code != unit:
            continue  # of a unit that only the scenario has
        given: dict[str, Any] = {
            name: cast.units[value.key] if isinstance(value, Ref) else value
            for name, value in step.args.items()
        }
        ACTS[step.act](**given, by=by, at=step.at)

    reserve = stock.holdings(visible_to=cast.tang, at=now)
    assert {held.site.code for held in reserve} >= {"zj-reserve", "hz-hospital-store"}
    assert stock.idle(days=40, visible_to=cast.tang, at=now)
    assert listing.listed(visible_to=cast.ruan, at=now, show="expired").rows
    assert listing.listed(visible_to=cast.ruan, at=now, show="below").rows

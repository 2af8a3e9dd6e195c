"""What is on the road when the demo has been played: goods out of stores for those who called,
some on the way, some late, some received with less than was loaded."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from tongzhou.demo.scenario import Scenario
from tongzhou.demo.steps import Ref, Step, Value, area, unit


@dataclass(frozen=True)
class Journey:
    """A shipment: out of a store, to a store of ``receiver`` or into its use, for a need whose
    line it meets. Times in hours before the present; ``due``: after it."""

    key: str
    giver: str
    store: str
    receiver: str
    line: str
    planned: float
    due: float
    to_store: str = ""
    need: str = ""
    carrier: str = ""
    left: float | None = None
    seen: tuple[float, str] | None = None
    arrived: float | None = None
    received: float | None = None
    short: int = 0


JOURNEYS: Final = (
    # To a hospital that waits; last seen half-way.
    Journey("oujiang-masks", "zj-health", "zj-reserve", "wz-hospital", "mask-n95 10000", 22, 4,
            to_store="wz-hospital-store", need="oujiang", left=5, seen=(2, "3310")),
    # Should have been there an hour ago, and nobody says where it is.
    Journey("nine-coveralls", "zj-health", "zj-reserve", "hz-hospital", "coverall 400", 6, -1,
            to_store="hz-hospital-store", need="nine", left=5.5),
    # Came with less than was loaded; what became of the rest is still open.
    Journey("ningbo-masks", "zj-health", "zj-reserve", "nb-hospital", "mask-n95 8000", 60, -28,
            need="ningbo", left=40, arrived=30, received=29, short=120),
    # Waits in the store of the street to be picked.
    Journey("baoshi-thermometers", "beishan-street", "beishan-store", "baoshi-community",
            "thermometer-ir 4", 2, 20, to_store="baoshi-point", need="baoshi",
            carrier="lvyuan-volunteers"),
)  # fmt: skip


def journeys(scenario: Scenario, now: datetime) -> Iterator[Step]:
    """Given, planned, left, seen, arrived, received."""

    def ago(hours: float) -> datetime:
        return now - timedelta(hours=hours)

    def by(code: str) -> str:
        return scenario.units[code].spokesperson().post

    for one in JOURNEYS:
        if not {one.giver, one.receiver} <= set(scenario.units):
            continue
        giver, carrier = by(one.giver), one.carrier if one.carrier in scenario.units else ""
        road, due = Ref("shipment", one.key), now + timedelta(hours=one.due)
        gift: dict[str, Value] = {
            "need": Ref("need", one.need), "line": one.line, "store": one.store, "due_at": due,
        }  # fmt: skip
        plan: dict[str, Value] = {
            **gift, "to_store": one.to_store, "receiver": unit(one.receiver),
            "carrier": unit(carrier) if carrier else None,
        }  # fmt: skip
        yield Step(ago(one.planned), "needs.give", giver, gift)
        yield Step(ago(one.planned - 0.2), "shipments.plan", giver, plan, one.key)
        if one.left is not None:
            yield Step(ago(one.left), "shipments.leave", giver, {"shipment": road})
        if one.seen is not None:
            hours, place = one.seen
            where: dict[str, Value] = {"shipment": road, "area": area(place)}
            yield Step(ago(hours), "shipments.report_position", giver, where)
        if one.arrived is not None:
            yield Step(ago(one.arrived), "shipments.arrive", giver, {"shipment": road})
        if one.received is not None:
            came: dict[str, Value] = {"shipment": road, "short": one.short}
            yield Step(ago(one.received), "shipments.receive", by(one.receiver), came)

"""What is on the road in the demonstration: something on the way, late, differing, to be picked."""

from datetime import timedelta
from typing import Any

from tongzhou.demo.calls import calls
from tongzhou.demo.cast import Cast
from tongzhou.demo.journeys import JOURNEYS, journeys
from tongzhou.demo.performing import ACTS
from tongzhou.demo.scenario import load
from tongzhou.demo.steps import Ref
from tongzhou.demo.supplies import supplies
from tongzhou.shipments.choices import State
from tongzhou.shipments.models import Shipment


def test_every_kind_of_journey_is_told() -> None:
    late = [one for one in JOURNEYS if one.left is not None and one.received is None]

    assert {one.due < 0 for one in late} == {True, False}
    assert any(one.short for one in JOURNEYS)
    assert any(one.left is None for one in JOURNEYS)


def test_the_journeys_of_the_cast_are_played_to_the_present(cast: Cast) -> None:
    now, scenario = cast.at + timedelta(days=60), load()
    made: dict[Ref, Any] = {}
    speakers = {post.unit.code: post for post in cast.posts.values()}
    steps = [*supplies(scenario, now), *calls(scenario, now), *journeys(scenario, now)]

    for step in sorted(steps, key=lambda step: step.at):
        user, _at, unit = step.by.partition("@")
        by = cast.posts.get(user)
        by = by if by is not None and by.unit.code == unit else speakers.get(unit)
        refs = [x for x in step.args.values() if isinstance(x, Ref)]
        known = all(x in made or (x.kind == "unit" and x.key in cast.units) for x in refs)
        if by is None or not known:
            continue  # of a unit that only the scenario has
        act = ACTS[step.act]
        given: dict[str, Any] = {
            name: (made.get(value) or cast.units[value.key]) if isinstance(value, Ref) else value
            for name, value in step.args.items()
        }
        done = act.call(**given, by=by, at=step.at)
        if act.makes:
            made[Ref(act.makes, step.makes)] = done

    states = {shipment.receiver.code: shipment.state for shipment in Shipment.objects.all()}
    assert states == {"hz-hospital": State.ON_THE_WAY, "baoshi-community": State.PLANNED}

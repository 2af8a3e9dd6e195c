"""The response stands up from the plan of its level, and is stepped down with it."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Final

from tongzhou.demo.asked import INCIDENT
from tongzhou.demo.command import COMMANDER
from tongzhou.demo.season import moment
from tongzhou.demo.steps import Ref, Step, Value

#: When which plan stands up: some time after the level was set. A later one takes the place of
#: the one before; at level III the province leaves it to the cities.
_PLANS: Final = (
    ("response-i", "01-23 16:40"),
    ("response-ii", "03-02 16:45"),
)
_ENDS: Final = "03-23 16:20"
_WOUND_UP: Final = (
    ("accept", "03-23 18:30"), ("finish", "03-26 11:20"), ("confirm", "03-26 17:40"),
)  # fmt: skip
#: Of so many parts of its tasks all but the last are done; that one is never accepted.
_PARTS: Final = 6


def planned() -> Iterator[Step]:
    """Stands up, carries on, steps down."""
    last = None
    for key, written in _PLANS:
        at, last = moment(written), Ref("stand_up", key)
        stood: dict[str, Value] = {"incident": INCIDENT, "plan": key}
        yield Step(at, "plans.stand_up", COMMANDER, stood, key)
        yield from _work(last, at)
    if last is not None:
        ended: dict[str, Value] = {
            "stand_up": last,
            "reason": "本地传播阻断 · Local transmission has stopped",
        }  # fmt: skip
        yield Step(moment(_ENDS), "plans.step_down", COMMANDER, ended)
        yield from _wind_up(last)


def _wind_up(ref: Ref) -> Iterator[Step]:
    """The tasks of stepping down, all done before their time."""
    for verb, written in _WOUND_UP:
        args: dict[str, Value] = {"stand_up": ref, "verb": verb, "kind": "step"}
        yield Step(moment(written), "plans.carry_on", COMMANDER, args)


def _work(ref: Ref, at: datetime) -> Iterator[Step]:
    for part in range(_PARTS - 1):
        for verb, hours in (
            ("accept", 1.2 + 0.9 * part), ("finish", 17 + 7 * part), ("confirm", 20 + 7 * part),
        ):  # fmt: skip
            args: dict[str, Value] = {
                "stand_up": ref, "verb": verb, "part": part, "of": _PARTS,
            }  # fmt: skip
            yield Step(at + timedelta(hours=hours), "plans.carry_on", COMMANDER, args)

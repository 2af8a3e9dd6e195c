"""The whole story as a list of steps: made from the scenario and a seed alone, without a
database, so that the same seed gives the same steps wherever it is played."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from tongzhou.demo.command import command
from tongzhou.demo.hotline import Hotline
from tongzhou.demo.noticed import noticed
from tongzhou.demo.opening import opening
from tongzhou.demo.planned import planned
from tongzhou.demo.powers import powers
from tongzhou.demo.public_data import PublicData
from tongzhou.demo.scenario import Scenario
from tongzhou.demo.scripts import script
from tongzhou.demo.season import ZONE
from tongzhou.demo.steps import PartOf, Ref, Step
from tongzhou.demo.work import Work

_SMALL = 0.2
#: Stories of the command layer, each a file of ``scenario/scripts``.
SCRIPTS: Final = ("reports", "shifts", "oversight", "whistles", "burden", "funds", "aid")
#: How it ends, behind everything else.
CLOSING: Final = "closing"
#: What is told to its end when the story is over: work that was asked for in it.
_GOES_ON: Final = ("tasks.", "hotline.")


def steps(
    scenario: Scenario, seed: int, *, scale: float = 1.0, data: PublicData | None = None
) -> list[Step]:
    """All steps from the making of the cast to the end of the response, by simulated time.
    Work is asked for until the evening of 29 March 2020; what was asked for is told to its end.
    ``scale``: how much of the work, 1 for all; below 0.2 counties without units and the
    plans of the response are left out.
    ``data``: figures of the cities by day, recorded with those of the province, and areas to
    import.
    """
    until = datetime.fromisoformat(scenario.tempo["until"]).replace(tzinfo=ZONE)
    # Sorting keeps the order of steps of the same second: within a story it is right already.
    made = sorted(_everything(scenario, seed, scale, data or PublicData()), key=lambda s: s.at)
    told = [*_in_time(made, until), *script(scenario, CLOSING)]
    return sorted(told, key=lambda step: step.at)


def _in_time(steps: Iterable[Step], until: datetime) -> Iterator[Step]:
    """Steps by time, without those that begin something after ``until`` and what hangs on
    them."""
    left_out: set[str] = set()
    for step in steps:
        named = {value.key for value in step.args.values() if isinstance(value, Ref)}
        begins = bool(step.makes) or step.act == "tasks.split_task"
        late = step.at > until and (begins or not step.act.startswith(_GOES_ON))
        if late or named & left_out:
            left_out |= {step.makes, *_parts(step)} - {""}
        else:
            yield step


def _parts(step: Step) -> set[str]:
    parts = step.args.get("parts", ())
    assert isinstance(parts, tuple)
    return {part.key for part in parts if isinstance(part, PartOf)}


def _everything(scenario: Scenario, seed: int, scale: float, data: PublicData) -> Iterator[Step]:
    yield from opening(scenario, small=scale < _SMALL, geo=data.geo)
    yield from command(scenario, seed, data.cities)
    yield from noticed(scenario, seed)
    for name in SCRIPTS:
        yield from script(scenario, name)
    yield from powers(scenario)
    if scale >= _SMALL:
        yield from planned()
    yield from Hotline(scenario, seed, scale).steps()
    yield from Work(scenario, seed, scale).steps()

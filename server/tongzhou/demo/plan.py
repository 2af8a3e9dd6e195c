"""The whole story as a list of steps: made from the scenario and a seed alone, without a
database, so that the same seed gives the same steps wherever it is played."""

from collections.abc import Iterator
from datetime import datetime

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
from tongzhou.demo.steps import Step
from tongzhou.demo.work import Work

_SMALL = 0.2
#: Stories of the command layer, each a file of ``scenario/scripts``.
SCRIPTS = ("reports", "shifts", "oversight", "whistles", "burden")


def steps(
    scenario: Scenario, seed: int, *, scale: float = 1.0, data: PublicData | None = None
) -> list[Step]:
    """All steps from the making of the cast to the evening of 29 March 2020, by simulated
    time. ``scale``: how much of the work, 1 for all; below 0.2 counties without units are
    left out. ``data``: figures of the cities by day, recorded with those of the province, and
    areas to import.
    """
    until = datetime.fromisoformat(scenario.tempo["until"]).replace(tzinfo=ZONE)
    made = [
        step
        for step in _everything(scenario, seed, scale, data or PublicData())
        if step.at <= until
    ]
    # Sorting keeps the order of steps of the same second: within a story it is right already.
    return sorted(made, key=lambda step: step.at)


def _everything(scenario: Scenario, seed: int, scale: float, data: PublicData) -> Iterator[Step]:
    yield from opening(scenario, small=scale < _SMALL, geo=data.geo)
    yield from command(scenario, seed, data.cities)
    yield from noticed(scenario, seed)
    for name in SCRIPTS:
        yield from script(scenario, name)
    if scale >= _SMALL:
        yield from powers(scenario)
        yield from planned()
    yield from Hotline(scenario, seed, scale).steps()
    yield from Work(scenario, seed, scale).steps()

"""The steps before the story: the cast, then the rest of the province, its units and people."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

from tongzhou.actors.vocabulary import Role
from tongzhou.demo.scenario import Scenario, UnitRow
from tongzhou.demo.season import moment
from tongzhou.demo.steps import Step, Value, area, unit

ADMINISTRATOR: Final = "an@zj-command"
_BEGINS: Final = "01-22 16:00"


def opening(scenario: Scenario, *, small: bool = False, geo: Sequence[Path] = ()) -> Iterator[Step]:
    """One step for each area, unit and post. ``small``: only the areas that have units, for
    short plays. ``geo``: folders from which areas, census figures and boundaries of the
    province are imported on top."""
    at = moment(_BEGINS)
    yield Step(at, "demo.assemble")
    needed = {unit.area[: len(code)] for unit in scenario.units.values() for code in scenario.areas}
    for row in scenario.areas.values():
        if row.cast or (small and row.code not in needed):
            continue
        at += timedelta(seconds=1)
        args: dict[str, Value] = {
            "code": row.code,
            "name_zh": row.zh,
            "name_en": row.en,
            "level": row.level,
            "parent": area(row.parent),
            "population": row.population,
            "lon": row.lon,
            "lat": row.lat,
            "source": row.source,
        }
        yield Step(at, "places.create_area", ADMINISTRATOR, args, makes=row.code)
    if geo:
        at += timedelta(seconds=1)
        given: dict[str, Value] = {"paths": tuple(map(str, geo)), "within": "33"}
        yield Step(at, "places.import_areas", ADMINISTRATOR, given)
    for unit_row in scenario.units.values():
        at += timedelta(seconds=1)
        yield from _unit(unit_row, at)


def _unit(row: UnitRow, at: datetime) -> Iterator[Step]:
    if not row.cast:
        args: dict[str, Value] = {
            "code": row.code,
            "name_zh": row.zh,
            "name_en": row.en,
            "sector": row.sector,
            "level": row.level,
            "area": area(row.area),
            "parent": unit(row.parent) if row.parent else None,
        }
        yield Step(at, "actors.create_unit", ADMINISTRATOR, args, makes=row.code)
    for person in row.people:
        if person.cast:
            continue
        appointed: dict[str, Value] = {
            "username": person.username,
            "name_zh": person.zh,
            "name_en": person.en,
            "unit": unit(row.code),
            "role": Role(person.role).value,
        }
        yield Step(at, "actors.appoint_person", ADMINISTRATOR, appointed, makes=person.post)

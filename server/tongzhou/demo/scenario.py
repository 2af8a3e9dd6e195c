"""The scenario as it stands in ``scenario/*.yaml``, read into rows that a plan can use.

Areas, units and people of the cast come first; the files add the rest of the province.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final

import yaml

from tongzhou.actors.models import Sector
from tongzhou.actors.vocabulary import ROLES, TASK_FORWARD, Role
from tongzhou.demo.cast import MEMBERS, PLACES, UNITS, Organisation
from tongzhou.places.models import Level

NAME: Final = "zhejiang-2020"
_FOLDER: Final = Path(__file__).parent / "scenario"
#: Sectors of those who work with the authorities without being of them.
SOCIETY: Final = frozenset(
    {
        Sector.PROPERTY_FIRM,
        Sector.SOCIAL_ORGANISATION,
        Sector.VOLUNTEER_TEAM,
        Sector.ENTERPRISE,
        Sector.MEDIA,
        Sector.RESIDENTS_GROUP,
    }
)
_LEVELS: Final = {2: Level.PROVINCE, 4: Level.CITY, 6: Level.DISTRICT, 9: Level.STREET,
                  12: Level.COMMUNITY, 14: Level.GRID}  # fmt: skip
#: Who speaks for a unit: the first of these roles that somebody of it holds.
_SPEAKS: Final = (
    Role.COMMANDER, Role.DEPARTMENT_LIAISON, Role.EPIDEMIOLOGIST, Role.HOSPITAL_LIAISON,
    Role.STREET_COORDINATOR, Role.COMMUNITY_LEAD, Role.PROPERTY_MANAGER, Role.VOLUNTEER_LEADER,
    Role.INFORMATION_OFFICER, Role.GRID_WORKER,
)  # fmt: skip


@dataclass(frozen=True)
class AreaRow:
    """An area; ``cast`` where the cast makes it. Codes of the story are prefixes of those of
    the areas inside."""

    code: str
    zh: str
    en: str
    level: str
    parent: str
    population: int | None = None
    lon: float | None = None
    lat: float | None = None
    source: str = ""
    cast: bool = False


@dataclass(frozen=True)
class PersonRow:
    """Somebody and their post; ``post`` is its key."""

    unit: str
    role: Role
    username: str
    zh: str
    en: str
    cast: bool = False

    @property
    def post(self) -> str:
        """The key of the post."""
        return f"{self.username}@{self.unit}"


@dataclass(frozen=True)
class UnitRow:
    """A unit with its kind, its line of command (top first, itself included) and people."""

    code: str
    kind: str
    zh: str
    en: str
    sector: str
    level: str
    area: str
    parent: str
    line: tuple[str, ...]
    people: tuple[PersonRow, ...]
    cast: bool = False

    @property
    def society(self) -> bool:
        """True outside of the authorities."""
        return self.sector in SOCIETY

    @property
    def city(self) -> str:
        """The code of its city; that of the province for the province's own."""
        return self.area[:4]

    def spokesperson(self) -> PersonRow:
        """Who acts for the unit when nobody in particular does."""
        return min(self.people, key=lambda p: _SPEAKS.index(p.role) if p.role in _SPEAKS else 99)

    def holder(self, role: Role) -> PersonRow | None:
        """Who holds this role in the unit."""
        return next((person for person in self.people if person.role == role), None)

    @property
    def manages(self) -> bool:
        """True where its spokesperson may forward, split and urge, which the front line may
        not."""
        return TASK_FORWARD in ROLES[self.spokesperson().role]


@dataclass(frozen=True)
class Template:
    """What units of some kinds ask of units of others."""

    topic: str
    route: str
    askers: frozenset[str]
    leads: frozenset[str]
    work: str
    hours: tuple[int, int]
    zh: str
    en: str


@dataclass(frozen=True)
class Scenario:
    """All of it. What has a shape of its own stays as it is in its file."""

    areas: Mapping[str, AreaRow]
    units: Mapping[str, UnitRow]
    templates: Sequence[Template]
    campaigns: Sequence[Sequence[Any]]
    tempo: Mapping[str, Any]
    words: Mapping[str, Any]
    incident: Mapping[str, Any]
    signals: Mapping[str, Any]
    counts: Mapping[str, Any]
    present: Mapping[str, Any]
    hotline: Mapping[str, Any]

    def of_kind(self, *kinds: str) -> list[UnitRow]:
        """The units of these kinds, in the order of the files."""
        return [unit for unit in self.units.values() if unit.kind in kinds]

    def below(self, unit: UnitRow) -> list[UnitRow]:
        """The units directly below one in the line of command."""
        return [other for other in self.units.values() if other.parent == unit.code]


@cache
def load() -> Scenario:
    """Reads the scenario. Raises ValueError or KeyError where the files do not fit together:
    a mistake of whoever wrote them, found by the first test."""
    areas = _areas(_read("areas"))
    return Scenario(
        areas=areas,
        units=_units(_read("units"), areas),
        templates=[_template(row) for row in _read("tasks")],
        campaigns=_read("campaigns"),
        tempo=_read("tempo"),
        words=_read("words"),
        incident=_read("incident"),
        signals=_read("signals"),
        counts=_read("counts"),
        present=_read("present"),
        hotline=_read("hotline"),
    )


def _read(name: str) -> Any:
    return yaml.safe_load((_FOLDER / f"{name}.yaml").read_text(encoding="utf-8"))


def code_of(text: str) -> str:
    """The code of an area as the files write it: "beishan" is the cast's street, "@902" a
    community of it."""
    street = next(place.code for place in PLACES if place.level == Level.STREET)
    if text == "beishan":
        return street
    return street + text[1:] if text.startswith("@") else text


def _areas(raw: Mapping[str, Any]) -> dict[str, AreaRow]:
    found = {
        p.code: AreaRow(p.code, p.name_zh, p.name_en, p.level, p.parent, cast=True) for p in PLACES
    }

    def add(row: AreaRow) -> None:
        if row.parent not in found:
            raise ValueError(f"area {row.code} stands before its parent {row.parent}")
        found.setdefault(row.code, row)

    for city in raw["cities"]:
        code = city["code"]
        if code not in found:
            add(
                AreaRow(
                    code,
                    city["zh"],
                    city["en"],
                    Level.CITY,
                    code[:2],
                    city["population"],
                    city["lon"],
                    city["lat"],
                    f"{raw['divisions']}; {raw['census']}",
                )
            )
        for county, zh, en in city["counties"]:
            add(AreaRow(county, zh, en, Level.DISTRICT, code, source=raw["divisions"]))
    for district, streets in raw["streets"].items():
        for street, zh, en in streets:
            add(AreaRow(street, zh, en, Level.STREET, district, source=raw["divisions"]))
    above = code_of("beishan")
    for row in raw["communities"]["list"]:
        code = above + row["code"]
        if code not in found:
            add(AreaRow(code, row["zh"], row["en"], Level.COMMUNITY, above, source=raw["invented"]))
        for number in range(1, row["grids"] + 1):
            grid = f"{code}{number:02}"
            zh, en = f"第{'一二三四五六'[number - 1]}网格", f"Grid {number}"
            add(AreaRow(grid, zh, en, Level.GRID, code, source=raw["invented"]))
    return found


def _units(raw: Mapping[str, Any], areas: Mapping[str, AreaRow]) -> dict[str, UnitRow]:
    people: dict[str, list[PersonRow]] = {}
    for m in MEMBERS:
        person = PersonRow(m.unit, m.role, m.username, m.name_zh, m.name_en, cast=True)
        people.setdefault(m.unit, []).append(person)
    for unit, role, username, zh, en in raw["posts"]:
        people.setdefault(unit, []).append(PersonRow(unit, Role(role), username, zh, en))
    found: dict[str, UnitRow] = {}

    def add(o: Organisation, kind: str, *, cast: bool) -> None:
        if o.area not in areas:
            raise ValueError(f"unit {o.code}: there is no area {o.area}")
        line = (*(found[o.parent].line if o.parent else ()), o.code)
        found[o.code] = UnitRow(
            o.code, kind, o.name_zh, o.name_en, o.sector, o.level, o.area, o.parent, line,
            tuple(people.get(o.code, ())), cast,
        )  # fmt: skip

    for organisation in UNITS:
        add(organisation, raw["cast"].get(organisation.code, ""), cast=True)
    for code, kind, given, parent, zh, en, username, name_zh, name_en in raw["units"]:
        sector, role = raw["kinds"][kind]
        people.setdefault(code, []).insert(
            0, PersonRow(code, Role(role), username, name_zh, name_en)
        )
        area = code_of(given)
        level = _LEVELS[len(area)]
        add(Organisation(code, zh, en, Sector(sector), level, area, parent), kind, cast=False)
    return found


def _template(row: Sequence[Any]) -> Template:
    topic, route, askers, leads, work, hours, zh, en = row
    low, high = map(int, hours.split("-"))
    return Template(
        topic, route, frozenset(askers.split("|")), frozenset(leads.split("|")), work,
        (low, high), zh, en,
    )  # fmt: skip

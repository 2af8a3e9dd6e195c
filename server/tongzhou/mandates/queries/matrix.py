"""The matrix of duties and units, filtered and cut to what one page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tongzhou.mandates.checks import Id, Problem, ProblemKind
from tongzhou.mandates.models import Duty
from tongzhou.mandates.parts import LETTERS, Part
from tongzhou.mandates.queries.snapshot import Snapshot, UnitLine

#: More lines or columns than these are for a spreadsheet.
MOST_DUTIES = 600
MOST_UNITS = 120
_ORDER = {part.value: place for place, part in enumerate(Part)}


@dataclass(frozen=True)
class Wanted:
    """What of the matrix is looked at: words of the duty's name or code, units of a sector
    or below an area (its path) or one unit, one side, problems alone."""

    q: str = ""
    sector: str = ""
    path: str = ""
    unit: str = ""
    side: str = ""
    problems: bool = False


@dataclass(frozen=True)
class Cell:
    """What a unit is to a duty: its parts in order, those that wait for consent, and whether
    something is wrong with it."""

    parts: tuple[str, ...]
    asked: tuple[str, ...]
    red: bool

    @property
    def letters(self) -> str:
        """A, R, C, I."""
        return "".join(LETTERS[part] for part in self.parts)


@dataclass(frozen=True)
class Row:
    """One duty with its cells by unit, and what is wrong with it."""

    duty: Duty
    cells: Mapping[Id, Cell]
    problems: list[Problem]

    @property
    def nobody(self) -> bool:
        """True when nobody is accountable, somewhere."""
        return any(p.kind == ProblemKind.NOBODY for p in self.problems)


@dataclass(frozen=True)
class Matrix:
    """Rows and columns; ``duty_count`` and ``unit_count`` are those before the cut."""

    rows: list[Row]
    units: list[UnitLine]
    duty_count: int
    unit_count: int


def matrix(found: Snapshot, wanted: Wanted) -> Matrix:
    """The matrix as one page shows it: columns are the units that take part in a duty shown
    (all that fit, where one asks for a sector or an area)."""
    units = {unit.id: unit for unit in found.units.values() if _fits(unit, wanted)}
    wrong: dict[Id, list[Problem]] = {}
    for problem in found.problems:
        if problem.duty is not None:
            wrong.setdefault(problem.duty, []).append(problem)
    red = {p.charge for p in found.problems if p.charge is not None}
    cells = _cells(found, units, red)
    narrowed = bool(wanted.sector or wanted.path or wanted.unit)
    rows = [
        Row(duty, cells.get(key, {}), _of(wrong.get(key, []), units, narrowed))
        for key, duty in found.duties.items()
        if _matches(duty, wanted)
    ]
    if narrowed:
        rows = [row for row in rows if row.cells]
    if wanted.problems:
        rows = [row for row in rows if row.problems]
    busy = {unit for row in rows for unit in row.cells}
    columns = [unit for unit in units.values() if unit.id in busy]
    return Matrix(rows[:MOST_DUTIES], columns[:MOST_UNITS], len(rows), len(columns))


def _of(problems: Iterable[Problem], units: Mapping[Id, UnitLine], narrowed: bool) -> list[Problem]:
    """Those that concern the units looked at."""
    if not narrowed:
        return list(problems)
    return [p for p in problems if p.unit is None or p.unit in units]


def _matches(duty: Duty, wanted: Wanted) -> bool:
    if wanted.side and duty.side != wanted.side:
        return False
    text = f"{duty.code} {duty.name_zh} {duty.name_en}".lower()
    return all(word in text for word in wanted.q.lower().split())


def _fits(unit: UnitLine, wanted: Wanted) -> bool:
    if wanted.unit and unit.code != wanted.unit:
        return False
    if wanted.sector and unit.sector != wanted.sector:
        return False
    return unit.path.startswith(wanted.path)


def _cells(found: Snapshot, units: Mapping[Id, UnitLine], red: set[Id]) -> dict[Id, dict[Id, Cell]]:
    parts: dict[Id, dict[Id, list[tuple[str, bool, bool]]]] = {}
    for held in found.held:
        if held.cells & found.within and held.unit in units:
            row = parts.setdefault(held.duty, {})
            row.setdefault(held.unit, []).append((held.part, True, held.id in red))
    for waits in found.waiting:
        if waits.cells & found.within and waits.unit in units:
            row = parts.setdefault(waits.duty, {})
            row.setdefault(waits.unit, []).append((waits.part, False, False))
    # Few cells differ: each kind of cell is made once.
    made: dict[tuple[tuple[str, bool, bool], ...], Cell] = {}

    def cell(entries: list[tuple[str, bool, bool]]) -> Cell:
        key = tuple(entries)
        if key not in made:
            made[key] = _cell(key)
        return made[key]

    return {
        duty: {unit: cell(entries) for unit, entries in row.items()} for duty, row in parts.items()
    }


def _cell(entries: Iterable[tuple[str, bool, bool]]) -> Cell:
    """The cell of these entries: part, whether it is in force, whether a means is missing."""
    has = {part for part, in_force, _red in entries if in_force}
    asked = {part for part, in_force, _red in entries if not in_force}
    return Cell(
        tuple(sorted(has, key=_ORDER.__getitem__)),
        tuple(sorted(asked - has, key=_ORDER.__getitem__)),
        any(red for _part, _in_force, red in entries),
    )

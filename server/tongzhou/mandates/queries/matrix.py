"""The matrix of duties and units, filtered and cut to what one page shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from tongzhou.mandates.checks import Problem, ProblemKind
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
    cells: Mapping[UUID, Cell]
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
    wrong: dict[UUID, list[Problem]] = {}
    for problem in found.problems:
        if problem.duty is not None:
            wrong.setdefault(problem.duty, []).append(problem)
    red = {p.charge for p in found.problems if p.charge is not None}
    cells = _cells(found, units, red)
    narrowed = bool(wanted.sector or wanted.path or wanted.unit)
    rows = [
        Row(duty, cells.get(duty.id, {}), _of(wrong.get(duty.id, []), units, narrowed))
        for duty in found.duties.values()
        if _matches(duty, wanted)
    ]
    if narrowed:
        rows = [row for row in rows if row.cells]
    if wanted.problems:
        rows = [row for row in rows if row.problems]
    busy = {unit for row in rows for unit in row.cells}
    columns = [unit for unit in units.values() if unit.id in busy]
    return Matrix(rows[:MOST_DUTIES], columns[:MOST_UNITS], len(rows), len(columns))


def _of(
    problems: Iterable[Problem], units: Mapping[UUID, UnitLine], narrowed: bool
) -> list[Problem]:
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


def _cells(
    found: Snapshot, units: Mapping[UUID, UnitLine], red: set[UUID]
) -> dict[UUID, dict[UUID, Cell]]:
    parts: dict[tuple[UUID, UUID], tuple[set[str], set[str], list[bool]]] = {}
    for held in found.held:
        if held.unit in units and held.cells & found.within:
            entry = parts.setdefault((held.duty, held.unit), (set(), set(), []))
            entry[0].add(held.part)
            if held.id in red:
                entry[2].append(True)
    for waits in found.waiting:
        if waits.unit in units and waits.cells & found.within:
            parts.setdefault((waits.duty, waits.unit), (set(), set(), []))[1].add(waits.part)
    made: dict[UUID, dict[UUID, Cell]] = {}
    for (duty, unit), (has, asked, bad) in parts.items():
        made.setdefault(duty, {})[unit] = Cell(
            tuple(sorted(has, key=_ORDER.__getitem__)),
            tuple(sorted(asked - has, key=_ORDER.__getitem__)),
            bool(bad),
        )
    return made

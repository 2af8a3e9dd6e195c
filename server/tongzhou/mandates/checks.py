"""What is wrong with a set of duties: a pure function from who is charged to problems."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from tongzhou.mandates import cells
from tongzhou.mandates.parts import WORKING, Part

#: An id as text: a matrix is looked up some hundred thousand times, and text is quick to find.
Id = str


class ProblemKind(StrEnum):
    """What can be wrong."""

    #: Nobody is accountable, at all or in some cells of an area where others do the work.
    NOBODY = "nobody"
    #: Two units are accountable for the same cell.
    TWO = "two"
    #: A unit does the work without some of the means that the duty needs.
    MEANS = "means"
    #: A unit takes part in no duty.
    IDLE = "idle"


@dataclass(frozen=True)
class Held:
    """A charge in force: ``path`` is that of its area, ``means`` the kinds that are there."""

    id: Id
    duty: Id
    unit: Id
    area: Id
    path: str
    part: str
    cells: int
    means: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Owed:
    """A duty that somebody owes, with the means that it needs."""

    id: Id
    needs: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong; ``cells`` where it is, ``missing`` the means that lack."""

    kind: ProblemKind
    duty: Id | None = None
    unit: Id | None = None
    charge: Id | None = None
    area: Id | None = None
    cells: int = 0
    missing: tuple[str, ...] = ()
    others: tuple[Id, ...] = field(default=())


def find(
    duties: Iterable[Owed],
    held: Sequence[Held],
    units: Iterable[Id],
    *,
    within: int = cells.EVERY,
) -> list[Problem]:
    """All that is wrong in these cells: duties without one accountable unit, with two, or
    without means, and units without a duty. The same input gives the same list."""
    by_duty: dict[Id, list[Held]] = {}
    for charge in held:
        if charge.cells & within:
            by_duty.setdefault(charge.duty, []).append(charge)
    found: list[Problem] = []
    for duty in duties:
        charges = by_duty.get(duty.id, [])
        found += _accountable(duty, charges, within)
        found += _means(duty, charges)
    busy = {charge.unit for charges in by_duty.values() for charge in charges}
    found += [Problem(ProblemKind.IDLE, unit=unit) for unit in units if unit not in busy]
    return found


def counts(problems: Iterable[Problem]) -> Mapping[str, int]:
    """How many of each kind; every kind is there."""
    found = {kind.value: 0 for kind in ProblemKind}
    for problem in problems:
        found[problem.kind] += 1
    return found


def _accountable(duty: Owed, charges: Sequence[Held], within: int) -> list[Problem]:
    heads = [charge for charge in charges if charge.part == Part.ACCOUNTABLE]
    if not heads:
        return [Problem(ProblemKind.NOBODY, duty.id, cells=within)]
    return [*_twice(duty, heads, within), *_gaps(duty, charges, heads, within)]


def _twice(duty: Owed, heads: Sequence[Held], within: int) -> list[Problem]:
    found = []
    by_area: dict[Id, list[Held]] = {}
    for head in heads:
        by_area.setdefault(head.area, []).append(head)
    for area, there in by_area.items():
        for place, one in enumerate(there):
            for other in there[place + 1 :]:
                both = one.cells & other.cells & within
                if both and one.unit != other.unit:
                    found.append(
                        Problem(
                            ProblemKind.TWO,
                            duty.id,
                            unit=one.unit,
                            charge=one.id,
                            area=area,
                            cells=both,
                            others=(other.unit,),
                        )
                    )
    return found


def _gaps(duty: Owed, charges: Sequence[Held], heads: Sequence[Held], within: int) -> list[Problem]:
    """Where somebody does the work but nobody is accountable, there or for an area around it."""
    found = []
    doing = [charge for charge in charges if charge.part in WORKING]
    for area, path in {charge.area: charge.path for charge in doing}.items():
        over = 0
        for head in heads:
            if path.startswith(head.path):
                over |= head.cells
        wanted = 0
        for charge in doing:
            if charge.area == area:
                wanted |= charge.cells
        if missing := wanted & within & ~over:
            found.append(Problem(ProblemKind.NOBODY, duty.id, area=area, cells=missing))
    return found


def _means(duty: Owed, charges: Sequence[Held]) -> list[Problem]:
    found = []
    for charge in charges:
        lacking = duty.needs - charge.means
        if charge.part in WORKING and lacking:
            found.append(
                Problem(
                    ProblemKind.MEANS,
                    duty.id,
                    unit=charge.unit,
                    charge=charge.id,
                    area=charge.area,
                    cells=charge.cells,
                    missing=tuple(sorted(lacking)),
                )
            )
    return found

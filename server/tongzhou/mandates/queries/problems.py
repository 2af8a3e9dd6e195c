"""The problems of the matrix with names, for the page that lists them."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from tongzhou.mandates.cells import Span, spans
from tongzhou.mandates.checks import Id, Problem, ProblemKind
from tongzhou.mandates.models import Duty
from tongzhou.mandates.parts import MeansKind
from tongzhou.mandates.queries.snapshot import Snapshot, UnitLine, areas
from tongzhou.places.models import Area

#: Of each kind so many are listed; the rest is counted.
MOST = 200

TITLES: dict[str, tuple[str | Promise, str | Promise, str]] = {
    ProblemKind.NOBODY: (
        _("Duties without exactly one accountable unit"),
        _("Propose a unit that answers for it."),
        "user-question",
    ),
    ProblemKind.TWO: (
        _("Duties with two accountable units"),
        _("One of them hands over to the other."),
        "users",
    ),
    ProblemKind.MEANS: (
        _("Duties without power or means"),
        _("Give the means, or take the duty away."),
        "alert-triangle",
    ),
    ProblemKind.IDLE: (
        _("Units without any duty"),
        _("Say what they are there for."),
        "circle-dashed",
    ),
}


@dataclass(frozen=True)
class Named:
    """A problem with the names of what it is about; ``spans`` says in which cells. A duty that
    nobody answers for in several areas is one row with all of them."""

    problem: Problem
    duty: Duty | None
    unit: UnitLine | None
    others: list[UnitLine]
    areas: list[Area]
    missing: list[str]
    spans: tuple[Span, ...] = ()

    @property
    def codes(self) -> list[str | None]:
        """The codes of its areas; None alone where it is about none."""
        found: list[str | None] = [area.code for area in self.areas]
        return found or [None]


@dataclass(frozen=True)
class Group:
    """The problems of one kind: ``count`` there are, ``listed`` of them stand in the rows."""

    kind: str
    title: str
    advice: str
    icon: str
    count: int
    listed: int
    rows: list[Named]


def listed_problems(found: Snapshot, *, kind: str = "") -> list[Group]:
    """The problems by kind, those of one kind alone where asked; one query for areas."""
    chosen = [k for k in ProblemKind if kind in ("", k.value)]
    by_kind = {k: [p for p in found.problems if p.kind == k] for k in chosen}
    shown = [p for rows in by_kind.values() for p in rows[:MOST]]
    names = areas({p.area for p in shown if p.area is not None})
    return [
        Group(
            kind=k.value,
            title=str(TITLES[k][0]),
            advice=str(TITLES[k][1]),
            icon=TITLES[k][2],
            count=len(rows),
            listed=min(len(rows), MOST),
            rows=_folded([_named(problem, found, names) for problem in rows[:MOST]]),
        )
        for k, rows in by_kind.items()
        if rows
    ]


def _folded(rows: list[Named]) -> list[Named]:
    """Rows that differ by their area alone as one, at the place of the first."""
    folded: dict[object, Named] = {}
    for row in rows:
        alike = row.duty is not None and row.unit is None and not row.others
        key = (row.problem.duty, row.problem.cells) if alike else len(folded)
        if key in folded:
            folded[key].areas.extend(row.areas)
        else:
            folded[key] = row
    return list(folded.values())


def _named(problem: Problem, found: Snapshot, names: dict[Id, Area]) -> Named:
    labels = dict(MeansKind.choices)
    return Named(
        problem=problem,
        duty=found.duties.get(problem.duty) if problem.duty else None,
        unit=found.units.get(problem.unit) if problem.unit else None,
        others=[found.units[unit] for unit in problem.others if unit in found.units],
        areas=[names[problem.area]] if problem.area in names else [],
        missing=[str(labels[kind]) for kind in problem.missing],
        spans=spans(problem.cells) if problem.cells != found.within else (),
    )

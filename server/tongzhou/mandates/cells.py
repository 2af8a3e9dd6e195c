"""The cells of a duty in an area: each phase at each grade, as bits of one number.

A charge covers any set of cells; as a number the set is compared, cut and joined by the
database and here alike. Grade "" is "no grade in force": peacetime, or an incident that has
none yet.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import product

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from tongzhou.kernel.errors import Invalid
from tongzhou.library.grades import Grade
from tongzhou.library.phases import Phase

PHASES: tuple[str, ...] = tuple(phase.value for phase in Phase)
GRADES: tuple[str, ...] = ("", *(grade.value for grade in reversed(Grade)))
#: Every cell in the order of its bit.
ALL: tuple[tuple[str, str], ...] = tuple(product(PHASES, GRADES))
_BIT = {cell: 1 << place for place, cell in enumerate(ALL)}
EVERY = (1 << len(ALL)) - 1


class UnknownPhase(Invalid):
    """A phase that is none of those there are."""

    code = "mandate-phase-unknown"
    message = _("“%(value)s” is not a phase. There are: %(known)s.")


class UnknownGrade(Invalid):
    """A grade that is none of those there are."""

    code = "mandate-grade-unknown"
    message = _("“%(value)s” is not a grade. There are: %(known)s, and “-” for none.")


def bit(phase: str, grade: str) -> int:
    """The bit of one cell. Raises UnknownPhase, UnknownGrade."""
    return cells([phase], [grade])


def cells(phases: Iterable[str] = (), grades: Iterable[str] = ()) -> int:
    """The cells of these phases at these grades; none named: all. Raises UnknownPhase,
    UnknownGrade."""
    rows, columns = tuple(phases) or PHASES, tuple(grades) or GRADES
    for phase in rows:
        if phase not in PHASES:
            raise UnknownPhase(field="phases", value=phase, known=", ".join(PHASES))
    for grade in columns:
        if grade not in GRADES:
            raise UnknownGrade(field="grades", value=grade, known=", ".join(GRADES[1:]))
    return sum(_BIT[cell] for cell in set(product(rows, columns)))


@lru_cache(maxsize=4096)
def named(covered: int) -> tuple[tuple[str, str], ...]:
    """Phase and grade of every cell in the set."""
    return tuple(cell for cell in ALL if covered & _BIT[cell])


@dataclass(frozen=True)
class Span:
    """Phases that are covered at the same grades; empty means all."""

    phases: tuple[str, ...]
    grades: tuple[str, ...]

    def __str__(self) -> str:
        """In words, in the active language."""
        phases = [str(Phase(phase).label) for phase in self.phases] or [gettext("every phase")]
        grades = [grade or gettext("no response level") for grade in self.grades]
        joined = ", ".join(phases)
        return f"{joined} · {', '.join(grades)}" if grades else joined


@lru_cache(maxsize=4096)
def spans(covered: int) -> tuple[Span, ...]:
    """The set as few blocks of phases × grades, for people to read."""
    by_grades: dict[tuple[str, ...], list[str]] = {}
    for phase in PHASES:
        grades = tuple(grade for grade in GRADES if covered & _BIT[phase, grade])
        if grades:
            by_grades.setdefault(grades, []).append(phase)
    return tuple(
        Span(
            phases=() if len(phases) == len(PHASES) else tuple(phases),
            grades=() if len(grades) == len(GRADES) else grades,
        )
        for grades, phases in by_grades.items()
    )

"""Which configurations of conditions occur, and which of them go with the outcome."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.compare.sets import Floats, sufficiency
from actscope.definition import Definition
from actscope.errors import InputError
from actscope.results import Result

TRUTH_TABLE = Definition(
    en=(
        "A case stands in the one configuration in which its membership is over 0.5. A "
        "configuration with at least n-cut cases has the outcome when its inclusion, over all "
        "cases, reaches the cut (and its PRI the PRI cut); with fewer cases it is a remainder. It "
        "is contradictory when it holds cases on both sides of 0.5 in the outcome."
    ),
    zh=(
        "案例归入其隶属度大于 0.5 的唯一组态。案例数达到频数阈值的组态，"
        "若按全部案例计算的一致性（及 PRI）达到阈值，则视为导致结果；案例数不足者为逻辑余项。"
        "组态内案例的结果分居 0.5 两侧时为矛盾组态。"
    ),
    source="Ragin 2008, Redesigning Social Inquiry, chapter 7.",
)

ROUNDING = 1e-9
"""So far below a cut a figure still reaches it: 0.8 is not held exactly."""

MOST_CONDITIONS = 12
"""More conditions would take minutes, and no number of places tells them apart."""


class ConditionsTooManyError(InputError):
    """More conditions than configurations can be gone through for."""

    code = "conditions_too_many"
    en = (
        f"{{value}} conditions make 2 to the {{value}}th configurations; at most {MOST_CONDITIONS} "
        "conditions are taken, and more than a handful are hard to tell apart by cases."
    )
    zh = f"{{value}} 个条件产生 2 的 {{value}} 次方个组态；最多 {MOST_CONDITIONS} 个条件。"


class CutError(InputError):
    """A cut that cannot cut."""

    code = "cut_wrong"
    en = "The cut “{field}” is {value}; it must be {allowed}."
    zh = "阈值“{field}”为 {value}；应为 {allowed}。"


@dataclass(frozen=True, slots=True, kw_only=True)
class Cuts(Result):
    """What a configuration must reach to count as having the outcome."""

    inclusion: float = 0.8
    pri: float = 0.0
    n: int = 1

    def __post_init__(self) -> None:
        if not 0 < self.inclusion <= 1:
            raise CutError(field="incl", value=self.inclusion, allowed="0 < x ≤ 1")
        if not 0 <= self.pri <= 1:
            raise CutError(field="pri", value=self.pri, allowed="0 ≤ x ≤ 1")
        if self.n < 1:
            raise CutError(field="n-cut", value=self.n, allowed="≥ 1")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row(Result):
    """A configuration that occurs. ``number``: its place among all, from 1, the first condition
    counting most; ``values``: 0 or 1 for each condition in order; ``out``: 1, 0, or ``None`` for a
    remainder."""

    number: int
    values: tuple[int, ...]
    out: int | None
    n: int
    inclusion: float | None
    pri: float | None
    cases: tuple[str, ...]
    contradiction: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TruthTable(Result):
    """``rows``: the configurations that occur, those with the outcome first, then by inclusion.
    ``possible``: how many there could be; the difference is limited diversity. ``unassigned``:
    cases with a membership of exactly 0.5, which stand in no configuration."""

    definition: Definition
    cuts: Cuts
    possible: int
    rows: tuple[Row, ...]
    unassigned: tuple[str, ...]

    @property
    def positive(self) -> tuple[int, ...]:
        """The configurations that have the outcome, as numbers from 0."""
        return tuple(sorted(row.number - 1 for row in self.rows if row.out == 1))

    @property
    def negative(self) -> tuple[int, ...]:
        """The configurations that do not."""
        return tuple(sorted(row.number - 1 for row in self.rows if row.out == 0))


def truth_table(
    memberships: Floats, outcome: Floats, *, cases: Sequence[str], cuts: Cuts | None = None
) -> TruthTable:
    """The truth table of ``memberships`` (cases × conditions) and ``outcome`` (cases), all in 0–1
    and without gaps. Raises ``ConditionsTooManyError``."""
    cuts = cuts or Cuts()
    conditions = memberships.shape[1]
    refuse_too_many(conditions)
    bits = 1 << np.arange(conditions - 1, -1, -1)
    place = (memberships > 0.5) @ bits
    clear = (memberships != 0.5).all(axis=1)
    rows = [
        _row(number, memberships, outcome, clear & (place == number), cases, cuts)
        for number in np.unique(place[clear]).tolist()
    ]
    rows.sort(key=lambda row: (-(row.out if row.out is not None else -1), -(row.inclusion or 0)))
    return TruthTable(
        definition=TRUTH_TABLE,
        cuts=cuts,
        possible=1 << conditions,
        rows=tuple(rows),
        unassigned=tuple(cases[i] for i in np.flatnonzero(~clear).tolist()),
    )


def refuse_too_many(conditions: int) -> None:
    """Raise ``ConditionsTooManyError`` when configurations cannot be gone through."""
    if conditions > MOST_CONDITIONS:
        raise ConditionsTooManyError(value=conditions)


def term_membership(memberships: Floats, held: Sequence[int | None]) -> Floats:
    """How far each case has every condition as ``held`` says: 1 present, 0 absent, ``None`` free.
    The weakest decides; a term without conditions holds every case."""
    sides = [
        memberships[:, i] if value else 1 - memberships[:, i]
        for i, value in enumerate(held)
        if value is not None
    ]
    return np.minimum.reduce(sides) if sides else np.ones(len(memberships))


def _row(
    number: int,
    memberships: Floats,
    outcome: Floats,
    inside: npt.NDArray[np.bool_],
    cases: Sequence[str],
    cuts: Cuts,
) -> Row:
    conditions = memberships.shape[1]
    values = tuple(number >> i & 1 for i in reversed(range(conditions)))
    found = sufficiency(term_membership(memberships, values), outcome)
    n = int(np.count_nonzero(inside))
    reached = (found.inclusion or 0) >= cuts.inclusion - ROUNDING and (
        found.pri or 0
    ) >= cuts.pri - ROUNDING
    return Row(
        number=number + 1,
        values=values,
        out=int(reached) if n >= cuts.n else None,
        n=n,
        inclusion=found.inclusion,
        pri=found.pri,
        cases=tuple(cases[i] for i in np.flatnonzero(inside).tolist()),
        contradiction=bool((outcome[inside] > 0.5).any() and (outcome[inside] < 0.5).any()),
    )

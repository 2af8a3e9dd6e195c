"""What the truth table says in the shortest words, and how well the cases bear it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from actscope.compare.minimising import MOST_MODELS, Minimised, Term, minimised
from actscope.compare.sets import Floats, sufficiency
from actscope.compare.truth_table import TruthTable, term_membership
from actscope.definition import Definition
from actscope.results import Result

Kind = Literal["conservative", "parsimonious", "intermediate"]
KINDS: tuple[Kind, ...] = ("conservative", "parsimonious", "intermediate")

SOLUTIONS = Definition(
    en=(
        "The fewest prime implicants that hold every configuration with the outcome. Conservative: "
        "none holds a remainder. Parsimonious: remainders are used wherever that shortens. "
        "Intermediate: only remainders that the directional expectations allow, which are those "
        "left when a conservative term drops the conditions that stand against expectation and "
        "are not in the parsimonious term around it."
    ),
    zh=(
        "以最少的质蕴涵项覆盖所有导致结果的组态。保守解：不含逻辑余项；简约解：凡能简化即使用余项；"
        "中间解：只使用方向性预期允许的余项，即保守解的组合去掉与预期相反且不在其外围简约组合中的条件后所含的余项。"
    ),
    source=(
        "Quine 1952; McCluskey 1956; Ragin & Sonnett 2005, in: Vergleichen in der "
        "Politikwissenschaft, 180–197."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class SolutionTerm(Result):
    """A conjunction: ``*`` and, ``~`` not. ``cases`` have more than half of it; ``deviant`` ones
    among them less than half of the outcome."""

    term: str
    inclusion: float | None
    pri: float | None
    coverage: float | None
    unique_coverage: float | None
    cases: tuple[str, ...]
    deviant: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Model(Result):
    """A solution: any of ``terms`` goes with the outcome. ``<->`` in the formula says that it is
    as necessary as it is sufficient (both 1)."""

    formula: str
    terms: tuple[SolutionTerm, ...]
    inclusion: float | None
    pri: float | None
    coverage: float | None
    remainders_used: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Solution(Result):
    """All equally short models of one kind; ``complete`` says whether all are listed and none can
    be shorter. ``without``: why there is none: ``no_row_reaches_the_cut`` or ``every_row_does``
    (then nothing tells the conditions apart)."""

    definition: Definition
    kind: Kind
    models: tuple[Model, ...]
    complete: bool
    without: str | None


def solution(
    table: TruthTable,
    memberships: Floats,
    outcome: Floats,
    *,
    kind: Kind,
    conditions: Sequence[str],
    named: str,
    cases: Sequence[str],
    expected: Sequence[int | None] | None = None,
) -> Solution:
    """The solution of a truth table. ``memberships`` and ``outcome`` are those of the table;
    ``named`` is what the outcome is called. ``expected`` says for each condition whether its
    presence (1) or absence (0) should help, or nothing (``None``); by default presence always
    should. Only an intermediate solution asks for it."""
    without = None
    if not table.positive:
        without = "no_row_reaches_the_cut"
    elif not table.negative and (kind != "conservative" or len(table.positive) == table.possible):
        without = "every_row_does"
    hopes = (1,) * len(conditions) if expected is None else expected
    found = None if without else reduced(table, kind, len(conditions), hopes)
    observed = {*table.positive, *table.negative}
    return Solution(
        definition=SOLUTIONS,
        kind=kind,
        models=tuple(
            _model(terms, memberships, outcome, conditions, named, cases, observed)
            for terms in (found.models if found else ())
        ),
        complete=found.complete if found else True,
        without=without,
    )


def reduced(
    table: TruthTable, kind: Kind, conditions: int, expected: Sequence[int | None]
) -> Minimised:
    """The terms of the solution of this kind."""
    positive, negative = set(table.positive), set(table.negative)
    others = set(range(table.possible)) - positive
    if kind == "conservative":
        return minimised(positive, others, conditions)
    parsimonious = minimised(positive, negative, conditions)
    if kind == "parsimonious":
        return parsimonious
    conservative = minimised(positive, others, conditions)
    allowed = dict.fromkeys(
        frozenset(easy_counterfactuals(narrow, wide, table.possible, expected))
        for narrow in conservative.models
        for wide in parsimonious.models
    )
    tried = list(allowed)[:MOST_MODELS]
    found = [minimised(positive, others - easy, conditions) for easy in tried]
    models = sorted(
        {model for one in found for model in one.models},
        key=lambda model: (len(model), sum(term.mask.bit_count() for term in model), model),
    )
    complete = (
        all(one.complete for one in (conservative, parsimonious, *found))
        and len(tried) == len(allowed)
        and len(models) <= MOST_MODELS
    )
    return Minimised(tuple(models[:MOST_MODELS]), complete)


def easy_counterfactuals(
    narrow: Sequence[Term], wide: Sequence[Term], possible: int, expected: Sequence[int | None]
) -> set[int]:
    """The configurations in which the outcome is expected although no case shows it: those in a
    conservative term without the conditions that stand against expectation and that the
    parsimonious term around it does not need."""
    configurations = np.arange(possible)
    allowed: set[int] = set()
    bits = [1 << i for i in reversed(range(len(expected)))]
    for one in narrow:
        for other in wide:
            if not one.within(other):
                continue
            against = sum(
                bit
                for bit, hoped in zip(bits, expected, strict=True)
                if hoped is not None and one.mask & ~other.mask & bit
                if bool(one.value & bit) != bool(hoped)
            )
            kept = Term(one.mask & ~against, one.value & ~against)
            allowed.update(np.flatnonzero(kept.holds(configurations)).tolist())
    return allowed


def _model(
    terms: Sequence[Term],
    memberships: Floats,
    outcome: Floats,
    conditions: Sequence[str],
    named: str,
    cases: Sequence[str],
    observed: set[int],
) -> Model:
    held = [_held(term, len(conditions)) for term in terms]
    each = np.array([term_membership(memberships, values) for values in held])
    whole = sufficiency(each.max(axis=0), outcome)
    listed = []
    for i, values in enumerate(held):
        alone = sufficiency(each[i], outcome)
        others = np.delete(each, i, axis=0)
        rest = sufficiency(others.max(axis=0), outcome).coverage if len(others) else 0.0
        inside = each[i] > 0.5
        listed.append(
            SolutionTerm(
                term=expression(values, conditions),
                inclusion=alone.inclusion,
                pri=alone.pri,
                coverage=alone.coverage,
                unique_coverage=(
                    None if whole.coverage is None or rest is None else whole.coverage - rest
                ),
                cases=_names(cases, inside),
                deviant=_names(cases, inside & (outcome < 0.5)),
            )
        )
    configurations = np.arange(1 << len(conditions))
    covered = np.logical_or.reduce([term.holds(configurations) for term in terms])
    both_ways = all(abs((value or 0) - 1) < 1e-9 for value in (whole.inclusion, whole.coverage))
    left = " + ".join(term.term for term in listed)
    return Model(
        formula=f"{left} {'<->' if both_ways else '->'} {named}",
        terms=tuple(listed),
        inclusion=whole.inclusion,
        pri=whole.pri,
        coverage=whole.coverage,
        remainders_used=len(set(np.flatnonzero(covered).tolist()) - observed),
    )


def expression(held: Sequence[int | None], conditions: Sequence[str]) -> str:
    """``DEV*~IND``: the conditions that are held, in their order."""
    return "*".join(
        name if value else f"~{name}"
        for name, value in zip(conditions, held, strict=True)
        if value is not None
    )


def _held(term: Term, conditions: int) -> tuple[int | None, ...]:
    bits = [1 << i for i in reversed(range(conditions))]
    return tuple(int(bool(term.value & bit)) if term.mask & bit else None for bit in bits)


def _names(cases: Sequence[str], chosen: Floats) -> tuple[str, ...]:
    return tuple(cases[i] for i in np.flatnonzero(chosen).tolist())

"""The diagnosis: which problems show, which of their causes hold, what would mend them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from actscope import __version__
from actscope.diagnose.log import Log
from actscope.diagnose.measured import WORST, Measured
from actscope.diagnose.measures import MEASURES
from actscope.diagnose.rules import (
    HEADS,
    Bound,
    Cause,
    Claim,
    Countermeasure,
    Problem,
    Rules,
    Words,
)
from actscope.errors import InputError
from actscope.results import Result


class UnknownMeasureError(InputError):
    """A rule that asks for a measure which the library does not have."""

    code = "measure_unknown"
    en = "The rules ask for the measure “{value}”, which there is not."
    zh = "规则引用了不存在的指标“{value}”。"


class Verdict(StrEnum):
    """What the evidence says of a bound."""

    SHOWN = "shown"
    """The whole interval lies beyond the bound."""

    REFUTED = "refuted"
    """The whole interval lies on the other side."""

    OPEN = "open"
    """The interval holds the bound, or there is too little to give an interval."""

    NOT_MEASURED = "not_measured"
    """Nothing in the log to measure it by."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence(Result):
    """What a verdict rests on: the measure against its bound, and the worst cases by name."""

    bound: Bound
    value: float | None
    lower: float | None
    upper: float | None
    n: int
    missing: int
    worst: tuple[Any, ...]
    definition: Any


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedCause(Result):
    """A cause, what the evidence says of it, and what would refute it."""

    id: str
    words: Words
    verdict: Verdict
    evidence: Evidence
    refuted_by: Words
    countermeasures: tuple[Countermeasure, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TestedProblem(Result):
    """A problem, what the evidence says of it, and its causes."""

    id: str
    words: Words
    source: Claim
    verdict: Verdict
    evidence: Evidence
    causes: tuple[TestedCause, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Advice(Result):
    """A countermeasure that the evidence calls for: the problem shows and the cause holds."""

    problem: str
    cause: str
    words: Words
    source: Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Diagnosis(Result):
    """``problems`` in the order of the rules; ``plan``: what would mend them, under its head.
    ``tested``: how many bounds were looked at, since the more are tested the more show by
    chance."""

    version: str
    rules: int
    n: int
    tested: int
    problems: tuple[TestedProblem, ...]
    plan: Mapping[str, tuple[Advice, ...]]


def diagnose(log: Log, rules: Rules) -> Diagnosis:
    """Each problem of the rules against the log, with the causes tested for it.

    ``n``: acts in the log. A cause is tested whether its problem shows or not; advice is given
    only where both hold. Raises ``UnknownMeasureError`` and what the measures raise.
    """
    if unknown := sorted(rules.measures - set(MEASURES)):
        raise UnknownMeasureError(value=unknown[0])

    @cache
    def measured(name: str) -> Measured:
        return MEASURES[name](log)

    def tested(bound: Bound) -> tuple[Verdict, Evidence]:
        found = measured(bound.measure)
        return verdict(found, bound), _evidence(found, bound)

    def cause_of(cause: Cause) -> TestedCause:
        said, evidence = tested(cause.shown_by)
        return TestedCause(
            id=cause.id,
            words=cause.words,
            verdict=said,
            evidence=evidence,
            refuted_by=cause.refuted_by,
            countermeasures=cause.countermeasures,
        )

    def problem_of(problem: Problem) -> TestedProblem:
        said, evidence = tested(problem.shown_by)
        return TestedProblem(
            id=problem.id,
            words=problem.words,
            source=problem.source,
            verdict=said,
            evidence=evidence,
            causes=tuple(map(cause_of, problem.causes)),
        )

    problems = tuple(map(problem_of, rules.problems))
    return Diagnosis(
        version=__version__,
        rules=rules.version,
        n=log.acts.num_rows,
        tested=sum(1 + len(problem.causes) for problem in problems),
        problems=problems,
        plan=_plan(problems),
    )


def verdict(found: Measured, bound: Bound) -> Verdict:
    """What a figure with its interval says of a bound."""
    if found.value is None:
        return Verdict.NOT_MEASURED
    if found.lower is None or found.upper is None:
        return Verdict.OPEN
    if bound.below is not None:
        beyond, within = found.upper < bound.below, found.lower >= bound.below
    else:
        assert bound.above is not None
        beyond, within = found.lower > bound.above, found.upper <= bound.above
    return Verdict.SHOWN if beyond else Verdict.REFUTED if within else Verdict.OPEN


def _evidence(found: Measured, bound: Bound) -> Evidence:
    low_is_bad = bound.below is not None
    worst = sorted(
        found.cases, key=lambda case: (case.value if low_is_bad else -case.value, -case.n, case.who)
    )
    return Evidence(
        bound=bound,
        value=found.value,
        lower=found.lower,
        upper=found.upper,
        n=found.n,
        missing=found.missing,
        worst=tuple(worst[:WORST]),
        definition=found.definition,
    )


def _plan(problems: tuple[TestedProblem, ...]) -> dict[str, tuple[Advice, ...]]:
    return {
        head: tuple(
            Advice(problem=problem.id, cause=cause.id, words=one.words, source=one.source)
            for problem in problems
            if problem.verdict is Verdict.SHOWN
            for cause in problem.causes
            if cause.verdict is Verdict.SHOWN
            for one in cause.countermeasures
            if one.under == head
        )
        for head in HEADS
    }

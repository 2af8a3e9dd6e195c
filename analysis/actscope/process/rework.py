"""Activities that a case goes through more than once."""

from dataclasses import dataclass

import numpy as np

from actscope.codes import distinct, groups_of
from actscope.definition import Definition
from actscope.process.arcs import activity_steps
from actscope.process.events import EventLog
from actscope.results import Result

REWORK = Definition(
    en="A case is reworked when some activity occurs in it more than once.",
    zh="同一事项中某项活动出现不止一次，即为返工。",
    source="Rework: Swennen et al. 2015, SIMPDA, CEUR 1527 (as in the package edeaR).",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated(Result):
    """An ``activity`` that is repeated in ``cases`` cases, of ``of`` in which it occurs;
    ``repeats`` counts the events beyond the first, ``at_once`` those that follow directly."""

    activity: str
    cases: int
    of: int
    repeats: int
    at_once: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rework(Result):
    """``cases`` of ``n`` cases are reworked, ``share`` of them; ``rows`` most repeats first.
    ``missing``: events without an activity."""

    definition: Definition
    n: int
    missing: int
    cases: int
    share: float | None
    rows: tuple[Repeated, ...]


def rework(log: EventLog) -> Rework:
    """Rework of a log, by activity."""
    named = log.activity >= 0
    case, activity = log.case[named], log.activity[named]
    size = max(len(log.activities), 1)
    pairs = groups_of(case * size + activity, (int(case.max(initial=0)) + 1) * size)
    of_case, of_activity = np.divmod(pairs.keys, size)
    again = pairs.sizes > 1
    events = np.bincount(of_activity, pairs.sizes, size).astype(np.int64)
    cases = np.bincount(of_activity, minlength=size)
    repeated = np.bincount(of_activity[again], minlength=size)
    steps = activity_steps(log)
    at_once = np.bincount(steps.source[~steps.moved], minlength=size)
    rows = [
        Repeated(
            activity=name,
            cases=int(repeated[i]),
            of=int(cases[i]),
            repeats=int(events[i] - cases[i]),
            at_once=int(at_once[i]),
        )
        for i, name in enumerate(log.activities)
        if repeated[i]
    ]
    n, reworked = len(distinct(case)), len(distinct(of_case[again]))
    return Rework(
        definition=REWORK,
        n=n,
        missing=int(np.count_nonzero(~named)),
        cases=reworked,
        share=reworked / n if n else None,
        rows=tuple(sorted(rows, key=lambda row: (-row.repeats, row.activity))),
    )

"""The ways that cases take: which sequences of activities occur, and how often."""

from dataclasses import dataclass

import numpy as np

from actscope.definition import Definition
from actscope.process.events import EventLog
from actscope.results import Result

VARIANTS = Definition(
    en="A variant is the sequence of all activities of a case, in order of time.",
    zh="变体指一个事项按时间顺序的全部活动序列。",
    source="van der Aalst 2016, Process Mining: Data Science in Action.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant(Result):
    """A sequence of ``activities`` that ``cases`` cases take, ``share`` of all."""

    activities: tuple[str, ...]
    cases: int
    share: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Variants(Result):
    """``number`` variants among ``n`` cases; ``rows`` the first ``top`` of them, most frequent
    first, then by their names. ``missing``: events without an activity, which are passed over."""

    definition: Definition
    n: int
    missing: int
    number: int
    rows: tuple[Variant, ...]


def variants(log: EventLog, *, top: int | None = 20) -> Variants:
    """The variants of a log, of the cases with at least one activity."""
    named = log.activity >= 0
    case, activity = log.case[named], log.activity[named].astype(np.int32)
    ends = np.flatnonzero(np.diff(case, append=-1)) + 1
    counts: dict[bytes, int] = {}
    start = 0
    for end in ends.tolist():
        key = activity[start:end].tobytes()
        counts[key] = counts.get(key, 0) + 1
        start = end
    named_rows = sorted(
        (-number, tuple(log.activities[i] for i in np.frombuffer(key, np.int32).tolist()))
        for key, number in counts.items()
    )
    return Variants(
        definition=VARIANTS,
        n=len(ends),
        missing=int(np.count_nonzero(~named)),
        number=len(counts),
        rows=tuple(
            Variant(activities=activities, cases=-number, share=-number / len(ends))
            for number, activities in named_rows[:top]
        ),
    )

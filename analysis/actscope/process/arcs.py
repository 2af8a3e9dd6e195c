"""Steps from one event of a case to its next, and the pairs of names between which they lead."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.codes import Codes, Groups, distinct, groups_of
from actscope.process.events import MICROSECONDS_PER_HOUR, EventLog
from actscope.process.quantiles import grouped_quantiles
from actscope.results import Result


@dataclass(frozen=True, slots=True)
class Steps:
    """One row per step: its ``case``, the places ``begin`` and ``end`` of its two events in the
    log, the names that it leads from and to (codes into ``names``) and the ``wait`` in
    microseconds. ``events`` have a name; ``unnamed`` have none and were passed over, so that a
    step leads across them."""

    case: Codes
    begin: Codes
    end: Codes
    source: Codes
    target: Codes
    wait: Codes
    names: tuple[str, ...]
    events: int
    unnamed: int

    def of(self, chosen: npt.NDArray[np.bool_]) -> "Steps":
        """Only the ``chosen`` steps."""
        return Steps(
            self.case[chosen],
            self.begin[chosen],
            self.end[chosen],
            self.source[chosen],
            self.target[chosen],
            self.wait[chosen],
            self.names,
            self.events,
            self.unnamed,
        )

    @property
    def moved(self) -> npt.NDArray[np.bool_]:
        """Which steps lead to another name."""
        different: npt.NDArray[np.bool_] = self.source != self.target
        return different


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc(Result):
    """From ``source`` to ``target``: ``count`` steps in ``cases`` cases, and how many hours they
    took: mean, median, the value that 95 % do not exceed, and all together."""

    source: str
    target: str
    count: int
    cases: int
    mean_wait_hours: float
    median_wait_hours: float
    p95_wait_hours: float
    total_wait_hours: float


def activity_steps(log: EventLog) -> Steps:
    """The steps between activities."""
    return _steps(log, log.activity, log.activities)


def resource_steps(log: EventLog) -> Steps:
    """The steps between resources, those that stay with one resource included."""
    return _steps(log, log.resource, log.resources)


def _steps(log: EventLog, codes: Codes, names: tuple[str, ...]) -> Steps:
    named = np.flatnonzero(codes >= 0)
    case, at, code = log.case[named], log.at[named], codes[named]
    within = np.flatnonzero(case[1:] == case[:-1])
    return Steps(
        case[within],
        named[within],
        named[within + 1],
        code[within],
        code[within + 1],
        at[within + 1] - at[within],
        names,
        events=len(named),
        unnamed=log.n - len(named),
    )


def resources_behind(log: EventLog, steps: Steps) -> dict[tuple[str, str], frozenset[int]]:
    """The resources (as codes) of the events of each pair of names."""
    size, kinds = max(len(steps.names), 1), max(len(log.resources), 1)
    pair = steps.source * size + steps.target
    who = np.concatenate([log.resource[steps.begin], log.resource[steps.end]])
    keys = distinct((np.concatenate([pair, pair]) * kinds + who)[who >= 0])
    behind: dict[tuple[str, str], set[int]] = {
        (steps.names[key // size], steps.names[key % size]): set() for key in np.unique(pair)
    }
    for key, code in zip(*np.divmod(keys, kinds), strict=True):
        behind[steps.names[key // size], steps.names[key % size]].add(int(code))
    return {names: frozenset(codes) for names, codes in behind.items()}


def arcs(steps: Steps) -> tuple[Arc, ...]:
    """The steps by pair of names, most frequent first, then by name."""
    if not len(steps.wait):
        return ()
    size = len(steps.names)
    pairs = groups_of(steps.source * size + steps.target, size * size)
    total = np.bincount(pairs.place, steps.wait, len(pairs.keys)) / MICROSECONDS_PER_HOUR
    waits = grouped_quantiles(steps.wait, pairs.place, pairs.sizes, [0.5, 0.95])
    median, high = waits / MICROSECONDS_PER_HOUR
    cases = _cases(steps, pairs)
    source, target = np.divmod(pairs.keys, size)
    alphabetical = np.argsort(np.argsort(np.array(steps.names, np.object_)))
    order = np.lexsort((alphabetical[target], alphabetical[source], -pairs.sizes))
    return tuple(
        Arc(
            source=steps.names[source[i]],
            target=steps.names[target[i]],
            count=int(pairs.sizes[i]),
            cases=int(cases[i]),
            mean_wait_hours=float(total[i] / pairs.sizes[i]),
            median_wait_hours=float(median[i]),
            p95_wait_hours=float(high[i]),
            total_wait_hours=float(total[i]),
        )
        for i in order.tolist()
    )


def _cases(steps: Steps, pairs: Groups) -> Codes:
    """In how many cases each pair occurs."""
    span = int(steps.case.max(initial=0)) + 1
    in_cases: Codes = np.bincount(
        distinct(pairs.place * span + steps.case) // span, minlength=len(pairs.keys)
    )
    return in_cases

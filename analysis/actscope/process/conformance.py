"""Whether cases went as the response plan says."""

from dataclasses import dataclass

import numpy as np

from actscope.counting import Mask
from actscope.definition import Definition
from actscope.process.closing import Closings
from actscope.process.events import EventLog
from actscope.process.plan import Plan
from actscope.results import Result

CONFORMANCE = Definition(
    en=(
        "Checks of a case: each required step occurs, and each step that occurs comes after those "
        "that the plan puts before it (first occurrences count; order is checked where both "
        "occur). Fitness of a case = checks met ÷ checks; a case conforms when all are met. Steps "
        "that an open case has not reached are still due, not missing. Activities outside of the "
        "plan are extra: they are shown and break nothing."
    ),
    zh=(
        "对每个事项逐项检查：必需步骤是否出现；已出现的步骤是否在预案规定的前置步骤之后"
        "（以首次出现为准，仅在两者都出现时检查顺序）。符合度＝满足项数÷检查项数；全部满足即为符合。"
        "未结事项尚未到达的步骤记为待办而非缺失。预案之外的活动只列出，不算违反。"
    ),
    source=(
        "Partial orders as precedence constraints: Pesic, Schonenberg & van der Aalst 2007 "
        "(DECLARE, templates existence and precedence)."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepFit(Result):
    """Of a step: ``cases`` in which it occurs, ``missing`` closed ones in which it should have,
    ``due`` open ones in which it still may come. For an optional step both are 0."""

    activity: str
    optional: bool
    cases: int
    missing: int
    due: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderFit(Result):
    """Of a pair that the plan orders: ``n`` cases in which both occur, ``broken`` in how many
    ``after`` came first, or together but earlier in the file."""

    before: str
    after: str
    n: int
    broken: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ExtraActivity(Result):
    """An activity that the plan does not have: ``events`` in ``cases``."""

    activity: str
    cases: int
    events: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Conformance(Result):
    """``conforming`` of ``n`` cases meet all checks, ``share`` of them; ``fitness`` is the mean
    over cases. ``with_missing``, ``out_of_order``, ``with_extra``: cases with each fault (extra
    is none). ``missing``: events without an activity. ``worst``: the ten cases of least
    fitness."""

    definition: Definition
    n: int
    missing: int
    conforming: int
    share: float | None
    fitness: float | None
    with_missing: int
    out_of_order: int
    with_extra: int
    steps: tuple[StepFit, ...]
    order: tuple[OrderFit, ...]
    extra: tuple[ExtraActivity, ...]
    worst: tuple[tuple[str, float], ...]


def conformance(log: EventLog, plan: Plan, closings: Closings) -> Conformance:
    """Each case of the log held against the plan."""
    number = len(log.cases)
    first = {step.activity: _first_place(log, step.activity) for step in plan.steps}
    occurs = {name: place >= 0 for name, place in first.items()}
    checks, met = np.zeros(number), np.zeros(number)
    lacking, disordered = np.zeros(number, np.bool_), np.zeros(number, np.bool_)
    steps, orders = [], []
    for step in plan.steps:
        absent = ~occurs[step.activity] & (not step.optional)
        missing = absent & closings.closed
        checks += (occurs[step.activity] & (not step.optional)) | missing
        met += occurs[step.activity] & (not step.optional)
        lacking |= missing
        steps.append(
            StepFit(
                activity=step.activity,
                optional=step.optional,
                cases=_number(occurs[step.activity]),
                missing=_number(missing),
                due=_number(absent & ~closings.closed),
            )
        )
    for before, after in plan.order:
        both = occurs[before] & occurs[after]
        broken = both & (first[after] < first[before])
        checks += both
        met += both & ~broken
        disordered |= broken
        orders.append(OrderFit(before=before, after=after, n=_number(both), broken=_number(broken)))
    extra, with_extra = _extra(log, {step.activity for step in plan.steps})
    # An open case that has not reached anything has met all that could be asked of it.
    fitness = np.divide(met, checks, out=np.ones(number), where=checks > 0)
    conforming = _number(~lacking & ~disordered)
    least = np.lexsort((np.arange(number), fitness))[:10]
    return Conformance(
        definition=CONFORMANCE,
        n=number,
        missing=_number(log.activity < 0),
        conforming=conforming,
        share=conforming / number if number else None,
        fitness=float(fitness.mean()) if number else None,
        with_missing=_number(lacking),
        out_of_order=_number(disordered),
        with_extra=_number(with_extra),
        steps=tuple(steps),
        order=tuple(orders),
        extra=extra,
        worst=tuple((log.cases[i], float(fitness[i])) for i in least if fitness[i] < 1),
    )


def _first_place(log: EventLog, activity: str) -> "np.ndarray[tuple[int], np.dtype[np.int64]]":
    """For each case the place of the first event of the activity, −1 where there is none."""
    places = np.full(len(log.cases), -1, np.int64)
    if activity in log.activities:
        found = np.flatnonzero(log.activity == log.activities.index(activity))[::-1]
        places[log.case[found]] = found  # in reverse: the first one is written last
    return places


def _extra(log: EventLog, planned: set[str]) -> tuple[tuple[ExtraActivity, ...], Mask]:
    with_extra = np.zeros(len(log.cases), np.bool_)
    rows = []
    for code, name in enumerate(log.activities):
        if name in planned:
            continue
        of_events = log.case[log.activity == code]
        if not len(of_events):
            continue
        with_extra[of_events] = True
        cases = len(np.unique(of_events))
        rows.append(ExtraActivity(activity=name, cases=cases, events=len(of_events)))
    return tuple(sorted(rows, key=lambda row: (-row.events, row.activity))), with_extra


def _number(mask: Mask) -> int:
    return int(np.count_nonzero(mask))

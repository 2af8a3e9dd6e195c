"""The four gaps: how well organisations work together across each kind of boundary."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.codes import groups_of
from actscope.counting import Mask
from actscope.definition import Definition
from actscope.dimensions.boundaries import Boundary, crossing, unknown
from actscope.dimensions.requests import Requests
from actscope.dimensions.resampling import Numbers, Resamples, geometric, interval, part
from actscope.dimensions.view import HOUR, NEVER, View, Whole, unordered
from actscope.results import Result

GAPS = Definition(
    en=(
        "Geometric mean, none below 0.01, of: Reach (planned ties with an act ÷ planned ties), "
        "Answer (requests answered ÷ requests), On time (answered by the date ÷ answered), "
        "Closure (confirmed by both sides ÷ requests), Reciprocity (mean of 1 − |out − in| ÷ "
        "(out + in) over pairs, an act counting 1 ÷ its partners). A part without data is left "
        "out. Intervals: 95 %, organisations drawn anew. No log is not no cooperation."
    ),
    zh=(
        "以下各项的几何平均（每项不低于 0.01）：触达（有行为的计划联系÷计划联系）、"
        "答复（已答复÷请求）、按时（按期答复÷已答复）、闭环（双方确认÷请求）、"
        "互惠（各对 1−|出−入|÷(出+入) 的均值，每次行为按 1÷伙伴数计）。无数据之项不计入。"
        "95% 区间由对组织重抽样得到。无记录不等于无协同。"
    ),
    source="This project; resampling: Snijders & Borgatti 1999, Connections 22(2), 161–170.",
)

PARTS = ("reach", "answer", "on_time", "closure", "reciprocity")
WORST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class WorstPair(Result):
    """One organisation asking another: requests ``asked``, ``answered``, of these ``late`` and
    ``refused``; hours it took in the middle. ``silent``: a planned tie without any act."""

    source: str
    target: str
    asked: int
    answered: int
    late: int
    refused: int
    median_hours: float | None
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap(Result):
    """``index`` from 0 to 1 with its interval; ``n`` pairs of organisations with a planned tie, an
    act or a request across the boundary, ``units`` organisations in them; ``missing``: pairs of
    which an attribute is missing that would tell. ``part_n``: planned ties, requests or pairs that
    each part rests on. ``worst``: silent planned ties first, then by
    requests unanswered, late or refused. A suppressed gap has no figures."""

    index: float | None
    lower: float | None
    upper: float | None
    n: int
    units: int
    missing: int
    parts: dict[str, float | None]
    part_intervals: dict[str, tuple[float | None, float | None]]
    part_n: dict[str, int]
    worst: tuple[WorstPair, ...]
    suppressed: bool


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs of organisations and figures about each (P × k)."""

    one: Whole
    other: Whole
    figures: Numbers

    def of(self, chosen: Mask) -> "Pairs":
        return Pairs(self.one[chosen], self.other[chosen], self.figures[chosen])

    def sums(self, drawn: Resamples) -> Numbers:
        return drawn.of_pairs(self.one, self.other, self.figures)


def gaps(
    view: View, found: Requests, drawn: Resamples, *, at_least: int = 1
) -> dict[Boundary, Gap]:
    """The gap at each boundary; those of fewer than ``at_least`` organisations are suppressed, and
    no pair is named when ``at_least`` is over two."""
    tables = {"flows": flows(view), "asked": _asked(found), "planned": _planned(view)}
    cross = {
        name: crossing(view.organisations, table.one, table.other) for name, table in tables.items()
    }
    lacking = {
        name: unknown(view.organisations, table.one, table.other) for name, table in tables.items()
    }
    result = {}
    for boundary in Boundary:
        inside = {name: table.of(cross[name][boundary]) for name, table in tables.items()}
        result[boundary] = _gap(
            view,
            inside,
            found,
            drawn,
            missing=_number({n: t.of(lacking[n][boundary]) for n, t in tables.items()}),
            at_least=at_least,
        )
    return result


def flows(view: View, chosen: Mask | None = None) -> Pairs:
    """Pairs with an act in either direction: the reciprocity of each, and 1. ``chosen``: which of
    the acts and partners count, all by default."""
    share = 1 / np.bincount(view.act, minlength=len(view.by))[view.act]
    source, target = view.by[view.act], view.partner
    if chosen is not None:
        source, target, share = source[chosen], target[chosen], share[chosen]
    size = max(len(view.organisations), 1)
    low, high = np.minimum(source, target), np.maximum(source, target)
    groups = groups_of(low * size + high, size * size)
    keys, place = groups.keys, groups.place
    up = np.bincount(place, np.where(source < target, share, 0.0), len(keys))
    down = np.bincount(place, np.where(source < target, 0.0, share), len(keys))
    balance = 1 - np.abs(up - down) / (up + down)
    return Pairs(keys // size, keys % size, np.column_stack((balance, np.ones(len(keys)))))


def _asked(found: Requests) -> Pairs:
    """Requests one by one: due or answered, answered, answered with a date, in time, confirmed, due
    or confirmed."""
    figures = (
        ~found.pending,
        found.is_answered,
        found.is_answered & (found.due != NEVER),
        found.in_time,
        found.is_confirmed,
        ~found.running,
    )
    return Pairs(found.asker, found.asked, np.column_stack(figures).astype(np.float64))


def _planned(view: View) -> Pairs:
    """Planned ties: whether there was an act on it, and 1."""
    if view.plan is None:
        return Pairs(*(np.zeros(0, np.int64),) * 2, np.zeros((0, 2)))
    acted = {tuple(pair) for pair in unordered(view.by[view.act], view.partner).tolist()}
    active = [tuple(pair) in acted for pair in view.plan.tolist()]
    figures = np.column_stack((np.array(active, np.float64), np.ones(len(active))))
    return Pairs(view.plan[:, 0], view.plan[:, 1], figures)


def _number(tables: Mapping[str, Pairs]) -> int:
    return len(_distinct(tables))


def _distinct(tables: Mapping[str, Pairs]) -> Whole:
    one = np.concatenate([table.one for table in tables.values()])
    other = np.concatenate([table.other for table in tables.values()])
    return unordered(one, other)


def _gap(
    view: View,
    tables: dict[str, Pairs],
    found: Requests,
    drawn: Resamples,
    *,
    missing: int,
    at_least: int,
) -> Gap:
    pairs = _distinct(tables)
    units = len(np.unique(pairs))
    suppressed = 0 < units < at_least
    planned, asked, exchanged = (tables[name].sums(drawn) for name in ("planned", "asked", "flows"))
    nothing = np.full(len(asked), np.nan)
    parts = {
        "reach": part(planned, 0, 1),
        "answer": part(asked, 1, 0),
        "on_time": part(asked, 3, 2),
        "closure": part(asked, 4, 0) if found.can_confirm else nothing,
        "reciprocity": part(exchanged, 0, 1),
    }
    number = {
        "reach": planned[0, 1],
        "answer": asked[0, 0],
        "on_time": asked[0, 2],
        "closure": asked[0, 0] if found.can_confirm else 0,
        "reciprocity": exchanged[0, 1],
    }
    index = geometric(list(parts.values()))
    lower, upper = interval(index, units)
    return Gap(
        index=None if suppressed else figure(index[0]),
        lower=None if suppressed else lower,
        upper=None if suppressed else upper,
        n=len(pairs),
        units=units,
        missing=missing,
        parts={name: None if suppressed else figure(drawn[0]) for name, drawn in parts.items()},
        part_intervals={
            name: (None, None) if suppressed else interval(drawn, units)
            for name, drawn in parts.items()
        },
        part_n={name: 0 if suppressed else int(n) for name, n in number.items()},
        worst=() if at_least > 2 else _worst(view, tables, found),
        suppressed=suppressed,
    )


def figure(value: float) -> float | None:
    """A figure, or ``None`` where there is none."""
    return float(value) if np.isfinite(value) else None


def _worst(view: View, tables: dict[str, Pairs], found: Requests) -> tuple[WorstPair, ...]:
    names = view.organisations.names
    planned = tables["planned"]
    silent = planned.of(planned.figures[:, 0] == 0)
    rows = [
        WorstPair(
            source=names[a],
            target=names[b],
            asked=0,
            answered=0,
            late=0,
            refused=0,
            median_hours=None,
            silent=True,
        )
        for a, b in sorted(
            zip(silent.one.tolist(), silent.other.tolist(), strict=True),
            key=lambda pair: (names[pair[0]], names[pair[1]]),
        )
    ]
    if len(rows) >= WORST:
        return tuple(rows[:WORST])
    asked = tables["asked"]
    size = max(len(names), 1)
    inside = np.isin(found.asker * size + found.asked, asked.one * size + asked.other)
    failed = _failed_most(names, found, np.flatnonzero(inside & ~found.pending))
    return (*rows, *failed[: WORST - len(rows)])


def _failed_most(names: tuple[str, ...], found: Requests, chosen: Whole) -> list[WorstPair]:
    """The pairs with a request unanswered, late or refused, those with most of them first."""
    size = max(len(names), 1)
    keys, place = np.unique(found.asker[chosen] * size + found.asked[chosen], return_inverse=True)

    def number(mask: npt.NDArray[np.bool_]) -> Whole:
        return np.bincount(place, mask[chosen], len(keys)).astype(np.int64)

    answered = number(found.is_answered)
    late = number(found.is_answered & (found.due != NEVER) & ~found.in_time)
    refused = number(found.refused)
    asked = np.bincount(place, minlength=len(keys))
    bad = number(~found.is_answered | found.refused | ((found.due != NEVER) & ~found.in_time))
    order = sorted(
        np.flatnonzero(bad).tolist(),
        key=lambda i: (-bad[i], -bad[i] / asked[i], names[keys[i] // size], names[keys[i] % size]),
    )
    hours = (found.answered - found.at) / HOUR
    return [
        WorstPair(
            source=names[keys[i] // size],
            target=names[keys[i] % size],
            asked=int(asked[i]),
            answered=int(answered[i]),
            late=int(late[i]),
            refused=int(refused[i]),
            median_hours=_median(hours[chosen[(place == i) & found.is_answered[chosen]]]),
            silent=False,
        )
        for i in order[:WORST]
    ]


def _median(hours: Numbers) -> float | None:
    return float(np.median(hours)) if len(hours) else None

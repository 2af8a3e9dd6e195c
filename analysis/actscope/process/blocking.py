"""Where work waits longest, and where cases stand that are still open."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

import numpy as np

from actscope.codes import Codes
from actscope.definition import Definition
from actscope.process.arcs import Arc, Steps, activity_steps, arcs, resource_steps
from actscope.process.closing import Closings, days, moment, reckoning
from actscope.process.events import EventLog
from actscope.results import Result

BLOCKING = Definition(
    en=(
        "The hours between consecutive events of a case are waiting (and work that leaves no "
        "event). A blocking point is a pair of activities, or a hand-over between two resources, "
        "ordered by all the hours lost there; its share is of all waiting of the log. An open "
        "case stands with the resource and the activity of its last event, since that event."
    ),
    zh=(
        "同一事项相邻事件之间的小时数计为等待（含未留下事件的工作）。"
        "堵点是一对活动或一次资源间移交，按累计等待小时数排序；占比以全部等待时间为分母。"
        "未结事项停留在其最后一个事件的资源和活动，自该事件起算。"
    ),
    source="Performance analysis on the directly-follows graph: van der Aalst 2016, chapter 9.",
)

Of = Literal["activity", "resource"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BlockingPoint(Result):
    """Between ``source`` and ``target`` (activities or resources, as ``of`` says): ``n`` waits in
    ``cases`` cases; in hours their mean, median, 95th percentile and total; ``share`` of all
    waiting."""

    of: Of
    source: str
    target: str
    n: int
    cases: int
    mean_wait_hours: float
    median_wait_hours: float
    p95_wait_hours: float
    total_wait_hours: float
    share: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing(Result):
    """``open`` cases stand with ``resource`` after ``activity`` (``None`` where the event has
    none), the oldest ``since`` then; they wait ``median_days`` so far. ``oldest`` is that case."""

    resource: str | None
    activity: str | None
    open: int
    since: datetime | None
    median_days: float
    oldest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Blocking(Result):
    """``points``: the ``top`` pairs of activities and the ``top`` hand-overs with most hours,
    longest first. ``standing``: where the ``open`` of ``n`` cases stand, most first; ``until``:
    when they were looked at."""

    definition: Definition
    n: int
    open: int
    until: datetime | None
    points: tuple[BlockingPoint, ...]
    standing: tuple[Standing, ...]


def blocking(
    log: EventLog, closings: Closings, *, top: int | None = 10, until: datetime | None = None
) -> Blocking:
    """Blocking points of a log. Raises ``UntilTooEarlyError``."""
    end = reckoning(log, closings, until)
    resources = resource_steps(log)
    points = [
        *_points("activity", activity_steps(log), None, top),
        *_points("resource", resources, resources.moved, top),
    ]
    return Blocking(
        definition=BLOCKING,
        n=len(log.cases),
        open=int(np.count_nonzero(~closings.closed)),
        until=moment(end) if log.n else None,
        points=tuple(sorted(points, key=lambda point: (-point.total_wait_hours, point.of))),
        standing=_standing(log, np.flatnonzero(~closings.closed), end),
    )


def _points(
    of: Of,
    steps: Steps,
    chosen: "np.ndarray[tuple[int], np.dtype[np.bool_]] | None",
    top: int | None,
) -> Sequence[BlockingPoint]:
    found = arcs(steps if chosen is None else steps.of(chosen))
    everything = float(steps.wait.sum()) / 3_600_000_000
    worst = sorted(found, key=lambda arc: (-arc.total_wait_hours, arc.source, arc.target))
    return [_point(of, arc, everything) for arc in worst[:top] if arc.total_wait_hours]


def _point(of: Of, arc: Arc, everything: float) -> BlockingPoint:
    return BlockingPoint(
        of=of,
        source=arc.source,
        target=arc.target,
        n=arc.count,
        cases=arc.cases,
        mean_wait_hours=arc.mean_wait_hours,
        median_wait_hours=arc.median_wait_hours,
        p95_wait_hours=arc.p95_wait_hours,
        total_wait_hours=arc.total_wait_hours,
        share=arc.total_wait_hours / everything if everything else None,
    )


def _standing(log: EventLog, cases: Codes, end: int) -> tuple[Standing, ...]:
    last = log.last[cases]
    places: dict[tuple[int, int], list[int]] = {}
    for place in last.tolist():
        at = (int(log.resource[place]), int(log.activity[place]))
        places.setdefault(at, []).append(place)
    rows = []
    for (resource, activity), held in places.items():
        instants = log.at[held]
        oldest = held[int(np.argmin(instants))]
        rows.append(
            Standing(
                resource=log.resources[resource] if resource >= 0 else None,
                activity=log.activities[activity] if activity >= 0 else None,
                open=len(held),
                since=moment(log.at[oldest]),
                median_days=float(np.median(days(end - instants))),
                oldest=log.cases[log.case[oldest]],
            )
        )
    return tuple(sorted(rows, key=lambda row: (-row.open, row.resource or "", row.activity or "")))

"""Which activity directly follows which, how often, and after how long."""

from dataclasses import dataclass

from actscope.definition import Definition
from actscope.process.arcs import Arc, activity_steps, arcs, resource_steps
from actscope.process.events import EventLog
from actscope.results import Result

DIRECTLY_FOLLOWS = Definition(
    en=(
        "Activity b directly follows a when an event of b is the next one after an event of a "
        "within one case; the waiting time is the hours between the two. Events of one moment "
        "keep their order in the file; events without an activity are passed over and counted "
        "as missing."
    ),
    zh=(
        "同一事项中，活动 a 的事件之后紧接着活动 b 的事件，即 b 直接跟随 a；"
        "等待时间为两者相隔的小时数。同一时刻的事件保持文件中的顺序；"
        "没有活动名称的事件被略过并计为缺失。"
    ),
    source="Directly-follows graph: van der Aalst 2016, Process Mining: Data Science in Action.",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DirectlyFollows(Result):
    """``rows``: all pairs, most frequent first. ``n``: events used, ``missing``: events without
    an activity. ``of``: ``activity``, or ``resource`` for a log that has no activities."""

    definition: Definition
    of: str
    n: int
    missing: int
    rows: tuple[Arc, ...]


def directly_follows(log: EventLog) -> DirectlyFollows:
    """The directly-follows graph of the activities; of the resources when the log has none."""
    by_activity = bool(log.activities)
    steps = activity_steps(log) if by_activity else resource_steps(log)
    return DirectlyFollows(
        definition=DIRECTLY_FOLLOWS,
        of="activity" if by_activity else "resource",
        n=steps.events,
        missing=steps.unnamed,
        rows=arcs(steps),
    )

"""How the cases of an event log pass from resource to resource, and come straight back."""

from dataclasses import dataclass

import numpy as np

from actscope.codes import distinct
from actscope.definition import Definition
from actscope.process.arcs import Arc, Steps, arcs, resource_steps
from actscope.process.events import EventLog
from actscope.results import Result

HANDING_OVER = Definition(
    en=(
        "A hand-over is a change of resource between consecutive events of a case; events of one "
        "moment keep their order in the file. Ping-pong: a hand-over from A to B whose next "
        "hand-over in the case leads from B back to A, however many events B had in between."
    ),
    zh=(
        "移交指同一事项相邻两个事件之间资源（人员或单位）的变化；同一时刻的事件保持文件中的顺序。"
        "来回推转：从 A 移交给 B 之后，该事项的下一次移交又从 B 回到 A，不论 B 在其间有多少事件。"
    ),
    source=(
        "Handover of work: van der Aalst, Reijers & Song 2005, Computer Supported Cooperative "
        "Work 14, 549–593. Ping-pong: as asked in the BPI Challenge 2013 (Volvo IT Belgium)."
    ),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class HandingOver(Result):
    """``total`` hand-overs in ``cases_handed_over`` cases; ``pairs`` most frequent first.
    ``pingpong`` returns in ``pingpong_cases`` cases. ``n``: events with a resource, ``missing``:
    without one; these are passed over."""

    definition: Definition
    n: int
    missing: int
    total: int
    cases_handed_over: int
    pairs: tuple[Arc, ...]
    pingpong: int
    pingpong_cases: int


def handing_over(log: EventLog) -> HandingOver:
    """Hand-overs and ping-pong between the resources of a log."""
    steps = resource_steps(log)
    moves = steps.of(steps.moved)
    back = _returns(moves)
    return HandingOver(
        definition=HANDING_OVER,
        n=steps.events,
        missing=steps.unnamed,
        total=len(moves.wait),
        cases_handed_over=len(distinct(moves.case)),
        pairs=arcs(moves),
        pingpong=len(back),
        pingpong_cases=len(distinct(moves.case[back])),
    )


def _returns(moves: Steps) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """The places of the hand-overs that the next one takes back. (What B hands on next, B has
    held: two consecutive hand-overs of a case share their middle.)"""
    return np.flatnonzero(
        (moves.case[1:] == moves.case[:-1]) & (moves.source[:-1] == moves.target[1:])
    )

"""What one organisation asked of another, and what became of it."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from actscope.counting import Mask
from actscope.dimensions.view import NEVER, View, Whole

ASKING = ("ask", "dispatch")
"""Kinds of acts that want an answer of whom they are addressed to."""

CONFIRMING = ("confirmed", "closed", "completed", "done")
"""Outcomes by which who asked says that it is done."""

REFUSING = ("refused", "returned")
"""Outcomes of an answer that passes the request back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Requests:
    """One element per request: who ``asker`` asked whom (``asked``) about which ``case``, ``at``
    what time, ``due`` when (``NEVER``: no date), ``answered`` when (``NEVER``: not), whether it was
    ``refused``, ``confirmed`` when. ``dispatched``: it was an order and not a question. The log
    ends before the date of those ``pending`` (without an answer) and ``running`` (without a
    confirmation). ``can_confirm``: some act of the log confirms something; else nothing can be said
    of confirmations. ``without_case``: requests that are about no case, of which no answer can be
    recognised."""

    asker: Whole
    asked: Whole
    case: Whole
    at: Whole
    due: Whole
    answered: Whole
    refused: Mask
    confirmed: Whole
    dispatched: Mask
    pending: Mask
    running: Mask
    can_confirm: bool
    without_case: int

    def __len__(self) -> int:
        return len(self.asker)

    @property
    def is_answered(self) -> Mask:
        """Which were answered."""
        there: Mask = self.answered != NEVER
        return there

    @property
    def is_confirmed(self) -> Mask:
        """Which both sides confirmed: answered by the one, confirmed by the other."""
        there: Mask = self.confirmed != NEVER
        return there

    @property
    def in_time(self) -> Mask:
        """Which were answered by their date."""
        there: Mask = self.is_answered & (self.due != NEVER) & (self.answered <= self.due)
        return there


def requests(view: View) -> Requests:
    """The requests of a log: acts of the kinds ``ASKING``, one request to each partner.

    The answer is the next act of the asked organisation about the same case, whatever its kind;
    requests between the same two about the same case that wait for one answer are one. It is
    confirmed when, after the answer, who asked closes the case with an outcome of ``CONFIRMING``.
    """
    asking = view.of_kind(*ASKING)
    chosen = asking[view.act]
    act, asked = view.act[chosen], view.partner[chosen]
    with_case = view.case[act] >= 0
    without_case = int(np.count_nonzero(~with_case))
    act, asked = act[with_case], asked[with_case]
    everything = np.arange(len(view.by), dtype=np.int64)
    answer = next_act(view, everything, view.case[act], asked, act)
    # The first of those that wait for the same answer stands for all.
    asker = view.by[act]
    keys = np.column_stack((view.case[act], asker, asked, answer))
    _, first = np.unique(keys, axis=0, return_index=True)
    first.sort()
    act, asked, asker, answer = act[first], asked[first], asker[first], answer[first]
    answered = _time(view, answer)
    closing = np.flatnonzero(view.with_outcome(*CONFIRMING))
    after = np.where(answer >= 0, answer, len(view.by))
    confirmed = _time(view, next_act(view, closing, view.case[act], asker, after))
    end = int(view.at[-1]) if len(view.at) else 0
    due = view.due[act]
    ahead = (due != NEVER) & (due > end)
    return Requests(
        asker=asker,
        asked=asked,
        case=view.case[act],
        at=view.at[act],
        due=due,
        answered=answered,
        refused=(answer >= 0) & view.with_outcome(*REFUSING)[answer]
        if len(act)
        else np.zeros(0, np.bool_),
        confirmed=confirmed,
        dispatched=view.of_kind("dispatch")[act],
        pending=(answered == NEVER) & ahead,
        running=(confirmed == NEVER) & ahead,
        can_confirm=bool(len(closing)),
        without_case=without_case,
    )


def next_act(view: View, among: Whole, case: Whole, unit: Whole, after: Whole) -> Whole:
    """For each case and unit the first act of the unit about the case, among those given, that
    comes after the act ``after``; −1 where there is none."""
    among = among[view.case[among] >= 0]
    if not len(among) or not len(case):
        return np.full(len(case), -1)
    acts, units = len(view.by) + 1, len(view.organisations)
    # One number per act that sorts by case, unit, order: the next act is the next number.
    held = np.sort((view.case[among] * units + view.by[among]) * acts + among)
    wanted = case * units + unit
    place = np.searchsorted(held, wanted * acts + after, side="right")
    found = held[np.minimum(place, len(held) - 1)]
    there: npt.NDArray[np.bool_] = (place < len(held)) & (found // acts == wanted)
    return np.where(there, found % acts, -1)


def _time(view: View, act: Whole) -> Whole:
    if not len(act):
        return act
    return np.where(act >= 0, view.at[act], NEVER)

"""Which acts are done jointly, and on which day."""

from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from actscope.acts.times import INSTANT
from actscope.codes import coded_together
from actscope.counting import Counted, Mask, column_of, mask_of, split_by_reason
from actscope.days import day_of, day_starts, days_between

Whole = npt.NDArray[np.int64]

SILENCE = 90
"""More days than these without an act part what is told of before and after them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JointActs(Counted):
    """``days`` from the first to the last act that was asked about, without gaps; ``numbers`` of
    joint acts on each; ``units`` that took part in one. Where more than ``SILENCE`` days have no
    act, the stretch with the most joint acts is taken; ``outside`` are in others. Those, and acts
    of one unit alone, are set aside."""

    days: tuple[date, ...]
    numbers: Whole
    units: int
    outside: int


def joint_acts(acts: pa.Table, asked: Mask, *, zone: str) -> JointActs:
    """Acts in which at least two different units took part, the acting one among them.

    ``acts``: ``by_unit``, ``with_units``, ``at``; ``asked``: which acts the question is about.
    Missing: ``no_time``. Raises ``ColumnMissingError``, ``UnknownZoneError``,
    ``SpanTooLongError``.
    """
    joint, taking_part = _joint(acts)
    at = pc.cast(column_of(acts, "at"), INSTANT)
    timeless = mask_of(pc.is_null(at))
    instants = pc.fill_null(pc.cast(at, pa.int64()), 0).to_numpy()
    used, missing_by = split_by_reason(asked & joint, (("no_time", timeless),))
    asked_timed = asked & ~timeless
    days: tuple[date, ...] = ()
    numbers = np.zeros(0, np.int64)
    inside = used
    if asked_timed.any():
        timed = instants[asked_timed]
        days = days_between(day_of(int(timed.min()), zone), day_of(int(timed.max()), zone))
        day = np.searchsorted(day_starts(days, zone), instants, side="right") - 1
        numbers = np.bincount(day[used], minlength=len(days))
        first, last = _stretch(day[asked_timed], numbers)
        days, numbers = days[first : last + 1], numbers[first : last + 1]
        inside = used & (day >= first) & (day <= last)
    act, unit = taking_part
    outside = int(np.count_nonzero(used & ~inside))
    return JointActs(
        n=int(np.count_nonzero(inside)),
        missing_by=missing_by,
        set_aside=int(np.count_nonzero(~(asked & joint))) + outside,
        days=days,
        numbers=numbers,
        units=int(np.count_nonzero(np.bincount(unit[inside[act]]))),
        outside=outside,
    )


def _stretch(day: Whole, joint: Whole) -> tuple[int, int]:
    """The first and the last day of the stretch with the most joint acts, of several the first.
    ``day``: that of each act; ``joint``: how many of them on each day are joint."""
    there = np.unique(day)
    parted = np.flatnonzero(np.diff(there) > SILENCE + 1)
    firsts, lasts = there[np.append(0, parted + 1)], there[np.append(parted, -1)]
    done = np.cumsum(joint)
    best = int(np.argmax(done[lasts] - done[firsts] + joint[firsts]))
    return int(firsts[best]), int(lasts[best])


def _joint(
    acts: pa.Table,
) -> tuple[Mask, tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Which acts are joint, and who took part in which: an act's row number and a unit's code."""
    partners = column_of(acts, "with_units")
    act = pc.list_parent_indices(partners).to_numpy()
    (by, partner), _ = coded_together((column_of(acts, "by_unit"), pc.list_flatten(partners)))
    named = partner >= 0
    act, partner = act[named], partner[named]
    # Whoever acted; where nobody is named, some partner stands in, and the rest must differ.
    one = by.copy()
    nobody = by[act] < 0
    one[act[nobody]] = partner[nobody]
    joint = np.zeros(acts.num_rows, np.bool_)
    joint[act[partner != one[act]]] = True
    acting = np.flatnonzero(by >= 0)
    return joint, (np.concatenate((acting, act)), np.concatenate((by[acting], partner)))

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


@dataclass(frozen=True, slots=True, kw_only=True)
class JointActs(Counted):
    """``days`` from the first to the last act that was asked about, without gaps; ``numbers`` of
    joint acts on each; ``units`` that took part in one. Acts of one unit alone are set aside."""

    days: tuple[date, ...]
    numbers: npt.NDArray[np.int64]
    units: int


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
    timed = instants[asked & ~timeless]
    days: tuple[date, ...] = ()
    numbers = np.zeros(0, np.int64)
    if len(timed):
        days = days_between(day_of(int(timed.min()), zone), day_of(int(timed.max()), zone))
        place = np.searchsorted(day_starts(days, zone), instants[used], side="right") - 1
        numbers = np.bincount(place, minlength=len(days))
    act, unit = taking_part
    return JointActs(
        n=int(np.count_nonzero(used)),
        missing_by=missing_by,
        set_aside=int(np.count_nonzero(~(asked & joint))),
        days=days,
        numbers=numbers,
        units=int(np.count_nonzero(np.bincount(unit[used[act]]))),
    )


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

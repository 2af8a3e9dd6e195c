"""Cumulative counts that fall: a total was corrected and its history was not."""

import numpy as np
import numpy.typing as npt

from actscope.definition import Definition

Counts = npt.NDArray[np.int64]

CARRY_BACK = Definition(
    en=(
        "A later correction is believed: each cumulative count is lowered to the lowest that "
        "follows it. The last total stays, no daily count is negative, and the cases taken away "
        "are those reported last before the correction."
    ),
    zh="以后来的更正为准：每个累计数降至其后的最小值。最终总数不变，每日新增不为负，扣除的是更正前最近报告的病例。",
    source="This project; the greatest non-decreasing series that is nowhere above the reported.",
)


def carried_back(cumulative: Counts) -> Counts:
    """The greatest non-decreasing counts that are nowhere above ``cumulative``."""
    lowest: Counts = np.minimum.accumulate(cumulative[::-1])[::-1]
    return lowest

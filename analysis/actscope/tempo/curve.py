"""Cooperation against the load of open work, day by day."""

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]

WINDOW = 7
"""Days of a mean: a week holds one of each weekday."""


def ratio(joint: npt.ArrayLike, load: npt.ArrayLike) -> Numbers:
    """r = y ÷ L, not-a-number on days without load."""
    y, open_cases = np.asarray(joint, np.float64), np.asarray(load, np.float64)
    result = np.full(len(y), np.nan)
    np.divide(y, open_cases, out=result, where=open_cases > 0)
    return result


def smoothed(values: npt.ArrayLike, window: int = WINDOW) -> Numbers:
    """The mean over ``window`` days around each day (an odd number); at the ends, and where a day
    has no value, over those there are; not-a-number where there is none."""
    numbers = np.asarray(values, np.float64)
    if not len(numbers):
        return numbers
    there = np.isfinite(numbers)
    around = np.ones(window)
    half = window // 2
    end = half + len(numbers)
    total = np.convolve(np.where(there, numbers, 0.0), around)[half:end]
    count = np.convolve(there.astype(np.float64), around)[half:end].round()
    mean = np.full(len(numbers), np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean


def peak(values: Numbers) -> int | None:
    """The place of the largest value, the first of several; ``None`` where there is no value."""
    if not np.isfinite(values).any():
        return None
    # What is left over of thirds in floating point must not choose among equals.
    return int(np.nanargmax(values.round(9)))


def alerts(
    joint: npt.ArrayLike, load: npt.ArrayLike, *, fall: float = 0.3, window: int = WINDOW
) -> list[tuple[int, float]]:
    """The days on which the mean of r over the last ``window`` days is at least ``fall`` below
    the mean over the ``window`` days before, while the mean load is not below: the place of the
    day, and how far r fell.

    A window with a day without load gives no alert: there is no r to compare.
    """
    r, open_cases = ratio(joint, load), np.asarray(load, np.float64)
    if len(r) < 2 * window:
        return []
    means = np.lib.stride_tricks.sliding_window_view(r, window).mean(axis=1)
    loads = np.lib.stride_tricks.sliding_window_view(open_cases, window).mean(axis=1)
    before, after = means[:-window], means[window:]
    there = (before > 0) & np.isfinite(after)
    fell = np.full(len(before), -np.inf)
    fell[there] = (1 - after[there] / before[there]).round(9)
    found = np.flatnonzero((fell >= fall) & (loads[window:] >= loads[:-window]))
    return [(int(place) + 2 * window - 1, float(fell[place])) for place in found]

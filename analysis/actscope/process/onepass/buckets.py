"""Histograms of waits whose quantiles are right to one percent, whatever their size.

Each doubling of the wait is cut into 64 buckets of equal width, so that the middle of a bucket
is within 1/128 of any wait in it (the layout of HdrHistogram; the guarantee is that of relative-
error sketches: Masson, Rim & Lee 2019, PVLDB 12, 2195–2205). Waits under 64 µs have a bucket each.
"""

import numpy as np
import numpy.typing as npt
from numba import njit

from actscope.process.onepass.names import Ints

SPLIT = 6
"""2⁶ buckets to a doubling."""

BUCKETS = (64 - SPLIT) << SPLIT
"""Enough for any wait under 2⁶³ − 2⁹."""

RELATIVE_ERROR = 1 / (2 << SPLIT)


@njit(cache=True, nogil=True)
def bucket_of(wait):  # type: ignore[no-untyped-def]
    """The bucket of a wait ≥ 0."""
    if wait < 1 << SPLIT:
        return wait
    # The bits of a floating point number are its exponent and then its leading digits: together
    # they count the buckets, from the exponent of the first doubling on.
    return (np.float64(wait).view(np.int64) >> (52 - SPLIT)) - ((1023 + SPLIT - 1) << SPLIT)


def bucket_middles() -> npt.NDArray[np.float64]:
    """The middle of each bucket, in the unit of the waits."""
    bucket = np.arange(BUCKETS)
    shift = np.maximum((bucket >> SPLIT) - 1, 0)
    low = np.where(bucket < 1 << SPLIT, bucket, (bucket & ((1 << SPLIT) - 1)) + (1 << SPLIT))
    middles: npt.NDArray[np.float64] = low * 2.0**shift + (2.0**shift - 1) / 2
    return middles


def quantile(counts: Ints, share: float) -> float:
    """The quantile ``share`` of the waits counted, with a relative error of at most 1 %; not a
    number when there are none. Between two ranks it is interpolated, as NumPy does."""
    total = int(counts.sum())
    if not total:
        return float("nan")
    rank = (total - 1) * share
    until = np.cumsum(counts)
    low, high = np.searchsorted(until, [np.floor(rank), np.ceil(rank)], side="right")
    middles = bucket_middles()
    return float(middles[low] + (middles[high] - middles[low]) * (rank - np.floor(rank)))

"""Quantiles of many groups at once."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from actscope.codes import Codes


def grouped_quantiles(
    values: Codes, group: Codes, sizes: Codes, shares: Sequence[float]
) -> npt.NDArray[np.float64]:
    """The quantiles ``shares`` (0–1) of each group of whole numbers ≥ 0, a row for each share.

    ``group``: the group of each value, from 0; ``sizes``: those of the groups, none of them 0.
    Between two values it is interpolated linearly (Hyndman & Fan 1996, The American Statistician
    50, 361–365, type 7; the default of R and NumPy).
    """
    span = int(values.max(initial=0)) + 1
    if len(sizes) * span < 2**63:
        # Group and value in one number: sorting plain numbers is far faster.
        ordered = np.sort(group * span + values) % span
    else:
        ordered = values[np.lexsort((values, group))]
    start = np.cumsum(sizes) - sizes
    place = np.outer(shares, sizes - 1)
    low = np.floor(place).astype(np.int64)
    below, above = ordered[start + low], ordered[start + np.minimum(low + 1, sizes - 1)]
    quantiles: npt.NDArray[np.float64] = below + (above - below) * (place - low)
    return quantiles

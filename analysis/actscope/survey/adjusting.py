"""p values of many tests at once."""

from typing import Literal

import numpy as np

from actscope.survey.answers import Matrix

Correction = Literal["holm", "bh"]
"""``holm`` (Holm 1979, Scandinavian Journal of Statistics 6, 65–70): the chance of any false find
is bounded. ``bh`` (Benjamini & Hochberg 1995, JRSS B 57, 289–300): the expected share of false
finds among the finds is."""


def adjusted(p: Matrix, correction: Correction) -> Matrix:
    """The corrected p of each test, in the order given; not-a-number is no test and stays."""
    tested = np.flatnonzero(~np.isnan(p))
    order = tested[np.argsort(p[tested], kind="stable")]
    number = len(order)
    rank = np.arange(1, number + 1)
    if correction == "holm":
        raised = np.maximum.accumulate(p[order] * (number - rank + 1))
    else:
        raised = np.minimum.accumulate((p[order] * number / rank)[::-1])[::-1]
    corrected = np.full(len(p), np.nan)
    corrected[order] = np.minimum(raised, 1)
    return corrected

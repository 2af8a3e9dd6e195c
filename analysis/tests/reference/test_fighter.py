"""The choice of a fighter aircraft, the worked example of TOPSIS.

Hwang & Yoon 1981, Multiple Attribute Decision Making, chapter 3: maximum speed, ferry range,
maximum payload, acquisition cost, reliability and manoeuvrability of four aircraft, with weights
.2 .1 .1 .1 .2 .3. The book prints the scores to three digits.
"""

import numpy as np
import pytest

from actscope.compare.indicators import Indicators
from actscope.compare.normalising import normalised
from actscope.compare.topsis import closeness, ranks

FIGHTERS = Indicators(
    ("A1", "A2", "A3", "A4"),
    ("speed", "range", "payload", "cost", "reliability", "manoeuvrability"),
    np.array(
        [
            [2.0, 1500, 20_000, 5.5, 5, 9],
            [2.5, 2700, 18_000, 6.5, 3, 5],
            [1.8, 2000, 21_000, 4.5, 7, 7],
            [2.2, 1800, 20_000, 5.0, 5, 5],
        ]
    ),
    (False, False, False, True, False, False),
)
WEIGHTS = np.array([0.2, 0.1, 0.1, 0.1, 0.2, 0.3])


PRINTED = ["0.643", "0.268", "0.613", "0.312"]


def test_the_scores_by_the_arithmetic_of_the_book() -> None:
    # The book carries four digits from step to step.
    scaled = np.round(normalised(FIGHTERS, "vector"), 4)
    weighted = np.round(scaled * WEIGHTS, 4)
    to_best = np.round(np.linalg.norm(weighted - weighted.max(axis=0), axis=1), 4)
    to_worst = np.round(np.linalg.norm(weighted - weighted.min(axis=0), axis=1), 4)

    scores = to_worst / (to_best + to_worst)

    assert [f"{score:.3f}" for score in scores.tolist()] == PRINTED


def test_the_scores_and_the_order() -> None:
    scores = closeness(normalised(FIGHTERS, "vector"), WEIGHTS)

    # Without rounding on the way A3 has 0.61354, which the book prints as 0.613.
    assert scores.tolist() == [pytest.approx(float(printed), abs=0.0006) for printed in PRINTED]
    assert ranks(scores).tolist() == [1, 4, 2, 3]

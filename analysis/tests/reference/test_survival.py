"""Kaplan–Meier and log-rank against R's package survival (survfit, survdiff) on its data set aml
(Miller 1981, Survival Analysis, p. 49): maintenance of chemotherapy, weeks to relapse."""

import numpy as np
import pytest

from actscope.process.survival import (
    NegativeDurationError,
    NotComparableError,
    log_rank,
    survival,
)

MAINTAINED = (
    np.array([9, 13, 13, 18, 23, 28, 31, 34, 45, 48, 161], float),
    np.array([1, 1, 0, 1, 1, 0, 1, 1, 0, 1, 0], bool),
)
NOT_MAINTAINED = (
    np.array([5, 5, 8, 8, 12, 16, 23, 27, 30, 33, 43, 45], float),
    np.array([1, 1, 1, 1, 1, 0, 1, 1, 1, 1, 1, 1], bool),
)


def test_medians_and_their_intervals() -> None:
    one, two = survival(*MAINTAINED), survival(*NOT_MAINTAINED)

    assert (one.n, one.events, one.open) == (11, 7, 4)
    assert (one.median, one.median_lower, one.median_upper) == (31, 18, None)
    assert (two.median, two.median_lower, two.median_upper) == (23, 8, None)


def test_the_curve_as_r_prints_it() -> None:
    found = survival(*MAINTAINED)

    assert found.time.tolist() == [9, 13, 18, 23, 31, 34, 48]
    assert found.at_risk.tolist() == [11, 10, 8, 7, 5, 4, 2]
    assert found.surviving.round(6).tolist() == [
        *(0.909091, 0.818182, 0.715909, 0.613636, 0.490909, 0.368182, 0.184091)
    ]
    assert found.std_error.round(7).tolist() == [
        *(0.0866784, 0.1162913, 0.1396650, 0.1526323, 0.1641933, 0.1626689, 0.1534927)
    ]
    assert found.lower.round(7).tolist() == [
        *(0.7541338, 0.6192490, 0.4884263, 0.3768671, 0.2548600, 0.1548771, 0.0359179)
    ]
    assert found.upper.round(6).tolist() == [
        *(1.0, 1.0, 1.0, 0.999158, 0.945585, 0.875261, 0.943526)
    ]


def test_the_log_rank_test() -> None:
    found = log_rank([MAINTAINED, NOT_MAINTAINED])

    assert (found.observed, found.df) == ((7, 11), 1)
    assert found.expected == pytest.approx((10.68934, 7.31066), abs=5e-6)
    assert found.chi2 == pytest.approx(3.39639, abs=5e-6)
    assert found.p == pytest.approx(0.06534, abs=5e-6)


def test_what_never_ends_has_no_median_and_no_test() -> None:
    open_ones = (np.array([1.0, 2.0]), np.array([False, False]))

    assert survival(*open_ones).median is None
    for groups in ([], [MAINTAINED], [open_ones, open_ones], [MAINTAINED, (open_ones[0][:0],) * 2]):
        with pytest.raises(NotComparableError):
            log_rank(groups)


def test_a_negative_duration_is_refused() -> None:
    with pytest.raises(NegativeDurationError, match="Row 2"):
        survival(np.array([1.0, -1.0]), np.array([True, True]))

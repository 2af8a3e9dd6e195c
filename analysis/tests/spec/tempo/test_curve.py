"""Cooperation against load, on short series worked by hand."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from actscope.tempo.curve import alerts, peak, ratio, smoothed

JOINT = [4, 6, 9, 9, 6, 3, 0]
LOAD = [2, 2, 3, 3, 3, 3, 3]
DAY = st.tuples(st.integers(0, 50), st.integers(0, 50))


def test_the_ratio_is_joint_acts_per_open_case() -> None:
    assert ratio(JOINT, LOAD).tolist() == [2, 3, 3, 3, 2, 1, 0]


def test_a_day_without_load_has_no_ratio() -> None:
    assert np.isnan(ratio([3, 0], [0, 0])).all()


def test_the_mean_is_taken_around_the_day_over_the_values_there_are() -> None:
    assert smoothed([1, 2, 6, np.nan, 4], 3).tolist() == [1.5, 3, 4, 5, 4]
    assert np.isnan(smoothed([np.nan] * 3, 3)).all()


def test_the_peak_is_the_first_of_equals() -> None:
    assert peak(np.array([1.0, np.nan, 3.0, 3.0])) == 2
    assert peak(np.array([0.1 + 0.2, 0.3])) == 0
    assert peak(np.array([np.nan])) is None
    assert peak(np.array([])) is None


@given(days=st.lists(DAY, max_size=30))
def test_twice_the_load_with_twice_the_cooperation_leaves_the_curve_as_it_is(
    days: list[tuple[int, int]],
) -> None:
    joint, load = np.array(days, np.int64).reshape(-1, 2).T

    assert np.array_equal(ratio(2 * joint, 2 * load), ratio(joint, load), equal_nan=True)
    assert np.array_equal(ratio(joint, 2 * load), ratio(joint, load) / 2, equal_nan=True)


def test_it_alerts_when_cooperation_falls_and_load_does_not() -> None:
    steady, fallen = [10] * 7, [7] * 7

    assert alerts(steady + fallen, [5] * 14) == [(13, 0.3)]
    assert alerts(steady + [8] * 7, [5] * 14) == []
    assert alerts(steady + fallen, [5] * 13 + [4]) == []
    assert alerts([10] * 6 + fallen, [5] * 13) == []
    assert alerts([0] * 14, [5] * 14) == []


def test_a_day_without_load_gives_no_alert() -> None:
    assert alerts([10] * 7 + [1] * 7, [5] * 13 + [0]) == []
    assert [day for day, _ in alerts([10] * 7 + [1] * 8, [5] * 6 + [0] + [5] * 8)] == []

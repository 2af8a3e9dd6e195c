"""Slopes, half-life and the test of rise and fall, on series whose figures are known."""

import numpy as np
import pytest

from actscope.tempo.trend import (
    Estimate,
    Slope,
    TooFewDaysError,
    TooFewJointDaysError,
    half_life,
    rise_then_fall,
    slope,
)

DAYS = np.arange(60)


def test_the_slope_is_that_of_log_r() -> None:
    # 8, 4, 2, 1 joint acts per open case: it halves every day.
    found = slope([16, 4, 4, 1], [2, 1, 2, 1])

    assert found.value == pytest.approx(-np.log(2))
    assert found.lower is not None
    assert found.upper is not None
    assert found.lower < found.value < found.upper
    assert (found.n, found.missing) == (4, 0)


def test_days_without_load_are_left_out_and_counted() -> None:
    found = slope([8, 5, 2, 1], [1, 0, 1, 1])

    assert found.value == pytest.approx(-np.log(2))
    assert (found.n, found.missing) == (3, 1)


def test_the_half_life_is_the_time_in_which_half_is_lost() -> None:
    week = np.log(2) / 7
    decay = Slope(value=-week, lower=-2 * week, upper=-week / 2, n=9, missing=0)

    found = half_life(decay)

    assert found is not None
    assert [found.lower, found.value, found.upper] == pytest.approx([3.5, 7, 14])


def test_what_may_not_fall_at_all_has_no_longest_half_life() -> None:
    half = np.log(2)
    steep = Slope(value=-2 * half, lower=-4 * half, upper=half, n=9, missing=0)

    assert half_life(steep) == Estimate(value=0.5, lower=0.25, upper=None)
    assert half_life(Slope(value=0.0, lower=-0.1, upper=0.1, n=9, missing=0)) is None


def test_a_planted_parabola_is_found_with_its_turn() -> None:
    load = 100 + DAYS
    joint = load * np.exp(1 - 0.002 * (DAYS - 40) ** 2)

    found = rise_then_fall(joint, load)

    assert found.found
    assert found.curvature.value == pytest.approx(-0.002)
    assert found.turn is not None
    assert found.turn.value == pytest.approx(40)
    assert found.dispersion == pytest.approx(0)


def test_rise_and_fall_of_the_load_alone_are_not_found() -> None:
    load = np.round(100 * np.exp(-((DAYS - 30) ** 2) / 200)) + 1

    found = rise_then_fall(3 * load, load)

    assert not found.found
    assert found.curvature.value == pytest.approx(0)
    assert found.p == pytest.approx(1)


def test_a_fall_without_a_rise_is_not_found() -> None:
    found = rise_then_fall(1e4 * np.exp(-0.001 * (DAYS + 20) ** 2), np.full(60, 10))

    assert found.curvature.upper is not None
    assert found.curvature.upper < 0
    assert not found.found


def test_a_constant_series_has_no_curvature() -> None:
    found = rise_then_fall(np.full(60, 5), np.full(60, 10))

    assert found.curvature.value == pytest.approx(0)
    assert not found.found


def test_counts_that_scatter_widely_widen_the_interval() -> None:
    load = np.full(60, 10)
    calm = rise_then_fall(np.full(60, 40), load)
    wild = rise_then_fall(np.where(DAYS % 2, 0, 80), load)

    assert wild.dispersion > 10
    assert wild.curvature.upper is not None
    assert calm.curvature.upper is not None
    ratio = wild.curvature.upper - wild.curvature.value
    assert ratio > 3 * (calm.curvature.upper - calm.curvature.value)


def test_years_between_two_spells_of_acts_do_not_run_away() -> None:
    days = np.arange(2_500)
    joint = np.zeros(2_500)
    joint[:5], joint[-3:] = [300, 400, 500, 400, 200], [1, 2, 10]

    fall = slope(joint, np.full(2_500, 10)).value

    # Where the likelihood is greatest, the mean day of the acts is that which the line expects.
    assert (joint @ days) / joint.sum() == pytest.approx(
        (np.exp(fall * days) @ days) / np.exp(fall * days).sum()
    )


def test_a_few_days_before_years_of_nothing_have_their_own_curve() -> None:
    days = np.arange(2_500)
    joint = np.zeros(2_500)
    joint[:3] = [3, 20, 50]

    found = rise_then_fall(joint, np.full(2_500, 10))

    assert found.turn is not None
    expected = np.exp(found.curvature.value * (days - found.turn.value) ** 2)
    for moment in (days, days**2):
        assert (joint @ moment) / joint.sum() == pytest.approx(expected @ moment / expected.sum())
    assert found.dispersion < 1


def test_it_refuses_fewer_days_than_coefficients() -> None:
    with pytest.raises(TooFewDaysError) as refusal:
        rise_then_fall([1, 2, 3, 4], [1, 1, 1, 1])
    assert refusal.value.value == 4
    with pytest.raises(TooFewDaysError):
        slope([5], [1])
    with pytest.raises(TooFewDaysError):
        slope([5, 5, 5], [0, 0, 0])


def test_it_refuses_curves_through_a_point_or_two() -> None:
    one_act = np.zeros(60)
    one_act[3] = 1

    with pytest.raises(TooFewJointDaysError):
        rise_then_fall(one_act, np.ones(60))
    with pytest.raises(TooFewJointDaysError):
        slope(one_act, np.ones(60))
    with pytest.raises(TooFewJointDaysError):
        rise_then_fall(np.zeros(60), np.ones(60))

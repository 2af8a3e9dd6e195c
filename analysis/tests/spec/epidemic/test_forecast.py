"""Forecasts whose answer is known."""

import numpy as np
import pyarrow as pa
import pytest

from actscope.epidemic.forecast import (
    ForecastExplodesError,
    HorizonError,
    crps,
    forecast,
    simulated,
)
from actscope.epidemic.incidence import Incidence, incidence
from actscope.epidemic.reproduction import Reproduction, reproduction_numbers
from actscope.epidemic.serial_interval import given

NEXT_DAY = given([1], [1.0])


def series(cases: list[int]) -> tuple[Incidence, Reproduction]:
    found = incidence(pa.table({"day": list(range(1, len(cases) + 1)), "cases": cases}))
    return found, reproduction_numbers(found, NEXT_DAY)


def test_with_r_two_and_one_day_between_cases_they_double() -> None:
    rng = np.random.default_rng(1)

    paths = simulated(np.array([5_000, 10_000]), NEXT_DAY, np.full(4_000, 2.0), 3, rng)

    assert paths.mean(axis=0) == pytest.approx([20_000, 40_000, 80_000], rel=0.01)


def test_a_longer_interval_waits() -> None:
    rng = np.random.default_rng(1)

    paths = simulated(np.array([1_000, 0]), given([2], [1.0]), np.full(100, 3.0), 3, rng)

    assert paths[:, 0].mean() == pytest.approx(3_000, rel=0.01)
    assert paths[:, 1].tolist() == [0] * 100
    assert paths[:, 2].mean() == pytest.approx(9_000, rel=0.01)


def test_the_score_of_one_certain_forecast_is_its_distance() -> None:
    assert crps(np.array([[3.0], [3.0]]), np.array([7.0])).tolist() == [4.0]


def test_the_score_rewards_a_spread_that_covers() -> None:
    # Draws 0 and 4, seen 2: mean distance 2, mean distance between draws 2.
    assert crps(np.array([[4.0], [0.0]]), np.array([2.0])).tolist() == [1.0]


def test_a_steady_series_is_forecast_better_than_by_drawing_from_the_past() -> None:
    # Growth of one tenth a day: the past week is always too low.
    cases, found = series([round(100 * 1.1**day) for day in range(36)])

    ahead = forecast(cases, found, days=7, seed=1)

    assert ahead.score is not None
    assert ahead.score.skill is not None
    assert ahead.score.skill > 0.5
    assert ahead.score.coverage_95 == 1
    assert (ahead.score.days, ahead.score.set_aside) == (7 * ahead.score.origins, 0)
    assert [day.day for day in ahead.days] == list(range(37, 44))
    assert ahead.days[0].median == pytest.approx(100 * 1.1**36, rel=0.02)


def test_the_same_seed_gives_the_same_forecast() -> None:
    cases, found = series([20] * 20)

    one = forecast(cases, found, days=3, seed=7, draws=200)

    assert one == forecast(cases, found, days=3, seed=7, draws=200)
    assert one != forecast(cases, found, days=3, seed=8, draws=200)


def test_a_series_too_short_to_cut_has_no_score() -> None:
    cases, found = series([20] * 9)

    assert forecast(cases, found, days=7, seed=1).score is None


def test_a_forecast_from_few_cases_says_so() -> None:
    cases, found = series([20] * 9 + [0] * 9)

    assert forecast(cases, found, days=3, seed=1, draws=100).prior_bound


@pytest.mark.parametrize("days", [0, -1, 29])
def test_a_forecast_of_no_days_or_of_too_many_is_refused(days: int) -> None:
    cases, found = series([20] * 20)

    with pytest.raises(HorizonError):
        forecast(cases, found, days=days, seed=1)


def test_more_cases_than_people_are_not_forecast() -> None:
    cases, found = series([2**day for day in range(20)])

    assert forecast(cases, found, days=7, seed=1, draws=100).days
    with pytest.raises(ForecastExplodesError):
        forecast(cases, found, days=28, seed=1, draws=100)


def test_only_the_latest_cuts_are_scored() -> None:
    cases, found = series([20] * 200)

    ahead = forecast(cases, found, days=2, seed=1, draws=50)

    assert ahead.score is not None
    assert ahead.score.origins == 60


def test_the_intervals_hold_what_they_promise_when_r_stays() -> None:
    si = given([1, 2, 3, 4], [0.2, 0.4, 0.3, 0.1])
    scores = []
    for seed in range(12):
        rng = np.random.default_rng(seed)
        begun = np.full(6, 40)
        drawn = simulated(begun, si, np.array([1.03]), 60, rng)[0]
        cases = np.concatenate((begun, drawn))
        found = incidence(pa.table({"day": list(range(len(cases))), "cases": cases}))
        ahead = forecast(found, reproduction_numbers(found, si), days=5, seed=1, draws=300)
        assert ahead.score is not None
        scores.append(ahead.score)

    assert np.mean([one.coverage_95 for one in scores]) == pytest.approx(0.95, abs=0.04)
    assert np.mean([one.coverage_50 for one in scores]) == pytest.approx(0.5, abs=0.08)

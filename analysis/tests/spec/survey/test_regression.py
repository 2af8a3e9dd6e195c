"""Regression, on a few rows."""

import numpy as np
import pytest

from actscope.survey.answers import Matrix, OutcomeUnvaryingError
from actscope.survey.labels import Labels
from actscope.survey.regression import (
    PredictorCollinearError,
    PredictorConstantError,
    RowDecidesError,
    RowsTooFewError,
    regression,
)

NAN = float("nan")


def array(*values: float) -> Matrix:
    return np.array(values, np.float64)


def test_two_groups_differ_by_their_means_with_errors_of_their_own() -> None:
    group: Labels = ("a", "a", "a", "b", "b", "b", "b")

    found = regression(array(1, 2, 3, 4, 6, 8, 10), {"group": group})

    intercept, difference = found.coefficients
    assert (intercept.estimate, difference.estimate) == pytest.approx((2, 5))
    assert difference.term == "group[b]"
    # HC3 of a mean is its variance ÷ (n − 1): 1/2 and (20/3)/3.
    assert difference.error == pytest.approx(np.sqrt(1 / 2 + 20 / 9))
    assert intercept.error == pytest.approx(np.sqrt(1 / 2))
    assert (found.n, found.df, found.errors) == (7, 5, "hc3")
    assert found.f == pytest.approx(difference.t**2)


def test_a_line_by_hand() -> None:
    # Σxy = 3 around the means, Σxx = 5: slope .6, intercept 1.1; residuals sum of squares .7.
    found = regression(array(1, 2, 2, 3), {"x": array(0, 1, 2, 3)}, errors="classical")

    intercept, slope = found.coefficients
    assert (intercept.estimate, slope.estimate) == pytest.approx((1.1, 0.6))
    assert slope.error == pytest.approx(np.sqrt(0.2 / 2 / 5))
    assert found.r_squared == pytest.approx(0.9)
    assert found.r_squared_adjusted == pytest.approx(1 - 0.1 * 3 / 2)


def test_rows_that_lack_something_are_left_out_and_counted() -> None:
    words: Labels = ("a", None, "b", "a", "b", "a", "b")
    plain: Labels = ("b", "a", "b", "a", "b")

    found = regression(array(NAN, 2, 3, 4, 6, 5, 9), {"g": words})

    assert (found.n, found.missing) == (5, 2)
    assert found.coefficients == regression(array(3, 4, 6, 5, 9), {"g": plain}).coefficients


def test_a_predictor_that_differs_between_nobody_is_named() -> None:
    same: Labels = ("a", "a", "a", "a")

    with pytest.raises(PredictorConstantError, match="“x”"):
        regression(array(1, 2, 3, 5), {"x": array(7, 7, 7, 7)})
    with pytest.raises(PredictorConstantError, match="“g”"):
        regression(array(1, 2, 3, 5), {"g": same})


def test_a_predictor_that_follows_from_others_is_named_with_them() -> None:
    one, two = array(1, 4, 2, 8, 5, 7), array(3, 1, 4, 1, 5, 9)
    columns = {"one": one, "two": two, "sum": one * 1e6 + two * 1e6 + 3}

    with pytest.raises(PredictorCollinearError, match="“sum” follows from one, two;"):
        regression(array(1, 2, 3, 5, 4, 6), columns)


def test_one_person_of_a_kind_has_no_robust_error() -> None:
    kinds: Labels = ("a", "a", None, "a", "b", "a")
    outcome = array(1, 2, 3, 4, 9, 5)

    with pytest.raises(RowDecidesError, match="Row 5 alone"):
        regression(outcome, {"kind": kinds})
    assert regression(outcome, {"kind": kinds}, errors="classical").n == 5


def test_it_refuses_fewer_rows_than_coefficients_need() -> None:
    with pytest.raises(RowsTooFewError, match="2 complete rows"):
        regression(array(1, 2, NAN), {"x": array(1, 3, 2)})


def test_it_refuses_an_outcome_that_differs_between_nobody() -> None:
    with pytest.raises(OutcomeUnvaryingError):
        regression(array(2, 2, 2, 2), {"x": array(1, 3, 2, 4)})

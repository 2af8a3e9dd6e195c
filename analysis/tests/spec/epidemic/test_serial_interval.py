"""The serial interval, on distributions that can be summed by hand."""

from collections.abc import Sequence

import pytest

from actscope.epidemic.serial_interval import (
    SerialIntervalAtZeroError,
    SerialIntervalDaysError,
    SerialIntervalNegativeError,
    SerialIntervalParametersError,
    SerialIntervalSumError,
    given,
    parametric,
)
from actscope.errors import InputError


def test_a_table_is_used_as_it_stands() -> None:
    si = given([3, 1], [0.75, 0.25])

    assert si.weights.tolist() == [0, 0.25, 0, 0.75]
    assert si.mean == pytest.approx(2.5)
    assert si.sd == pytest.approx(0.75**0.5)


def test_a_sharp_distribution_stands_on_its_mean() -> None:
    weights = parametric(mean=4, sd=1e-4).weights

    assert weights[4] == pytest.approx(1, abs=1e-3)


def test_an_exponential_is_cut_into_triangles() -> None:
    # The interval less one day is exponential of mean 1: w(1) = ∫₀¹ (1 − u) e⁻ᵘ du = e⁻¹, and each
    # further day has (e − 2 + e⁻¹) e⁻ᵏ⁺¹.
    weights = parametric(mean=2, sd=1).weights

    e = 2.718281828459045
    assert weights[:4] == pytest.approx(
        [0, 1 / e, (e - 2 + 1 / e) / e, (e - 2 + 1 / e) / e**2], abs=1e-12
    )


@pytest.mark.parametrize(("mean", "sd"), [(2.6, 1.5), (2, 3), (15, 4), (1.2, 0.1)])
def test_the_mean_is_kept_also_where_the_deviation_is_larger(mean: float, sd: float) -> None:
    si = parametric(mean=mean, sd=sd)

    assert si.mean == pytest.approx(mean, abs=1e-6)
    assert si.weights.sum() == pytest.approx(1, abs=1e-9)
    assert si.weights[0] == 0


@pytest.mark.parametrize(
    ("mean", "sd"), [(1, 1), (0.5, 1), (3, 0), (3, -1), (float("nan"), 1), (2, 500), (900, 900)]
)
def test_a_distribution_that_cannot_be_made_is_refused(mean: float, sd: float) -> None:
    with pytest.raises(SerialIntervalParametersError):
        parametric(mean=mean, sd=sd)


@pytest.mark.parametrize(
    ("days", "probabilities", "refusal"),
    [
        ([1, 2], [0.5, 0.4], SerialIntervalSumError),
        ([], [], SerialIntervalSumError),
        ([1, 2, 3], [0.8, -0.2, 0.4], SerialIntervalNegativeError),
        ([0, 1], [0.2, 0.8], SerialIntervalAtZeroError),
        ([1, 1], [0.5, 0.5], SerialIntervalDaysError),
        ([1.5, 2], [0.5, 0.5], SerialIntervalDaysError),
        ([-1, 2], [0.5, 0.5], SerialIntervalDaysError),
        ([1, 10**9], [0.5, 0.5], SerialIntervalDaysError),
    ],
)
def test_a_table_that_is_no_distribution_is_refused(
    days: Sequence[float], probabilities: Sequence[float], refusal: type[InputError]
) -> None:
    with pytest.raises(refusal):
        given(days, probabilities)

"""R(t) on series of a few days, by hand."""

import math
from typing import Any

import numpy as np
import pyarrow as pa
import pytest

from actscope.epidemic.incidence import incidence
from actscope.epidemic.reproduction import (
    DaysTooFewError,
    NoCasesError,
    Prior,
    PriorError,
    Reproduction,
    WindowError,
    reproduction_numbers,
)
from actscope.epidemic.serial_interval import given

NEXT_DAY = given([1], [1.0])


def found(cases: list[int], imported: list[int] | None = None, **options: Any) -> Reproduction:
    table = {"day": list(range(1, len(cases) + 1)), "cases": cases}
    if imported:
        table["imported"] = imported
    return reproduction_numbers(incidence(pa.table(table)), NEXT_DAY, **options)


def test_each_case_infects_on_the_next_day() -> None:
    # Λ of days 2 and 3 is 10 and 20; 20 + 40 local cases. Shape 1 + 60, rate 0.2 + 30.
    (window,) = found([10, 20, 40], window=2).windows

    assert (window.start, window.end, window.cases) == (2, 3, 60)
    assert window.mean == pytest.approx(61 / 30.2)
    assert window.sd == pytest.approx(math.sqrt(61) / 30.2)
    assert not window.prior_bound


def test_imported_cases_infect_and_are_not_infected_here() -> None:
    # Λ of day 2 is 10; of the 25 cases of day 2 only 5 were infected here.
    (window,) = found([0, 5], [10, 20], window=1).windows

    assert window.mean == pytest.approx((1 + 5) / (0.2 + 10))


def test_the_cases_of_the_first_day_count_as_imported() -> None:
    result = found([0, 0, 7, 3, 1], window=1)

    assert (result.first_case, result.set_aside, result.n) == (3, 2, 3)
    assert (result.imported, result.local) == (7, 4)
    assert [w.end for w in result.windows] == [4, 5]


def test_a_window_without_infectors_and_cases_is_the_prior() -> None:
    window = found([1, 0, 0, 0, 0], window=2).windows[-1]

    assert window.mean == pytest.approx(5)
    assert window.lower == pytest.approx(-5 * math.log(0.975))
    assert window.upper == pytest.approx(-5 * math.log(0.025))
    assert window.prior_bound


def test_cases_that_nobody_can_have_infected_give_no_figure() -> None:
    window = found([1, 0, 0, 5], window=1).windows[-1]

    assert (window.mean, window.lower, window.upper, window.cases) == (None, None, None, 5)
    assert window.prior_bound


def test_a_window_within_one_serial_interval_of_the_first_case_rests_on_the_prior() -> None:
    table = pa.table({"day": list(range(1, 13)), "cases": [50] * 12})
    si = given([1, 9], [0.5, 0.5])

    windows = reproduction_numbers(incidence(table), si, window=2).windows

    # The mean is 5 days, and the first case stands on day 1.
    assert [w.end for w in windows if w.prior_bound] == [3, 4, 5]


def test_an_empty_day_is_missing_and_counted() -> None:
    table = pa.table({"day": [1, 2, 4, 5], "cases": [9, 9, 9, None]})

    result = reproduction_numbers(incidence(table), NEXT_DAY, window=2)

    assert (result.n, result.missing) == (5, 2)


def test_the_prior_is_a_choice() -> None:
    (window,) = found([10, 20], window=1, prior=Prior(mean=2, sd=1)).windows

    assert window.mean == pytest.approx((4 + 20) / (2 + 10))


def test_the_interval_holds_95_percent() -> None:
    (window,) = found([10, 20, 40], window=2).windows
    draws = np.random.default_rng(1).gamma(61, 1 / 30.2, 200_000)

    assert [window.lower, window.median, window.upper] == pytest.approx(
        np.quantile(draws, (0.025, 0.5, 0.975)).tolist(), rel=0.005
    )


def test_too_few_days_are_refused() -> None:
    with pytest.raises(DaysTooFewError) as refused:
        found([0, 5, 1, 1], window=7)

    assert refused.value.named["window"] == 7
    assert found([5, 1], window=1).windows


def test_what_gives_no_figure_is_refused() -> None:
    with pytest.raises(NoCasesError):
        found([0, 0, 0], window=1)
    with pytest.raises(WindowError):
        found([1, 2], window=0)
    with pytest.raises(PriorError):
        found([1, 2], window=1, prior=Prior(mean=0))

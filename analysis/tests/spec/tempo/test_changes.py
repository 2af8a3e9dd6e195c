"""Changes of level, on series whose steps are known."""

import numpy as np
import pytest

from actscope.tempo.changes import SeriesTooLongError, SeriesTooShortError, changes

NOISE = np.tile([0.5, -0.5, 0.25, -0.25], 10)


def test_a_step_is_found_where_it_is() -> None:
    found = changes(np.repeat([2.0, 9.0], 20) + NOISE)

    (point,) = found.points
    assert (point.lower, point.last, point.upper) == (18, 19, 20)
    assert found.means == pytest.approx((2.0, 9.0))
    assert (found.n, found.missing) == (40, 0)


def test_a_step_without_any_noise_is_found_once() -> None:
    found = changes([1.0] * 10 + [5.0] * 10)

    assert [point.last for point in found.points] == [9]
    assert found.rss[:2] == (160 / 2, 0.0)


def test_a_constant_series_has_no_change() -> None:
    found = changes([0.1] * 30)

    assert found.points == ()
    assert found.means == pytest.approx((0.1,))


def test_a_level_with_noise_has_no_change() -> None:
    assert changes(NOISE).points == ()


def test_places_count_the_days_without_a_value() -> None:
    series = np.repeat([2.0, 9.0], 20) + NOISE
    with_gap = np.insert(series, 10, [np.nan, np.nan])

    found = changes(with_gap)

    assert [point.last for point in found.points] == [21]
    assert (found.n, found.missing) == (40, 2)


def test_it_refuses_too_few_values_and_too_many() -> None:
    with pytest.raises(SeriesTooShortError) as refusal:
        changes([1.0, 2.0, np.nan, 3.0])
    assert (refusal.value.code, refusal.value.value) == ("changes_values_few", 3)
    with pytest.raises(SeriesTooLongError):
        changes(np.zeros(4_001))

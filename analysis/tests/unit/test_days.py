"""Days in a time zone."""

from datetime import date
from itertools import pairwise

import pytest

from actscope.days import SpanTooLongError, day_of, day_starts, days_between
from actscope.zones import UnknownZoneError, zone_named

HOUR = 3_600_000_000


def test_days_have_as_many_hours_as_the_zone_gives_them() -> None:
    days = days_between(date(2026, 3, 28), date(2026, 3, 30))

    starts = day_starts(days, "Europe/Berlin")

    assert [(b - a) // HOUR for a, b in pairwise(starts)] == [24, 23, 24]


def test_an_instant_falls_on_another_day_elsewhere() -> None:
    assert day_of(16 * HOUR, "UTC") == date(1970, 1, 1)
    assert day_of(16 * HOUR, "Asia/Shanghai") == date(1970, 1, 2)
    assert day_of(-1, "UTC") == date(1969, 12, 31)


def test_an_empty_span_has_no_days() -> None:
    assert days_between(date(2026, 3, 2), date(2026, 3, 1)) == ()
    assert day_starts((), "UTC").tolist() == []


def test_more_than_a_hundred_years_are_refused() -> None:
    with pytest.raises(SpanTooLongError, match="a date is wrong"):
        days_between(date(202, 3, 1), date(2026, 3, 1))


@pytest.mark.parametrize("name", ["Asia/Nowhere", "", "../etc/passwd", "+08:00"])
def test_a_zone_has_a_name_that_is_known(name: str) -> None:
    with pytest.raises(UnknownZoneError):
        zone_named(name)

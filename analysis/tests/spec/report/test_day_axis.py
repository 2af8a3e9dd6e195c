"""Where days stand on an axis, and which of them are named."""

from datetime import date, timedelta

import pytest

from actscope.days import days_between
from actscope.report.day_axis import TICKS, DayAxis, day_axis

FIRST = date(2020, 1, 1)


def axis(*spells: tuple[int, bool]) -> DayAxis:
    """So many days, on which something is to be seen or not, one spell after the other."""
    seen = [something for number, something in spells for _ in range(number)]
    return day_axis(days_between(FIRST, FIRST + timedelta(days=len(seen) - 1)), seen)


def test_without_a_silence_each_day_is_one_wide() -> None:
    found = axis((40, True), (50, False), (10, True))

    assert [found.place(day) for day in found.days] == list(range(100))
    assert not found.silences


def test_a_long_silence_is_as_narrow_as_the_way_between_two_dates() -> None:
    found = axis((60, True), (2_000, False), (30, True))

    ((first, last),) = found.silences
    assert (first - FIRST).days == 60
    assert (last - first).days == 1_999
    assert found.place(last) - found.place(first) == pytest.approx(found.narrow)
    assert found.place(found.days[-1]) == pytest.approx(60 + found.narrow + 30)


def test_a_season_of_silence_keeps_its_width() -> None:
    assert not axis((10, True), (90, False), (10, True)).silences
    assert axis((10, True), (91, False), (10, True)).silences


def test_a_silence_short_beside_the_rest_keeps_its_width() -> None:
    assert not axis((1_000, True), (300, False), (1_000, True)).silences


def test_quiet_days_at_the_ends_are_no_silence() -> None:
    assert not axis((300, False), (20, True), (300, False)).silences
    assert not axis((500, False)).silences


def test_the_first_day_after_a_silence_is_named() -> None:
    ticks = dict(axis((70, True), (2_000, False), (10, True)).ticks()).values()

    assert next(iter(ticks)) == "01-01\n2020"
    assert "09-01\n2025" in ticks
    assert len(ticks) <= TICKS + 2


def test_more_than_a_year_is_named_by_months() -> None:
    ticks = [text for _, text in axis((500, True)).ticks()]

    assert ticks[0] == "2020-01"
    assert len(ticks) == TICKS


def test_a_single_day_has_a_place() -> None:
    assert list(axis((1, True)).ticks()) == [(0.0, "01-01\n2020")]

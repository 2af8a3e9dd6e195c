"""Days and hours of the story."""

from datetime import date, datetime, timedelta

import pytest

from tongzhou.demo import scenario
from tongzhou.demo.chance import hours, stream
from tongzhou.demo.season import ZONE, Season, between, by_day, half_hour, moment, wakeful

SEASON = Season.of(scenario.load().tempo)


def at(hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 2, 3, hour, minute, tzinfo=ZONE)


def test_a_moment_is_in_zhejiang() -> None:
    assert moment("01-23 15:30").isoformat() == "2020-01-23T15:30:00+08:00"


def test_twenty_four_hours_is_the_end_of_the_day() -> None:
    assert moment("02-08 24:00") == moment("02-09 00:00")


def test_the_story_has_sixty_seven_days() -> None:
    days = SEASON.days()

    assert (days[0], days[-1], len(days)) == (date(2020, 1, 23), date(2020, 3, 29), 67)


def test_work_rises_to_its_peak_and_falls_by_half_in_a_half_life() -> None:
    thursday = SEASON.peak - timedelta(days=1)
    later = SEASON.peak + timedelta(days=int(SEASON.half_life))

    assert SEASON.share(SEASON.first) == pytest.approx(SEASON.start_share)
    assert SEASON.share(thursday) < SEASON.share(SEASON.peak) == 1
    assert SEASON.share(later) == pytest.approx(0.5)


def test_weekends_differ_little() -> None:
    saturday = SEASON.peak + timedelta(days=1)

    assert 0.85 < SEASON.share(saturday) / SEASON.share(SEASON.peak) < 1


def test_a_value_runs_along_three_sizes() -> None:
    assert SEASON.along([0.1, 0.5, 0.2], SEASON.first) == 0.1
    assert SEASON.along([0.1, 0.5, 0.2], SEASON.peak) == 0.5
    assert SEASON.along([0.1, 0.5, 0.2], SEASON.last) == pytest.approx(0.2)


def test_between_dated_points_a_value_is_linear() -> None:
    points = {"02-01": 2.0, "02-05": 4.0}

    assert between(points, date(2020, 1, 20)) == 2
    assert between(points, date(2020, 2, 2)) == 2.5
    assert between(points, date(2020, 3, 1)) == 4


def test_by_day_nothing_waits_for_the_morning() -> None:
    assert wakeful(at(10, 5), stream(1, "day")) == at(10, 5)


def test_at_night_most_things_wait_for_the_morning() -> None:
    moved = [wakeful(at(2), stream(1, n)) for n in range(200)]

    waited = [m for m in moved if m != at(2)]
    assert len(waited) > 170
    assert all(at(7) <= m <= at(13) for m in waited)


def test_late_in_the_evening_the_morning_is_that_of_the_next_day() -> None:
    moved = wakeful(at(23, 30), stream(1, "night"))

    assert moved > at(23, 59)


def test_due_times_are_round() -> None:
    assert half_hour(at(9, 1)) == at(9, 30)
    assert half_hour(at(9, 30)) == at(9, 30)


@pytest.mark.parametrize(
    ("given", "due"),
    [(at(9, 10), at(9, 30)), (at(3), at(9)), (at(22, 10), at(9) + timedelta(days=1))],
)
def test_nothing_is_due_at_night(given: datetime, due: datetime) -> None:
    assert by_day(given) == due


def test_a_stream_belongs_to_its_names() -> None:
    assert stream(1, "a").random() == stream(1, "a").random()
    assert stream(1, "a").random() != stream(1, "b").random()
    assert stream(1, "a").random() != stream(2, "a").random()


def test_durations_have_the_median_asked_for() -> None:
    chance = stream(7, "median")

    drawn = sorted(hours(chance, median=4, spread=0.7) for _ in range(2001))

    assert drawn[1000] == pytest.approx(4, rel=0.1)

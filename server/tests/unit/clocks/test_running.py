"""One clock, without a database: moments, working days, the end of the line."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tongzhou.clocks.models import Clock, State
from tongzhou.clocks.running import Turn, moments, run_to, set_due, stop, wind
from tongzhou.clocks.workdays import Workdays, after
from tongzhou.kernel.ids import new_id
from tongzhou.library.kinds.calendar import CalendarBody
from tongzhou.library.kinds.clocks import ClockRule

START = datetime(2020, 1, 20, 2, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
OWNER, DISTRICT, CITY = new_id(), new_id(), new_id()
LINES = {OWNER: [CITY, DISTRICT]}
RULE = ClockRule.model_validate(
    {
        "key": "answer",
        "title": {"zh": "答复", "en": "Answer"},
        "starts": ["signal.reported.v1"],
        "stops": ["signal.answered.v1"],
        "length": "P1D",
        "warn": [{"before": "PT2H"}, {"before": "PT6H", "to": ["owner", "watchers"]}],
        "then": [{"after": "PT1H"}, {"after": "PT2H"}, {"after": "PT3H", "to": ["top"]}],
    }
)
HOLIDAYS = Workdays.of(
    CalendarBody.model_validate(
        {
            "zone": "Asia/Shanghai",
            "holidays": [
                {"day": "2020-01-24", "to": "2020-02-02", "name": {"zh": "春节", "en": "Spring"}}
            ],
            "worked": ["2020-01-19"],
        }
    )
)


def begun() -> Clock:
    """A clock of a day."""
    clock = Clock(owners=[OWNER], started_at=START, due_at=START + DAY, rule="answer")
    wind(clock, RULE, at=START)
    return clock


def test_moments_stand_in_the_order_of_time() -> None:
    found = [(m.at - START, m.turn) for m in moments(RULE, started_at=START, due_at=START + DAY)]

    assert found == [
        (18 * HOUR, Turn.WARNED),
        (22 * HOUR, Turn.WARNED),
        (DAY, Turn.MISSED),
        (25 * HOUR, Turn.ESCALATED),
        (26 * HOUR, Turn.ESCALATED),
        (27 * HOUR, Turn.ESCALATED),
    ]


def test_news_go_up_one_level_at_a_time_and_end_at_the_top() -> None:
    fired = run_to(begun(), RULE, until=START + 9 * DAY, lines=LINES)

    told = {firing.at - START: firing.told for firing in fired}
    assert told[DAY] == (OWNER, DISTRICT)
    assert told[25 * HOUR] == (CITY,)
    assert 26 * HOUR not in told
    assert told[27 * HOUR] == (CITY,)


def test_who_is_told_may_see_the_clock() -> None:
    clock = begun()

    run_to(clock, RULE, until=START + 9 * DAY, lines=LINES)

    assert set(clock.parties) == {OWNER, DISTRICT, CITY}


def test_the_last_moment_of_a_limit_is_in_time() -> None:
    clock = begun()
    run_to(clock, RULE, until=START + DAY, lines=LINES)

    stop(clock, at=START + DAY, by=new_id())

    assert (clock.state, clock.next_at) == (State.MET, None)


def test_a_stop_from_before_the_start_stops_nothing() -> None:
    clock = begun()

    assert stop(clock, at=START - HOUR, by=new_id()) == []
    assert clock.is_open


def test_more_time_warns_again_and_starts_the_line_anew() -> None:
    clock = begun()
    run_to(clock, RULE, until=START + 26 * HOUR, lines=LINES)

    set_due(clock, RULE, due_at=START + 3 * DAY, at=START + 26 * HOUR)
    fired = run_to(clock, RULE, until=START + 9 * DAY, lines=LINES)

    turns = [firing.turn for firing in fired]
    assert turns[:3] == [Turn.WARNED, Turn.WARNED, Turn.MISSED]
    assert fired[2].told == (OWNER, DISTRICT)


@settings(derandomize=True, max_examples=200)
@given(looks=st.lists(st.integers(0, 40 * 60), max_size=20))
def test_however_often_and_whenever_it_is_looked_at_each_moment_comes_once(
    looks: list[int],
) -> None:
    clock, fired = begun(), []

    for minutes in (*looks, 99 * 24 * 60):
        fired += run_to(clock, RULE, until=START + timedelta(minutes=minutes), lines=LINES)

    at_once = run_to(begun(), RULE, until=START + 99 * DAY, lines=LINES)
    assert [(f.turn, f.at, f.told) for f in fired] == [(f.turn, f.at, f.told) for f in at_once]


@pytest.mark.parametrize(
    ("start", "length", "end"),
    [
        # Monday to Tuesday.
        ((2020, 1, 20, 10), DAY, (2020, 1, 21, 10)),
        # Thursday before the feast, to the Monday after it.
        ((2020, 1, 23, 10), DAY, (2020, 2, 3, 10)),
        # Begun on a day off, time counts from the next working day.
        ((2020, 1, 25, 15), HOUR, (2020, 2, 3, 1)),
        # A Sunday that is worked.
        ((2020, 1, 19, 10), 3 * HOUR, (2020, 1, 19, 13)),
        # Seven working days over two weekends.
        ((2020, 3, 5, 9), 7 * DAY, (2020, 3, 16, 9)),
    ],
)
def test_on_working_days_only_working_days_count(
    start: tuple[int, ...], length: timedelta, end: tuple[int, ...]
) -> None:
    zone = ZoneInfo("Asia/Shanghai")

    assert after(datetime(*start, tzinfo=zone), length, HOLIDAYS) == datetime(*end, tzinfo=zone)  # type: ignore[misc]


def test_without_a_calendar_all_time_counts() -> None:
    assert after(START, 7 * DAY, None) == START + 7 * DAY


@settings(derandomize=True, max_examples=150)
@given(begin=st.integers(0, 60 * 24 * 40), one=st.integers(1, 6000), two=st.integers(1, 6000))
def test_working_time_adds_up(begin: int, one: int, two: int) -> None:
    start = START + timedelta(minutes=begin)
    first, second = timedelta(minutes=one), timedelta(minutes=two)

    middle = HOLIDAYS.after(start, first)

    assert HOLIDAYS.after(middle, second) == HOLIDAYS.after(start, first + second)
    assert HOLIDAYS.counts((middle - timedelta(seconds=1)).astimezone(HOLIDAYS.zone).date())


def test_the_feast_is_off_and_its_sunday_is_worked() -> None:
    days = [date(2020, 1, 19), date(2020, 1, 23), date(2020, 1, 24), date(2020, 2, 1)]

    assert [HOLIDAYS.counts(day) for day in days] == [True, True, False, False]
